"""What the files say of a course: its modules, which shall be sections, and its settings."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from moodle_sync.errors import InputRefused
from moodle_sync.multilang import languages_of
from moodle_sync.source.desired import Input, read_input
from moodle_sync.things.course import COURSES
from moodle_sync.things.course_settings import values
from moodle_sync.things.section import MODULES
from tests.moodle_sync.folder import translate

NOW = datetime(2026, 10, 1, tzinfo=UTC)


def read(folder: Path, *lines: str) -> Input:
    file = folder / "moodle-sync.toml"
    file.write_text("\n".join([file.read_text(encoding="utf-8"), *lines]), encoding="utf-8")
    return read_input(file, folder / "content", NOW)


def test_whether_sections_are_shown_is_nobodys_to_say_at_first(folder: Path) -> None:
    modules = read(folder).state[MODULES]["basics"]

    assert [(module.id, module.name, module.visible) for module in modules] == [
        ("one", "First things", None),
        ("two", "Second things", None),
    ]


def test_who_names_hidden_modules_says_it_of_all(folder: Path) -> None:
    modules = read(folder, 'hidden = ["two"]').state[MODULES]["basics"]

    assert [module.visible for module in modules] == [True, False]


def test_a_hidden_module_that_the_course_does_not_have_is_refused(folder: Path) -> None:
    with pytest.raises(InputRefused, match=r"hidden.*the course has no module three: it has one, two"):
        read(folder, 'hidden = ["three"]')


def test_what_the_configuration_says_of_a_course_is_wanted_of_it(folder: Path) -> None:
    said = read(
        folder,
        "starts = 2026-10-01",
        "ends = 2027-03-01",
        'lang = "es"',
        "visible = false",
        'format = "weeks"',
        "completion = true",
        'groups = "separate"',
    )

    course = said.state[COURSES]["basics"]
    assert dict(values(course)) == {
        "idnumber": "basics",
        "shortname": "BASICS",
        "fullname": "The basics",
        "category": "medtown",
        "summary": "<p>All that one needs.</p>",
        "startdate": "1790812800",
        "enddate": "1803859200",
        "lang": "es",
        "visible": "0",
        "format": "weeks",
        "enablecompletion": "1",
        "groupmode": "1",
    }


def test_of_what_nobody_says_only_names_and_the_summary_are_wanted(folder: Path) -> None:
    assert {name for name, _ in values(read(folder).state[COURSES]["basics"])} == {
        "idnumber",
        "shortname",
        "fullname",
        "category",
        "summary",
    }


def speak(folder: Path, *lines: str) -> Input:
    """Read a course in several languages."""
    file = folder / "moodle-sync.toml"
    text = file.read_text(encoding="utf-8").replace('language = "en"', 'languages = ["en", "ar"]')
    file.write_text(text, encoding="utf-8")
    return read(folder, *lines)


def test_a_course_in_several_languages_has_them_all_in_its_names_and_its_summary(folder: Path) -> None:
    translate(folder)

    state = speak(folder, "multilang = true", 'fullname = "{title} 2026"').state

    course = state[COURSES]["basics"]
    assert (course.shortname, languages_of(course.fullname)) == (
        "BASICS",
        {"en": "The basics 2026", "ar": "الأساسيات 2026"},
    )
    assert course.page == (
        '<p><span lang="en" class="multilang">All that one needs.</span>'
        '<span lang="ar" class="multilang">A &amp; B</span></p>'
    )
    assert [module.name for module in state[MODULES]["basics"]] == [
        '<span lang="en" class="multilang">First things</span><span lang="ar" class="multilang">أولاً</span>',
        "Second things",
    ]
    assert course.sections == tuple(module.name for module in state[MODULES]["basics"])


@pytest.mark.parametrize(
    ("before", "lines", "said"),
    [
        ('languages = ["en", "ar"]', [], r"courses\[0\]\.languages: takes multilang = true, and in Moodle the filter"),
        ('languages = ["en", "en"]', ["multilang = true"], r"courses\[0\]\.languages: names one twice: keep it once"),
        ('languages = ["en"]', ["multilang = true"], r"courses\[0\]\.multilang: takes several languages, the main one"),
        ('language = "en"', ["multilang = true"], r"courses\[0\]\.multilang: takes several languages, the main one"),
        ('language = "en"', ['languages = ["en"]'], r"courses\[0\]\.languages: stands beside language: keep one"),
        ("", [], r"line 12, courses\[0\]\.language: is missing: add it"),
        (
            'languages = ["en", "ar"]',
            ["multilang = true", 'lang = "en"'],
            r"courses\[0\]\.lang: would show the course in this language to everybody: take it out, or multilang",
        ),
        (
            'languages = ["en", "el", "es"]',
            ["multilang = true"],
            r"courses\[0\]\.languages: the course isn't in el, es: it is in en, ar",
        ),
    ],
)
def test_languages_that_can_not_be_meant_are_refused(folder: Path, before: str, lines: list[str], said: str) -> None:
    translate(folder)
    file = folder / "moodle-sync.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('language = "en"', before), encoding="utf-8")

    with pytest.raises(InputRefused, match=said):
        read(folder, *lines)


@pytest.mark.parametrize(
    ("title", "lines", "said"),
    [
        ("1 < 2", [], r"curriculum/basics/ar\.yaml: title: holds <: where a course is in several languages"),
        ("x", ['fullname = "{title} 1 < 2"'], r"courses\[0\]\.fullname: holds <: where a course is in several"),
        (
            "x",
            [f'fullname = "{{title}} {"y" * 700}"'],
            r"courses\[0\]\.fullname: its full name has 1,495 characters, and Moodle takes 1,333; each language takes",
        ),
    ],
)
def test_titles_that_do_not_stand_beside_others_are_refused(
    folder: Path, title: str, lines: list[str], said: str
) -> None:
    translate(folder, title)

    with pytest.raises(InputRefused, match=said):
        speak(folder, "multilang = true", *lines)


def test_a_less_than_sign_may_stand_in_a_title_of_one_language(folder: Path) -> None:
    assert read(folder, 'fullname = "{title} 1 < 2"').state[COURSES]["basics"].fullname == "The basics 1 < 2"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["starts = 2026-10-01", "ends = 2026-10-01"], "ends: must be later than starts"),
        (['format = "grid"'], "format: must be 'topics' or 'weeks'"),
    ],
)
def test_settings_that_can_not_be_meant_are_refused(folder: Path, lines: list[str], said: str) -> None:
    with pytest.raises(InputRefused, match=said):
        read(folder, *lines)


def test_a_mistake_in_a_unit_keeps_nobody_from_being_enrolled_and_is_told_on_looking_at_the_whole(
    folder: Path,
) -> None:
    (folder / "content/units/reading/en.md").write_text("no heading\n", encoding="utf-8")
    file, content = folder / "moodle-sync.toml", folder / "content"

    assert list(read_input(file, content, NOW).state[COURSES]) == ["basics"]

    with pytest.raises(InputRefused, match=r"units/reading/en\.md"):
        read_input(file, content, NOW, whole=True)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("2026-10-01", datetime(2026, 10, 1, tzinfo=UTC).timestamp()),
        ("2026-10-01T09:30:00", datetime(2026, 10, 1, 9, 30, tzinfo=UTC).timestamp()),
        ("2026-10-01T09:30:00+02:00", datetime(2026, 10, 1, 7, 30, tzinfo=UTC).timestamp()),
        ('"never"', 0),
    ],
)
def test_a_course_ends_on_a_day_at_a_moment_or_never(folder: Path, said: str, seconds: float) -> None:
    assert read(folder, f"ends = {said}").state[COURSES]["basics"].ends == seconds


@pytest.mark.parametrize("said", ["starts = 7", 'starts = "never"', 'ends = "soon"', "ends = true"])
def test_what_is_no_day_is_refused(folder: Path, said: str) -> None:
    with pytest.raises(InputRefused, match=said.split(maxsplit=1)[0]):
        read(folder, said)


def test_the_curriculum_is_where_the_configuration_says(folder: Path) -> None:
    (folder / "content").rename(folder / "elsewhere")
    file = folder / "moodle-sync.toml"
    file.write_text(f'content = "elsewhere"\n{file.read_text(encoding="utf-8")}', encoding="utf-8")

    assert read_input(file, folder / "nowhere", NOW).state[COURSES].keys() == {"basics"}
