"""A site as files: what they hold, what they don't, and that a sync makes the same site of them."""

from collections.abc import Callable
from datetime import UTC
from pathlib import Path

import pytest

from moodle_sync.errors import ExportRefused, InputRefused, NotAllowed
from moodle_sync.exporting.export import Export, export, save
from moodle_sync.settings import Access
from moodle_sync.site.whole import Choice
from moodle_sync.webservice.functions import FUNCTIONS
from tests.moodle_sync.exporting.moving import Furnished, apply_to, exported, planned
from tests.moodle_sync.miniature import Miniature

MULTILANG = '<span lang="en" class="multilang">Two</span><span lang="ar" class="multilang">مجموعة</span>'
MIDNIGHT, NOON = 1_790_035_200, 1_790_078_400


def furnish(site: Furnished) -> None:
    """Fill a site with all that files can hold, named as oddly as Moodle lets people name it."""
    top = site.category("MedTOWN & co", "medtown", description="<p>A &amp; B</p>")
    within = site.category("2026, \"quoted\" 'x'", "", top)
    deep = site.category(MULTILANG, "عربي", within)
    basics = site.course(
        "BASICS",
        within,
        *("First things", 'مقدمة, "all" & more', "First things"),
        fullname='Needs, "wants" & < 3',
        summary="<p>All &lt;that&gt; one needs.</p>",
        startdate=MIDNIGHT,
        enddate=0,
        lang="es",
        visible=0,
    )
    more = site.course(
        "=MORE",
        deep,
        startdate=MIDNIGHT,
        enddate=NOON,
        format="weeks",
        groupmode=2,
        enablecompletion=0,
        fullname=MULTILANG,
    )
    ana = site.person("ana", firstname="=SUM(A1)", lastname='Ruiz, "la" O\'Neil', idnumber="7")
    sami = site.person("sami", firstname="سامي", lastname="'=x", email="ana@example.org", suspended=True)
    eleni = site.person("eleni@b.c", firstname="Ελένη", lastname="@home", email="e@b.org", lang="es", auth="nologin")
    site.enrol(basics, ana, "student")
    site.enrol(basics, sami, "student", "teacher", suspended=True)
    site.enrol(basics, eleni, "student")
    site.enrol(more, ana, "editingteacher")
    site.group(basics, 'Group A, the "first"', ana, sami)
    site.group(basics, "=1+1", sami, eleni)
    site.group(basics, "Ομάδα", sami)
    site.cohort("agents", ana, sami)
    site.cohort("-agents, too", eleni, name="Other agents", description="<p>A &amp; B</p>", category_id=deep)
    site.cohort("empty", name="Nobody yet")


def lines(made: Export) -> list[str]:
    """Give what is told that files don't hold, without the counts."""
    return [*map(str, made.lacks), *map(str, made.left_out)]


def people(made: Export) -> list[str]:
    """Give the lines of the file of people."""
    return made.files["people.csv"].splitlines()


def test_a_site_applied_to_an_empty_one_gives_the_same_files_again(
    furnished: Furnished, empty: Callable[[], Miniature], tmp_path: Path
) -> None:
    furnish(furnished)
    first = exported(furnished.miniature)
    save(first, tmp_path / "out")
    other = empty()

    record = apply_to(other, tmp_path / "out")

    assert (str(record.outcome), exported(other).files) == ("done", first.files)
    assert planned(other, tmp_path / "out").actions == ()


def test_a_site_is_as_its_own_files_say_but_for_the_id_numbers_that_categories_and_courses_get(
    furnished: Furnished, tmp_path: Path
) -> None:
    furnish(furnished)
    category = furnished.category("Loose")
    furnished.course("LOOSE", category, idnumber="", enddate=NOON, startdate=MIDNIGHT)
    save(exported(furnished.miniature), tmp_path / "out")

    plan = planned(furnished.miniature, tmp_path / "out")

    assert [action.line(UTC) for action in plan.actions] == [
        'category loose: idnumber from "" to "loose"',
        'category 2026-quoted-x: idnumber from "" to "2026-quoted-x"',
        'course LOOSE: idnumber from "" to "LOOSE"',
    ]
    assert (plan.conflicts, plan.remarks) == ((), ())


def test_nothing_is_written_into_moodle(furnished: Furnished) -> None:
    furnish(furnished)

    exported(furnished.miniature)

    assert not {function.name for function in FUNCTIONS if function.writes} & set(furnished.miniature.calls)


def test_nobody_but_the_owner_may_read_the_folder(furnished: Furnished, tmp_path: Path) -> None:
    furnish(furnished)

    save(exported(furnished.miniature), tmp_path / "out")

    there = [tmp_path / "out", *(tmp_path / "out").rglob("*")]
    assert {(path.is_dir(), path.stat().st_mode & 0o777) for path in there} == {(True, 0o700), (False, 0o600)}


def test_a_folder_in_which_something_is_stays_as_it_is(furnished: Furnished, tmp_path: Path) -> None:
    furnish(furnished)
    made = exported(furnished.miniature)
    (tmp_path / "people.csv").write_text("mine")

    with pytest.raises(ExportRefused, match="is there already, and isn't written over"):
        save(made, tmp_path)

    assert [path.read_text() for path in tmp_path.iterdir()] == ["mine"]


def test_files_that_a_sync_would_refuse_are_not_written(furnished: Furnished, tmp_path: Path) -> None:
    furnish(furnished)
    made = exported(furnished.miniature)
    broken = Export(files={**made.files, "people.csv": "surname\nx\n"}, counts=made.counts, left_out=(), lacks=())

    with pytest.raises(ExportRefused, match="a sync would refuse what was to be written"):
        save(broken, tmp_path / "out")

    assert list(tmp_path.iterdir()) == []


def test_what_can_go_wrong_while_writing_leaves_nothing_behind(furnished: Furnished, tmp_path: Path) -> None:
    furnish(furnished)
    made = exported(furnished.miniature)

    with pytest.raises(ExportRefused, match="can't be written: No such file or directory"):
        save(made, tmp_path / "nowhere" / "out")

    assert list(tmp_path.iterdir()) == []


def test_a_cell_that_a_spreadsheet_would_work_out_stands_behind_an_apostrophe(furnished: Furnished) -> None:
    furnish(furnished)

    made = exported(furnished.miniature)

    assert "ana,'=SUM(A1)," in made.files["people.csv"]
    assert "sami,سامي,''=x," in made.files["people.csv"]


def test_whose_enrolment_is_not_in_force_is_suspended_in_the_file(furnished: Furnished) -> None:
    course = furnished.course("BASICS", furnished.category("All", "all"))
    ended, ana = furnished.person("ended"), furnished.person("ana")
    furnished.enrol(course, ended, "student", time_end=1)
    furnished.enrol(course, ana, "student")

    made = exported(furnished.miniature)

    assert people(made)[0].endswith("course1,role1,enrolstatus1")
    assert [row.split(",")[-1] for row in people(made)[1:]] == ["", "1"]
    assert any(line.endswith("the file suspends them (1): ended in basics") for line in lines(made))


def test_part_of_a_site_is_exported_with_the_people_in_it(furnished: Furnished) -> None:
    furnish(furnished)

    by_category = exported(furnished.miniature, Choice(categories=frozenset({"عربي"})))
    by_course = exported(furnished.miniature, Choice(courses=frozenset({"basics"})))

    assert by_category.counts == {"categories": 3, "courses": 1, "people": 1, "cohorts": 1}
    assert by_course.counts == {"categories": 2, "courses": 1, "people": 3, "cohorts": 2}
    assert "content/curriculum/more/course.yaml" not in by_course.files


def test_a_part_that_is_not_there_is_named(furnished: Furnished) -> None:
    furnish(furnished)

    with pytest.raises(InputRefused) as refused:
        exported(furnished.miniature, Choice(categories=frozenset({"medtown", "none"}), courses=frozenset({"NONE"})))

    assert [str(problem) for problem in refused.value.problems] == [
        "--category: none: Moodle has no such category, or doesn't show it to the token's account",
        "--course: NONE: Moodle has no such course, or doesn't show it to the token's account",
    ]


def test_a_site_without_courses_makes_no_files(furnished: Furnished) -> None:
    furnished.category("All", "all")

    with pytest.raises(ExportRefused, match="there is no course that files could hold"):
        exported(furnished.miniature)


def test_of_a_plain_site_only_what_is_there_is_told(furnished: Furnished) -> None:
    course = furnished.course("BASICS", furnished.category("All", "all"), "One", startdate=MIDNIGHT)
    furnished.enrol(course, furnished.person("ana"), "student")

    assert lines(exported(furnished.miniature)) == [
        "passwords, and the dates of enrolments, which Moodle tells nobody (1): ana"
    ]


def people_of_a_course(site: Furnished) -> tuple[int, int]:
    """Make a course with somebody in it."""
    course = site.course("BASICS", site.category("All", "all"), startdate=MIDNIGHT)
    ana = site.person("ana")
    site.enrol(course, ana, "student")
    return course, ana


@pytest.mark.parametrize(
    ("furnish_with", "said"),
    [
        (lambda s, c, a: s.course("OTHER", 1, summary="<b>x</b>"), "more than plain text (1): OTHER"),
        (lambda s, c, a: s.course("OTHER", 1, format="social"), "(1): OTHER: social"),
        (lambda s, c, a: s.course("OTHER", 1, "Named", ""), "sections without a name (1): OTHER"),
        (lambda s, c, a: s.course("OTHER", 1, "a <b> c"), "(1): OTHER: a <b> c"),
        (lambda s, c, a: s.course("OTHER", 1, fullname="x" * 201), "course OTHER: its name is longer than 200 letters"),
        (lambda s, c, a: s.course("!CLEAR", 1), "course !CLEAR: its short name means something else"),
        (lambda s, c, a: s.course("ÓTHER", 1, idnumber="basicś"), "course ÓTHER: another course has its ID number"),
        (lambda s, c, a: s.course("basics", 1, idnumber="x"), "course basics: its short name differs"),
        (lambda s, c, a: s.course("OTHER", s.category("a <b> c", "odd")), "category odd: its name holds <"),
        (lambda s, c, a: s.course("OTHER", s.category("a <b> c", "odd")), "course OTHER: its category is left out"),
        (lambda s, c, a: s.category("Odd", "odd", description="<b>x</b>"), "more than plain text (1): Odd"),
        (lambda s, c, a: s.group(c, "Nobody's"), "(1): Nobody's in basics"),
        (lambda s, c, a: (s.group(c, "One", a), s.group(c, "oné", a)), "can't stand in a file (1): oné in basics"),
        (lambda s, c, a: s.group(c, "!clear", a), "can't stand in a file (1): !clear in basics"),
        (lambda s, c, a: s.group(c, "a\nb", a), "can't stand in a file (1): a\nb in basics"),
        (lambda s, c, a: s.cohort("", a, name="Loose"), "cohort Loose: it has no ID number: give it"),
        (lambda s, c, a: s.cohort("key", a, name="a <b> c"), "can't hold (1): a <b> c"),
        (lambda s, c, a: s.cohort("", name="Nobody's"), "no ID number (1): Nobody's"),
        (lambda s, c, a: s.grouping(c, "Regions"), "groupings (1): Regions in basics"),
        (lambda s, c, a: s.enrol(c, s.person("o'd"), "student"), "account o'd: its username has other letters"),
        (lambda s, c, a: s.enrol(c, s.person("eva", firstname="E\nva"), "student"), "(1): eva: firstname"),
        (lambda s, c, a: s.enrol(c, s.person("eva", idnumber="!Clear"), "student"), "(1): eva: idnumber"),
        (lambda s, c, a: s.enrol(c, s.person("eva")), "people who are in a course without a role (1): eva in basics"),
        (lambda s, c, a: s.enrol(c, 2, "student"), "accounts that a sync never touches (1): admin"),
    ],
)
def test_what_files_do_not_hold_is_told(
    furnished: Furnished, furnish_with: Callable[[Furnished, int, int], object], said: str
) -> None:
    furnish_with(furnished, *people_of_a_course(furnished))

    assert any(said in line for line in lines(exported(furnished.miniature))), said


def test_an_id_number_that_two_people_have_is_carried_for_neither(furnished: Furnished) -> None:
    course, _ = people_of_a_course(furnished)
    for name in ("eva", "eve"):
        furnished.enrol(course, furnished.person(name, idnumber="x"), "student")

    made = exported(furnished.miniature)

    assert "idnumber" not in people(made)[0].split(",")
    assert any("(2): eva: idnumber, eve: idnumber" in line for line in lines(made))


def test_a_site_where_nobody_is_has_a_file_of_people_that_names_nobody(furnished: Furnished, tmp_path: Path) -> None:
    furnished.course("BASICS", furnished.category("All", "all"))

    save(exported(furnished.miniature), tmp_path / "out")

    assert (tmp_path / "out" / "people.csv").read_text(encoding="utf-8") == "username,firstname,lastname\n"


SEEING = (
    "webservice/rest:use",
    "moodle/category:manage",
    "moodle/cohort:view",
    "moodle/course:managegroups",
    "moodle/course:update",
    "moodle/course:useremail",
    "moodle/course:view",
    "moodle/course:viewhiddencourses",
    "moodle/course:viewparticipants",
    "moodle/site:accessallgroups",
    "moodle/site:viewuseridentity",
    "moodle/user:viewalldetails",
    "moodle/user:viewdetails",
)
"""What an account of its own needs, but for `moodle/course:enrolreview`."""


def exported_with(site: Furnished, *rights: str) -> Export:
    """Export with the rights of an account."""
    token = "5" * 32
    owner = site.miniature.add_account("least", rights=" ".join(rights).replace(" ", "\n"))
    site.miniature.give_token(token, owner=owner)
    return export(site.miniature.client(token), Access(site=site.miniature.site.settings.wwwroot))


def test_without_the_right_to_it_nobody_knows_which_enrolments_are_in_force(furnished: Furnished) -> None:
    people_of_a_course(furnished)

    made = exported_with(furnished, *SEEING)

    assert made.left_out == ()
    assert any(line.startswith("whether enrolments are in force") for line in lines(made))


def test_courses_whose_settings_are_not_shown_are_left_out(furnished: Furnished) -> None:
    people_of_a_course(furnished)

    with pytest.raises(ExportRefused, match="course BASICS: its ID number and its settings aren't shown"):
        exported_with(furnished, *(right for right in SEEING if right != "moodle/course:update"))


def test_who_may_see_nobody_exports_nothing(furnished: Furnished) -> None:
    people_of_a_course(furnished)

    with pytest.raises(NotAllowed):
        exported_with(furnished, *(right for right in SEEING if right != "moodle/course:viewparticipants"))
