"""Taking away and changing back, with faults ordered."""

import json
from dataclasses import replace

import pytest
from flask import Response

from lti_tool.demo.moodle.faults import DROP, LOSE, Fault, after
from lti_tool.demo.moodle.tables import Enrolment as EnrolmentRow
from moodle_sync.planning.plan import Options
from moodle_sync.things.action import PAUSES, Action
from moodle_sync.things.leaving import Suspend
from moodle_sync.things.membership import MEMBERSHIPS
from moodle_sync.things.person import PEOPLE
from moodle_sync.things.role import ROLES, Enrolment
from moodle_sync.things.state import State
from moodle_sync.things.term import DAY, ENROLMENTS, Held
from tests.moodle_sync.administered import AS_USUAL, Administered
from tests.moodle_sync.examples import FULL, LEARNS, TERM, without

TODAY = 1_791_000_000
"""A day on which Sami's enrolment counts."""
UNENROL = Options(today=AS_USUAL.today, unenrol=True)
SUSPENDED = FULL.having(ROLES, FULL[ROLES] - {LEARNS} | {replace(LEARNS, suspended=True)})
LONGER = FULL.having(ROLES, FULL[ROLES] - {LEARNS} | {replace(LEARNS, days=200)})
OTHER_ROLE = FULL.having(ROLES, FULL[ROLES] - {LEARNS} | {replace(LEARNS, role="teacher")})
RENAMED = FULL.having(PEOPLE, {**FULL[PEOPLE], "sami": replace(FULL[PEOPLE]["sami"], lastname="Haddad-Ruiz")})
CHANGES: dict[str, tuple[State, Options, str]] = {
    "suspend": (without("sami"), AS_USUAL, "enrol_manual_enrol_users"),
    "take out of a group": (FULL.having(MEMBERSHIPS, frozenset()), AS_USUAL, "core_group_delete_group_members"),
    "take out of a cohort": (without("sami"), AS_USUAL, "core_cohort_delete_cohort_members"),
    "unenrol": (without("sami"), UNENROL, "enrol_manual_unenrol_users"),
    "suspend as the source says": (SUSPENDED, AS_USUAL, "enrol_manual_enrol_users"),
    "give a role": (OTHER_ROLE, AS_USUAL, "core_role_assign_roles"),
    "take a role away": (OTHER_ROLE, AS_USUAL, "core_role_unassign_roles"),
    "rename": (RENAMED, AS_USUAL, "core_user_update_users"),
}

REFUSED = Response(
    json.dumps({"exception": "required_capability_exception", "errorcode": "nopermissions", "message": "Sorry."})
)


@pytest.fixture(autouse=True)
def _today(site: Administered) -> None:
    moodle = site.miniature.site
    moodle.settings = replace(moodle.settings, clock=lambda: TODAY)
    site.apply()


@pytest.mark.parametrize("fault", [None, DROP, LOSE, after(503)], ids=["none", "not done", "lost", "a gateway's"])
@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_unknown_fate_is_read_back_and_done_once(
    site: Administered, change: str, fault: Fault | None
) -> None:
    desired, options, function = CHANGES[change]
    actions = site.plan(desired, options).actions
    site.miniature.calls.clear()
    if fault is not None:
        site.miniature.order_faults(function, fault)

    outcome = site.apply(desired, options=options)

    assert (set(outcome.done), outcome.failed) == (set(actions), [])
    assert site.plan(desired, options).actions == ()
    assert site.miniature.calls.count(function) == (2 if fault == DROP else 1)


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_changed_is_changed_back(site: Administered, change: str) -> None:
    desired, options, _ = CHANGES[change]
    site.apply(desired, options=options)

    assert site.apply().failed == []
    assert site.plan().actions == ()
    assert not site.applied()[ENROLMENTS]["tot", "sami"].gone


def test_dates_that_nobody_can_read_are_sent_once_more(site: Administered) -> None:
    mails = site.miniature.mails()
    site.miniature.order_faults("enrol_manual_enrol_users", LOSE)

    outcome = site.apply(LONGER)

    assert (len(outcome.done), outcome.failed, site.miniature.mails()) == (1, [], mails + 2)
    assert site.plan(LONGER).actions == ()


def test_who_is_suspended_keeps_dates_and_role(site: Administered) -> None:
    site.apply(without("sami"))

    with site.miniature.site.session() as db:
        row = db.query(EnrolmentRow).filter_by(suspended=True).one()
        assert (row.role, row.time_start, row.time_end) == ("student", TERM.start, TERM.end)
    assert site.applied()[ENROLMENTS]["tot", "sami"] == Held(term=replace(TERM, suspended=True), gone=True)


def test_what_is_applied_again_without_the_journal_is_adopted_as_it_stands(site: Administered) -> None:
    mails = site.miniature.mails()
    site.lose_the_journal()
    site.miniature.calls.clear()

    outcome = site.apply()

    done: list[Action] = []
    assert (outcome.done, outcome.failed, site.miniature.mails()) == (done, [], mails)
    assert set(site.applied()[ENROLMENTS].values()) == {Held()}


def test_dates_of_what_was_adopted_are_written_when_they_are_asked_for(site: Administered) -> None:
    mails = site.miniature.mails()
    site.lose_the_journal()

    site.apply(options=Options(today=AS_USUAL.today, assert_dates=True))

    assert site.applied()[ENROLMENTS] == {("tot", "sami"): Held(term=TERM), ("tot", "ana"): Held()}
    assert site.miniature.mails() == mails + 1
    assert site.plan().actions == ()


def test_somebody_whom_another_put_into_the_course_is_not_taken_out(site: Administered) -> None:
    number = site.miniature.add_account("eleni")
    with site.miniature.site.session() as db:
        course = db.query(EnrolmentRow).first()
        assert course is not None
        db.add(EnrolmentRow(course_id=course.course_id, user_id=number, role="student"))

    assert site.plan().actions == ()
    assert Enrolment(course="tot", person="eleni", role="student") not in site.applied()[ROLES]


@pytest.mark.parametrize(
    ("case", "today", "again"),
    [
        ("it counts until it is suspended", TODAY, False),
        ("it counted no more before", TERM.end + DAY, True),
        ("it ends at about this moment", TERM.end - 60, True),
        ("it began at about this moment", TERM.start + 60, True),
        ("it has not begun", TERM.start - DAY, True),
    ],
)
def test_a_suspension_is_told_by_whether_the_enrolment_counts(
    site: Administered, case: str, today: int, *, again: bool
) -> None:
    moodle = site.miniature.site
    moodle.settings = replace(moodle.settings, clock=lambda: today)
    site.miniature.calls.clear()
    site.miniature.order_faults("enrol_manual_enrol_users", LOSE)

    outcome = site.apply(without("sami"))

    assert outcome.failed == []
    assert site.miniature.calls.count("enrol_manual_enrol_users") == (2 if again else 1), case


def test_a_suspension_is_sent_once_more_where_the_token_may_not_see_who_counts(site: Administered) -> None:
    actions = [action for action in site.plan(without("sami")).actions if isinstance(action, Suspend)]
    applying = site.begin(actions)
    site.miniature.calls.clear()
    site.miniature.order_faults("enrol_manual_enrol_users", LOSE)
    site.miniature.order_faults("core_enrol_get_enrolled_users", *[REFUSED] * (1 + len(PAUSES)))

    applying.run(actions)

    assert applying.outcome.done == actions
    assert site.miniature.calls.count("enrol_manual_enrol_users") == 2
