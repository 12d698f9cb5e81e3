"""Who is enrolled, who is not any more, and in which role."""

from dataclasses import replace

import pytest

from moodle_sync.planning.plan import Options, plan
from moodle_sync.things.applied import Applied
from moodle_sync.things.course import COURSES
from moodle_sync.things.enrolment import Enrol
from moodle_sync.things.finding import Conflict, Remark
from moodle_sync.things.ids import Ids
from moodle_sync.things.leaving import Suspend, Unenrol
from moodle_sync.things.membership import MEMBERSHIPS, AddMember, RemoveMember
from moodle_sync.things.person import PEOPLE
from moodle_sync.things.role import ROLES, AddRole, Enrolment
from moodle_sync.things.state import State
from moodle_sync.things.term import ENROLMENTS, ChangeTerm, Held, Term
from tests.moodle_sync.examples import APPLIED, FULL, LEARNS, MEMBER, ROLE_IDS, TERM, found, without

AFTERWARDS = Options(today=TERM.end)
GONE = found(without("sami"))
"""The site after Moodle unenrolled Sami, whose time was over."""


@pytest.mark.parametrize("held", [Held(term=TERM), Held()], ids=["enrolled", "adopted"])
def test_whoever_was_unenrolled_when_their_time_was_over_is_not_enrolled_again(held: Held) -> None:
    applied = APPLIED.having(ENROLMENTS, {**APPLIED[ENROLMENTS], LEARNS.place: held})

    planned = plan(FULL, GONE, applied, AFTERWARDS)

    assert not [action for action in planned.actions if isinstance(action, (Enrol, AddMember))]
    assert planned.forgotten[ENROLMENTS] == {}


def test_whose_role_was_taken_away_when_their_time_was_over_gets_it_only_with_more_time() -> None:
    without_role = found(FULL.having(ROLES, FULL[ROLES] - {LEARNS}))
    inside = replace(without_role, inside=without_role.inside | {LEARNS.place})
    longer = FULL.having(ROLES, FULL[ROLES] - {LEARNS} | {replace(LEARNS, days=101)})

    assert plan(FULL, inside, APPLIED, AFTERWARDS).actions == ()
    assert [type(action) for action in plan(longer, inside, APPLIED, AFTERWARDS).actions] == [AddRole, ChangeTerm]
    assert [type(action) for action in plan(FULL, inside, APPLIED, Options(today=TERM.end - 1)).actions] == [AddRole]


@pytest.mark.parametrize(
    ("case", "desired", "applied", "today"),
    [
        ("before the end", FULL, APPLIED, TERM.end - 1),
        ("a new one, which the plan shows with its dates", FULL, Applied(), TERM.end),
        (
            "with more days",
            FULL.having(ROLES, FULL[ROLES] - {LEARNS} | {replace(LEARNS, days=101)}),
            APPLIED,
            TERM.end,
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_whoever_is_not_there_is_enrolled(case: str, desired: State, applied: Applied, today: int) -> None:
    actions = plan(desired, GONE, applied, Options(today=today)).actions

    assert [action.enrolment for action in actions if isinstance(action, Enrol)] == [LEARNS], case


@pytest.mark.parametrize("conflicts", [(), (Conflict("course", "tot", "isn't all shown"),)], ids=["seen", "not all"])
def test_of_a_course_that_is_left_alone_nothing_is_forgotten(conflicts: tuple[Conflict, ...]) -> None:
    observed = replace(
        GONE, ids=Ids().knowing(ROLES, ROLE_IDS).knowing(PEOPLE, {"ana": 11, "sami": 12}), conflicts=conflicts
    )

    forgotten = plan(without("sami"), observed, APPLIED).forgotten

    assert set(forgotten[ENROLMENTS]) == (set() if conflicts else {LEARNS.place})
    assert forgotten[MEMBERSHIPS] == (frozenset() if conflicts else {MEMBER})


def test_a_suspension_names_a_role_that_the_sync_gave_before_others() -> None:
    assistant = Enrolment(course="tot", person="sami", role="assistant")
    site = FULL.having(ROLES, FULL[ROLES] | {assistant})

    actions = plan(without("sami"), found(site), APPLIED, Options()).actions

    assert [action.role for action in actions if isinstance(action, Suspend)] == ["student"]


LASTING = replace(FULL, lasting=frozenset({"tot"}))


@pytest.mark.parametrize("unenrol", [False, True])
def test_whoever_vanishes_from_the_source_stays_in_a_course_that_lasts(unenrol: bool) -> None:  # noqa: FBT001  # a case
    gone = replace(without("sami"), lasting=LASTING.lasting)

    planned = plan(gone, found(LASTING), APPLIED, Options(unenrol=unenrol))

    assert not [action for action in planned.actions if isinstance(action, (Suspend, Unenrol, RemoveMember))]
    assert (planned.forgotten[ENROLMENTS], planned.forgotten[MEMBERSHIPS]) == ({}, frozenset())


def test_who_leaves_one_course_and_stays_in_another_is_named() -> None:
    courses = {**FULL[COURSES], "community": replace(FULL[COURSES]["tot"], idnumber="community", sections=())}
    stays = Enrolment(course="community", person="sami", role="student")
    site = FULL.having(COURSES, courses).having(ROLES, FULL[ROLES] | {stays})
    applied = APPLIED.having(ENROLMENTS, {**APPLIED[ENROLMENTS], stays.place: Held(term=Term())}).having(
        ROLES, site[ROLES]
    )
    gone = replace(without("sami"), lasting=frozenset({"community"})).having(COURSES, courses)

    planned = plan(gone, found(site), applied)

    assert [action.course for action in planned.actions if isinstance(action, Suspend)] == ["tot"]
    said = "nobody is taken out of it, so who leaves others stays: sami"
    assert planned.remarks == (Remark("course", "community", said),)
