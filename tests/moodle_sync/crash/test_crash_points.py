"""A run that is killed at any point and resumed ends as one that was never killed, and does nothing twice."""

import pytest
from sqlalchemy import select

from lti_tool.demo.moodle.tables import Course
from lti_tool.demo.moodle.webservice.tables import Category
from moodle_sync.journal.records import Ending
from moodle_sync.journal.storage import VERSION
from moodle_sync.things.term import ENROLMENTS
from tests.moodle_sync.crash.story import FILLED, RESTORED, STORIES, TELLABLE, UNDOING, Held, Setting
from tests.moodle_sync.crash.victim import (
    KILLED,
    OF_A_NEW_JOURNAL,
    OF_A_REQUEST,
    OF_A_RUN,
    OF_ADOPTION,
    OF_AN_UPGRADE,
    OF_FORGETTING,
    said,
)
from tests.moodle_sync.former import columns, make_former, version

NOTHING = "Nothing to do: "
NOVEMBER = 1_825_027_200
NOT_BEGUN = "before the run is written"
NEW = ("a new site", "a lost journal")
ENROL = "enrol_manual_enrol_users"
CATEGORIES, NAMES = "core_course_update_categories", "core_update_inplace_editable"
SECTIONS = "core_courseformat_update_course"
CHANGED, WINS = "a curriculum that changed", "a curriculum that wins"
TEMPLATE = "a template that changed"
TAKEN_BACK, CIRCLES = "a curriculum taken back", "circles that changed"
REQUESTS = 10
"""That write where a curriculum changed."""
CALLS = {
    "a new site": [
        ("core_course_create_categories", 1),
        ("core_course_create_courses", 1),
        ("core_update_inplace_editable", 2),
        ("core_user_create_users", 1),
        (ENROL, 1),
        ("core_group_create_groups", 1),
        ("core_group_add_group_members", 1),
        ("core_cohort_create_cohorts", 1),
        ("core_cohort_add_cohort_members", 1),
    ],
    "changes": [
        ("core_user_update_users", 1),
        (ENROL, 2),
        (ENROL, 3),
        ("core_role_assign_roles", 1),
        ("core_role_unassign_roles", 1),
        ("core_group_delete_group_members", 1),
        ("core_cohort_delete_cohort_members", 1),
    ],
    CHANGED: [
        *((CATEGORIES, number) for number in (1, 2)),
        ("core_course_update_courses", 1),
        *((NAMES, number) for number in (1, 2, 3)),
        *((SECTIONS, number) for number in (1, 2, 3, 4)),
    ],
    WINS: [(CATEGORIES, 1), ("core_course_update_courses", 1), (NAMES, 4), (SECTIONS, 4)],
    CIRCLES: [
        ("core_group_update_groups", 1),
        ("core_group_create_groupings", 1),
        ("core_group_update_groupings", 1),
        ("core_group_assign_grouping", 1),
        ("core_group_unassign_grouping", 1),
        ("core_cohort_update_cohorts", 1),
    ],
    "copies of a template": [
        ("core_course_duplicate_course", 1),
        ("core_course_update_courses", 1),
        ("core_courseformat_update_course", 1),
    ],
    TEMPLATE: [
        ("core_update_inplace_editable", 1),
        ("core_courseformat_update_course", 1),
        ("core_courseformat_update_course", 2),
    ],
    "changes, with unenrolments": [("enrol_manual_unenrol_users", 1)],
    "changes taken back": [
        ("core_user_update_users", 1),
        (ENROL, 1),
        (ENROL, 2),
        ("core_role_assign_roles", 1),
        ("core_role_unassign_roles", 1),
        ("core_group_add_group_members", 1),
        ("core_group_delete_group_members", 1),
        ("core_cohort_add_cohort_members", 1),
        ("core_cohort_delete_cohort_members", 1),
    ],
    TAKEN_BACK: [
        (CATEGORIES, 1),
        ("core_course_update_courses", 1),
        *((NAMES, number) for number in (1, 2)),
        *((SECTIONS, number) for number in (1, 2, 3)),
    ],
}
"""The requests that write, all of them where a curriculum changed; the second and the third that enrol in a story of
changes change and suspend.
"""


def moments() -> list[tuple[str, str]]:
    """Try every point in every story; those of a request at the first and at a later one, or at each."""
    once = [(name, f"{point} 1") for name in TELLABLE for point in OF_A_RUN]
    numbers = {name: range(1, REQUESTS + 1) if name == CHANGED else (1, 4) for name in TELLABLE}
    often = [(name, f"{point} {number}") for name in TELLABLE for point in OF_A_REQUEST for number in numbers[name]]
    new = [(name, f"{point} 1") for name in NEW for point in OF_A_NEW_JOURNAL]
    adoption = [("a lost journal", f"{point} 1") for point in OF_ADOPTION]
    restored = [(RESTORED, f"{point} 1") for point in (*OF_FORGETTING, *OF_ADOPTION)]
    return sorted([*once, *often, *new, *adoption, *restored])


@pytest.mark.parametrize(("name", "moment"), moments())
def test_what_is_killed_and_resumed_ends_as_if_it_had_not_been(
    setting: Setting, undisturbed: dict[str, Held], name: str, moment: str
) -> None:
    command = setting.told_to(setting.begin(name))
    code = setting.command(*command, moment=moment)
    assert code == KILLED, f"the moment never came\n{said(setting.folder)}"

    setting.insist("resume")
    if moment.startswith(NOT_BEGUN):
        setting.insist(*command)

    assert setting.held() == undisturbed[name]
    assert setting.runs()[0].outcome is (Ending.PARTLY if name in UNDOING else Ending.DONE)


@pytest.mark.parametrize("done", [False, True], ids=["before it works", "before it answers"])
@pytest.mark.parametrize(("name", "call"), [(name, call) for name, calls in CALLS.items() for call in calls], ids=str)
def test_what_is_killed_while_moodle_works_ends_as_if_it_had_not_been(
    setting: Setting, undisturbed: dict[str, Held], name: str, call: tuple[str, int], *, done: bool
) -> None:
    command = setting.told_to(setting.begin(name))
    setting.kill_at(*call, done=done)
    assert setting.command(*command) == KILLED, said(setting.folder)

    setting.insist("resume")

    assert setting.held() == undisturbed[name]


@pytest.mark.parametrize("name", TELLABLE)
def test_who_applies_instead_of_resuming_comes_to_the_same(
    setting: Setting, undisturbed: dict[str, Held], name: str
) -> None:
    command = setting.told_to(setting.begin(name))
    call = CALLS[name][-1] if name in {CHANGED, WINS, CIRCLES, TEMPLATE, TAKEN_BACK} else (ENROL, 1)
    setting.kill_at(*call, done=True)
    assert setting.command(*command) == KILLED, said(setting.folder)

    setting.insist(*command)

    ending = Ending.PARTLY if name in UNDOING else Ending.DONE
    assert setting.held() == undisturbed[name]
    assert [run.outcome for run in setting.runs()][:2] == [ending, Ending.SUPERSEDED]


@pytest.mark.parametrize("name", [name for name in TELLABLE if name not in UNDOING])
def test_then_there_is_nothing_to_plan(setting: Setting, name: str) -> None:
    setting.tell(name)

    setting.insist("plan", *STORIES[name].options)

    assert said(setting.folder).startswith(NOTHING)


@pytest.mark.parametrize(
    ("name", "categories", "course", "sections"),
    [
        (
            CHANGED,
            [("medtown", "MedTOWN 2026", "", "work"), ("work", "Our work", "<p>There.</p>", None)],
            ("The basics anew", "<p>My own.</p>", NOVEMBER, 0, 1),
            [("My own words", 1), ("Mine", 1), ("Module four", 0)],
        ),
        (
            WINS,
            [("medtown", "MedTOWN 2026", "", "work"), ("work", "Work", "<p>There.</p>", None)],
            ("The basics anew", "<p>All.</p>", NOVEMBER, 1, 1),
            [("Module three", 1), ("Mine", 1), ("Module four", 1)],
        ),
    ],
    ids=[CHANGED, WINS],
)
def test_what_somebody_changed_in_moodle_survives_unless_the_file_wins(
    undisturbed: dict[str, Held],
    name: str,
    categories: list[object],
    course: tuple[object, ...],
    sections: list[tuple[str, int]],
) -> None:
    site = undisturbed[name].site

    new = [("Module two anew", 1), ("Module new", 1), ("Module one anew", 0)]
    assert [one for one in site["categories"] if one[0]] == categories
    assert [one[2:7] for one in site["courses"] if one[1] == "BASICS"] == [course]
    assert [(title, shown) for _, _, title, shown in site["sections"]] == new + sections


def test_what_somebody_changes_while_a_run_is_stopped_survives(setting: Setting) -> None:
    setting.begin(CHANGED)
    setting.kill_at(NAMES, 1, done=True)
    assert setting.command("apply", "--yes") == KILLED, said(setting.folder)
    with setting.running.miniature.site.session() as db:
        db.scalars(select(Course).filter_by(shortname="BASICS")).one().fullname = "Mine"
        db.scalars(select(Category).filter_by(idnumber="medtown")).one().name = "Mine"

    setting.command("resume")
    setting.insist("apply", "--yes")

    assert said(setting.folder).startswith(NOTHING)
    site = setting.held().site
    assert [name for _, shortname, name, *_ in site["courses"] if shortname == "BASICS"] == ["Mine"]
    assert [name for idnumber, name, *_ in site["categories"] if idnumber == "medtown"] == ["Mine"]


def test_dates_that_nobody_can_read_are_written_once_more_at_the_cost_of_a_mail(
    setting: Setting, undisturbed: dict[str, Held]
) -> None:
    setting.begin("other dates")
    setting.kill_at(ENROL, 1, done=True)
    assert setting.command("apply", "--yes") == KILLED, said(setting.folder)

    setting.insist("resume")

    held, expected = setting.held(), undisturbed["other dates"]
    assert held.applied == expected.applied
    assert {**held.site, "mails": ()} == {**expected.site, "mails": ()}
    assert held.mails == expected.mails + 5


@pytest.mark.parametrize("done", [False, True], ids=["before it works", "before it answers"])
def test_a_course_whose_filling_is_killed_is_filled_once(
    setting: Setting, undisturbed: dict[str, Held], *, done: bool
) -> None:
    setting.begin(FILLED)
    setting.kill_at("core_course_import_course", 1, done=done)
    assert setting.command("apply", "--yes") == KILLED, said(setting.folder)

    setting.insist("resume")

    assert setting.held().site == undisturbed[FILLED].site
    setting.insist("apply", "--yes")
    assert setting.runs()[0].sends == ()


def test_on_a_restored_site_everybody_has_what_the_source_says_and_nobody_loses_anything(setting: Setting) -> None:
    setting.begin(RESTORED)
    before = setting.held().site

    setting.insist("apply", "--yes")

    held = setting.held()
    for kept in ("members", "cohort members"):
        assert set(before[kept]) <= set(held.site[kept])
    assert not any(suspended for *_, suspended in held.site["enrolments"])
    assert {person for _, person in held.applied[ENROLMENTS]} == {"ben", "cleo", "dora", "eva", "fatima"}


@pytest.mark.parametrize("moment", OF_AN_UPGRADE)
def test_a_journal_whose_upgrade_is_killed_is_of_the_former_version(
    setting: Setting, undisturbed: dict[str, Held], moment: str
) -> None:
    setting.begin("changes")
    make_former(setting.journal)
    former = columns(setting.journal)
    assert setting.command("apply", "--yes", moment=f"{moment} 1") == KILLED, said(setting.folder)
    assert (version(setting.journal), columns(setting.journal)) == (1, former)

    setting.insist("apply", "--yes")

    assert setting.held() == undisturbed["changes"]
    assert version(setting.journal) == VERSION


@pytest.mark.parametrize("journal", [True, False], ids=["again", "without the journal"])
def test_what_is_applied_again_writes_nothing_and_mails_nobody(setting: Setting, *, journal: bool) -> None:
    before = setting.tell("a new site")
    if not journal:
        setting.journal.unlink()

    setting.insist("apply", "--yes")

    held = setting.held()
    assert held.site == before.site
    assert setting.runs()[0].sends == ()
    assert all((place.term is None) is not journal for place in held.applied[ENROLMENTS].values())
