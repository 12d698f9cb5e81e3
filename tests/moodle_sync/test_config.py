"""The configuration."""

from pathlib import Path

import pytest

from moodle_sync.config import read_settings
from moodle_sync.errors import InputRefused
from moodle_sync.mismatches import OF_NO_COURSE
from moodle_sync.settings import Settings

UNKNOWN_CATEGORY = "line 21, courses[0].category: must be the idnumber of one of the [[categories]]"
SPELLED = "holds &amp;, which Moodle shows as another sign in some places: write the sign itself"
A_TAG = "holds < without a space behind it, which Moodle takes for a tag and refuses or cuts: write it otherwise"
GOOD = """\
site = "https://moodle.example.org/"
new_accounts = "mail"
people = "people.csv"
token_file = "token"

[roles]
student = 5

[[categories]]
idnumber = "top"
name = "Top"

[[categories]]
idnumber = "inner"
name = "Inner"
parent = "top"

[[courses]]
content = "training"
language = "en"
category = "inner"
idnumber = "tot"
shortname = "TOT"
"""
COURSE = """
[[courses]]
content = "training"
language = "en"
category = "inner"
idnumber = "other"
shortname = "other"
"""


GROUP = """\
[[groups]]
course = "tot"
idnumber = "{idnumber}"
name = "{name}"

"""
GROUPING = """\
[[groupings]]
course = "{course}"
idnumber = "regions"
name = "Regions"
groups = ["{group}"]

"""
ALIKE = "differs from an earlier one only in capitals, accents or letters that nobody sees: each needs its own"
COHORTS = """
[[cohorts]]
idnumber = "agents"
name = "Agents"
[[cohorts]]
idnumber = "Agents"
name = "Agents"
"""
COMMUNITY = """
[community]
idnumber = "community"
shortname = "COMMUNITY"
name = "Community of practice"
category = "top"
roles = {editingteacher = "teacher"}
"""
OF_A_COURSE = (
    "is that of one of the [[courses]], which people leave when their time there is over: take it out there, "
    "or give the community a course of its own"
)


def read(folder: Path, text: str) -> tuple[Settings, list[str]]:
    (folder / "moodle-sync.toml").write_text(text, encoding="utf-8")
    settings, problems = read_settings(folder / "moodle-sync.toml")
    return settings, [str(problem) for problem in problems]


def problems(folder: Path, text: str) -> list[str]:
    try:
        return sorted(read(folder, text)[1])
    except InputRefused as refused:
        return [str(problem) for problem in refused.problems]


def test_a_configuration_is_read_and_its_paths_start_in_its_folder(tmp_path: Path) -> None:
    settings, wrong = read(tmp_path, GOOD)

    assert wrong == []
    assert settings.site == "https://moodle.example.org"
    assert (settings.people, settings.token_file) == (tmp_path / "people.csv", tmp_path / "token")
    assert settings.journal == tmp_path / "moodle-sync.journal"
    assert (settings.protected, settings.timezone) == (("admin",), "UTC")


def test_capitals_and_spaces_let_nobody_go_unprotected(tmp_path: Path) -> None:
    settings, wrong = read(tmp_path, f'protected = ["Admin", " BOSS "]\n{GOOD}')

    assert wrong == []
    assert settings.protected == ("admin", "boss")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('new_accounts = "mail"\n', "", "new_accounts: is missing: add it"),
        ('"mail"', '"post"', "line 2, new_accounts: must be 'mail' or 'quiet'"),
        (
            "people =",
            "persons =",
            "people: is missing: add it|line 3, persons: isn't known here: remove it or correct its name",
        ),
        (
            "https://moodle.example.org/",
            "http://moodle.example.org",
            "line 1, site: must begin with https:// (plain http would show the token to everybody on the way)",
        ),
        (
            "https://moodle.example.org/",
            "moodle.example.org",
            "line 1, site: must be the site's own address, such as https://moodle.example.org",
        ),
        ("student = 5", "student = 0", "line 7, roles.student: must be at least 1"),
        ("student = 5", 'student = "five"', "line 7, roles.student: must be a whole number"),
        (
            'parent = "top"',
            'parent = "bottom"',
            "line 16, categories[1].parent: must be the idnumber of a category above it in this file",
        ),
        (
            'category = "inner"',
            'category = "x"',
            UNKNOWN_CATEGORY,
        ),
        (
            'idnumber = "inner"',
            'idnumber = "top"',
            f"line 14, categories[1].idnumber: stands here again: each needs its own|{UNKNOWN_CATEGORY}",
        ),
        ('shortname = "TOT"\n', "", "line 18, courses[0].shortname: is missing: add it"),
        ('shortname = "TOT"', 'shortname = ""', "line 23, courses[0].shortname: is empty: write it"),
        (
            'token_file = "token"',
            'timezone = "Madrid"',
            "line 4, timezone: must be a time zone's name, such as Europe/Madrid",
        ),
        (
            'token_file = "token"',
            'encoding = "greekish"',
            "line 4, encoding: must be an encoding's name, such as cp1253",
        ),
        (
            'name = "Top"',
            'name = "1 < 2 <b>x</b>"',
            f"line 11, categories[0].name: {A_TAG}",
        ),
        ('shortname = "TOT"', 'shortname = "T<T"', f"line 23, courses[0].shortname: {A_TAG}"),
        (
            'name = "Top"',
            'name = "Research &amp; development"',
            f"line 11, categories[0].name: {SPELLED}",
        ),
        (
            'name = "Top"',
            'name = "\\u200b"',
            "line 11, categories[0].name: holds nothing that can be seen: write it",
        ),
        ('name = "Top"', 'name = "To\\np"', "line 11, categories[0].name: must be one line"),
        (
            'idnumber = "tot"',
            'idnumber = "\\u00ad"',
            "line 22, courses[0].idnumber: holds nothing that can be seen: write it",
        ),
        (
            "[[courses]]",
            '[[cohorts]]\nidnumber = "c"\nname = "C"\ncategory = "x"\n\n[[courses]]',
            "line 21, cohorts[0].category: must be the idnumber of one of the [[categories]]",
        ),
        (
            "[[courses]]",
            '[[groups]]\ncourse = "x"\nidnumber = "g"\nname = "G"\n\n[[courses]]',
            f"line 19, groups[0].course: {OF_NO_COURSE}",
        ),
        (
            "[[courses]]",
            GROUP.format(idnumber="g", name="One") + GROUP.format(idnumber="one", name="Two") + "[[courses]]",
            "line 25, groups[1].idnumber: is the name of another group there: choose another",
        ),
        (
            "[[courses]]",
            GROUP.format(idnumber="g", name="One") + GROUP.format(idnumber="h", name="ONE") + "[[courses]]",
            f"line 26, groups[1].name: {ALIKE}",
        ),
        (
            "[[courses]]",
            GROUP.format(idnumber="g", name="One") + GROUPING.format(course="tot", group="h") + "[[courses]]",
            'line 27, groupings[0].groups: "h" must be the idnumber of one of the [[groups]] of the course',
        ),
        (
            "[[courses]]",
            GROUPING.format(course="x", group="g").replace('["g"]', "[]") + "[[courses]]",
            f"line 19, groupings[0].course: {OF_NO_COURSE}",
        ),
        (
            "[[courses]]",
            '[[cohorts]]\nidnumber = "c"\n\n[[courses]]',
            "line 18, cohorts[0].name: is missing: add it",
        ),
        (GOOD[GOOD.index("[[courses]]") :], "", "courses: is missing: add at least one [[courses]], or [[series]]"),
        ('people = "people.csv"', "people = ", "line 3, column 10: isn't TOML: Invalid value"),
    ],
)
def test_a_mistake_is_named_by_line_and_key(tmp_path: Path, before: str, after: str, said: str) -> None:
    assert problems(tmp_path, GOOD.replace(before, after)) == [f"moodle-sync.toml: {line}" for line in said.split("|")]


@pytest.mark.parametrize(
    "name",
    [
        "1 < 2 & more; R&D",
        "a > b",
        '<span lang="es" class="multilang">Todo</span><span lang="en" class="multilang">All</span>',
    ],
)
def test_a_name_that_moodle_shows_as_it_is_written_is_fine(tmp_path: Path, name: str) -> None:
    settings, wrong = read(tmp_path, GOOD.replace('"Top"', f"'{name}'"))

    assert (settings.categories[0].name, wrong) == (name, [])


@pytest.mark.parametrize(
    ("table", "key", "line"),
    [
        ("categories", "idnumber", 14),
        ("cohorts", "idnumber", 29),
        ("courses", "idnumber", 29),
        ("courses", "shortname", 30),
    ],
)
def test_two_spellings_of_one_name_are_a_mistake(tmp_path: Path, table: str, key: str, line: int) -> None:
    texts = {"categories": GOOD.replace('"inner"', '"TOP"'), "cohorts": GOOD + COHORTS}
    text = texts.get(table, (GOOD + COURSE).replace(f'{key} = "other"', f'{key} = "Tót"'))

    assert problems(tmp_path, text) == [f"moodle-sync.toml: line {line}, {table}[1].{key}: {ALIKE}"]


def test_the_journal_may_have_another_place(tmp_path: Path) -> None:
    settings, wrong = read(tmp_path, f'journal = "/var/lib/sync/journal"\n{GOOD}')

    assert (settings.journal, wrong) == (Path("/var/lib/sync/journal"), [])


def test_dates_may_be_meant_in_another_zone(tmp_path: Path) -> None:
    settings, wrong = read(tmp_path, f'timezone = "Europe/Madrid"\n{GOOD}')

    assert (settings.timezone, wrong) == ("Europe/Madrid", [])


OWN = "must be the short name of a course in Moodle that isn't in this file: this one changes with it"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('template = "TPL"\nfill = true', []),
        ("fill = true", ["fill: takes a template: name one"]),
        (
            'template = "tot"',
            [f"template: {OWN}"],
        ),
    ],
)
def test_a_template_is_a_course_that_the_file_does_not_change(tmp_path: Path, line: str, said: list[str]) -> None:
    written = GOOD.replace('shortname = "TOT"', f'shortname = "TOT"\n{line}')
    assert written != GOOD

    found = [problem.partition("courses[0].")[2] for problem in problems(tmp_path, written)]

    assert found == said


@pytest.mark.parametrize("site", ["http://localhost:8100", "http://127.0.0.1/moodle", "http://[::1]:8100"])
def test_plain_http_is_for_loopback(tmp_path: Path, site: str) -> None:
    assert problems(tmp_path, GOOD.replace("https://moodle.example.org", site)) == []


@pytest.mark.parametrize("site", ["http://localhost.example.org", "http://127.0.0.2", "http://192.168.1.5"])
def test_no_other_host_is_loopback(tmp_path: Path, site: str) -> None:
    (said,) = problems(tmp_path, GOOD.replace("https://moodle.example.org", site))

    assert "must begin with https://" in said


def test_a_configuration_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match=r"^moodle-sync\.toml: is not there: make it, or name another$"):
        read_settings(tmp_path / "moodle-sync.toml")


def test_a_configuration_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "moodle-sync.toml").write_bytes(b"# \xff")

    with pytest.raises(InputRefused, match=r"isn't UTF-8"):
        read_settings(tmp_path / "moodle-sync.toml")


def test_a_community_has_a_course_of_its_own(tmp_path: Path) -> None:
    settings, wrong = read(tmp_path, GOOD + COMMUNITY)

    assert wrong == []
    assert [place.shortname for place in settings.places] == ["TOT", "COMMUNITY"]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('idnumber = "community"', 'idnumber = "tot"', f"line 26, community.idnumber: {OF_A_COURSE}"),
        ('shortname = "COMMUNITY"', 'shortname = "Tót"', f"line 27, community.shortname: {OF_A_COURSE}"),
        (
            'name = "Community of practice"\ncategory = "top"',
            'name = "Community of practice"\ncategory = "x"',
            "line 29, community.category: must be the idnumber of one of the [[categories]]",
        ),
        ('name = "Community of practice"\n', "", "line 25, community.name: is missing: add it"),
        ('"teacher"', '""', "line 25, community.roles.editingteacher: is empty: write it"),
        ("roles =", "ends =", "line 30, community.ends: isn't known here: remove it or correct its name"),
    ],
)
def test_a_mistake_about_the_community_is_named(tmp_path: Path, before: str, after: str, said: str) -> None:
    assert problems(tmp_path, (GOOD + COMMUNITY).replace(before, after)) == [f"moodle-sync.toml: {said}"]
