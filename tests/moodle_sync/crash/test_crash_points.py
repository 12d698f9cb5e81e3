"""A run that is killed at any point and resumed ends as one that was never killed, and does nothing twice."""

import pytest

from moodle_sync.journal.records import Ending
from moodle_sync.journal.storage import VERSION
from moodle_sync.things.term import ENROLMENTS
from tests.moodle_sync.crash.story import FILLED, RESTORED, TELLABLE, Held, Setting
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

NOT_BEGUN = "before the run is written"
NEW = ("a new site", "a lost journal")
ENROL = "enrol_manual_enrol_users"
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
    "a curriculum that changed": [
        ("core_courseformat_update_course", 1),
        ("core_courseformat_update_course", 2),
        ("core_courseformat_update_course", 3),
        ("core_update_inplace_editable", 1),
        ("core_update_inplace_editable", 3),
    ],
    "copies of a template": [
        ("core_course_duplicate_course", 1),
        ("core_course_update_courses", 1),
        ("core_courseformat_update_course", 1),
    ],
    "a template that changed": [
        ("core_update_inplace_editable", 1),
        ("core_courseformat_update_course", 1),
        ("core_courseformat_update_course", 2),
    ],
    "changes, with unenrolments": [("enrol_manual_unenrol_users", 1)],
}
"""The requests that write; the second and the third that enrol in a story of changes change and suspend."""


def moments() -> list[tuple[str, str]]:
    """Try every point in every story; those of a request at the first, and at a later one."""
    once = [(name, f"{point} 1") for name in TELLABLE for point in OF_A_RUN]
    often = [(name, f"{point} {number}") for name in TELLABLE for point in OF_A_REQUEST for number in (1, 4)]
    new = [(name, f"{point} 1") for name in NEW for point in OF_A_NEW_JOURNAL]
    adoption = [("a lost journal", f"{point} 1") for point in OF_ADOPTION]
    restored = [(RESTORED, f"{point} 1") for point in (*OF_FORGETTING, *OF_ADOPTION)]
    return sorted([*once, *often, *new, *adoption, *restored])


@pytest.mark.parametrize(("name", "moment"), moments())
def test_what_is_killed_and_resumed_ends_as_if_it_had_not_been(
    setting: Setting, undisturbed: dict[str, Held], name: str, moment: str
) -> None:
    story = setting.begin(name)
    code = setting.command("apply", "--yes", *story.options, moment=moment)
    assert code == KILLED, f"the moment never came\n{said(setting.folder)}"

    setting.insist("resume")
    if moment.startswith(NOT_BEGUN):
        setting.insist("apply", "--yes", *story.options)

    assert setting.held() == undisturbed[name]
    assert setting.runs()[0].outcome is Ending.DONE


@pytest.mark.parametrize("done", [False, True], ids=["before it works", "before it answers"])
@pytest.mark.parametrize(("name", "call"), [(name, call) for name, calls in CALLS.items() for call in calls], ids=str)
def test_what_is_killed_while_moodle_works_ends_as_if_it_had_not_been(
    setting: Setting, undisturbed: dict[str, Held], name: str, call: tuple[str, int], *, done: bool
) -> None:
    story = setting.begin(name)
    setting.kill_at(*call, done=done)
    assert setting.command("apply", "--yes", *story.options) == KILLED, said(setting.folder)

    setting.insist("resume")

    assert setting.held() == undisturbed[name]


@pytest.mark.parametrize("name", TELLABLE)
def test_who_applies_instead_of_resuming_comes_to_the_same(
    setting: Setting, undisturbed: dict[str, Held], name: str
) -> None:
    story = setting.begin(name)
    call = CALLS[name][-1] if name in {"a curriculum that changed", "a template that changed"} else (ENROL, 1)
    setting.kill_at(*call, done=True)
    assert setting.command("apply", "--yes", *story.options) == KILLED, said(setting.folder)

    setting.insist("apply", "--yes", *story.options)

    assert setting.held() == undisturbed[name]
    assert [run.outcome for run in setting.runs()][:2] == [Ending.DONE, Ending.SUPERSEDED]


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
