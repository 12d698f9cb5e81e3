"""Enrolments, their terms and their roles: what is written, and what is left as it is."""

from dataclasses import replace

import pytest

from moodle_sync.planning.plan import Options, plan
from moodle_sync.things.action import Action
from moodle_sync.things.applied import Applied
from moodle_sync.things.cohort_member import COHORT_MEMBERS
from moodle_sync.things.course import COURSES
from moodle_sync.things.enrolment import Enrol
from moodle_sync.things.finding import Conflict
from moodle_sync.things.kept import FIELDS
from moodle_sync.things.leaving import Suspend, Unenrol
from moodle_sync.things.membership import MEMBERSHIPS
from moodle_sync.things.person import PEOPLE
from moodle_sync.things.role import ROLES, AddRole, Enrolment, RemoveRole
from moodle_sync.things.section import SECTIONS
from moodle_sync.things.state import Managed, State
from moodle_sync.things.term import DAY, ENROLMENTS, ChangeTerm, Held, Term
from tests.moodle_sync.examples import APPLIED, FULL, LEARNS, TEACHES, TERM, found, without

PLACE = ("tot", "sami")
START = 1_780_000_000
TODAY = 1_795_000_000
LATER = Options(today=TODAY)
BARE = Enrolment(course="tot", person="sami", role="student")
"""Sami's enrolment as a source says it that has no dates."""


def named(**term: object) -> State:
    """Make the desired state with another term of Sami's."""
    return FULL.having(ROLES, frozenset({TEACHES, replace(BARE, **term)}))  # type: ignore[arg-type]  # its own


def held(term: Term | None, *, gone: bool = False) -> Applied:
    """Make the journal with another term of Sami's."""
    return APPLIED.having(ENROLMENTS, {**APPLIED[ENROLMENTS], PLACE: Held(term=term, gone=gone)})


def changed(before: Term | None, after: Term) -> list[Action]:
    return [ChangeTerm(*PLACE, "student", before, after)]


@pytest.mark.parametrize(
    ("case", "desired", "term"),
    [
        ("nothing said", named(), Term()),
        ("a start", named(start=START), Term(start=START)),
        ("a start and a period", named(start=START, days=10), Term(start=START, end=START + 10 * DAY)),
        ("a period begins today", named(days=10), Term(start=TODAY, end=TODAY + 10 * DAY)),
        ("no period", named(days=0), Term()),
        ("suspended from the first day", named(suspended=True), Term(suspended=True)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_new_enrolment_has_its_whole_term(case: str, desired: State, term: Term) -> None:
    site = FULL.having(ROLES, frozenset({TEACHES})).having(MEMBERSHIPS, frozenset({*FULL[MEMBERSHIPS]}))

    assert plan(desired, found(site), Applied(), LATER).actions == (Enrol(BARE, term),), case


@pytest.mark.parametrize(
    ("case", "desired", "last", "after"),
    [
        ("as it was", named(start=TERM.start, days=100), TERM, None),
        ("another start keeps the end that nobody manages", named(start=START), TERM, replace(TERM, start=START)),
        ("another period counts from the last start", named(days=10), TERM, replace(TERM, end=TERM.start + 10 * DAY)),
        ("the same period the next day", named(days=100), TERM, None),
        ("the first period of one without dates", named(days=10), Term(), Term(start=TODAY, end=TODAY + 10 * DAY)),
        ("no period any more", named(days=0), TERM, Term(start=TERM.start)),
        ("no start any more", named(start=0), TERM, Term(end=TERM.end)),
        ("a period needs a start", named(start=0, days=100), TERM, None),
        ("suspended by the source", named(suspended=True), TERM, replace(TERM, suspended=True)),
        ("active again", named(suspended=False), replace(TERM, suspended=True), TERM),
        ("nobody manages the term", named(), replace(TERM, suspended=True), None),
        ("nobody knows the term", named(start=START, days=10, suspended=True), None, None),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_term_is_compared_with_the_last_one(case: str, desired: State, last: Term | None, after: Term | None) -> None:
    actions = plan(desired, found(FULL), held(last), LATER).actions

    assert list(actions) == ([] if after is None else changed(last, after)), case


@pytest.mark.parametrize(
    ("case", "applied", "desired", "actions"),
    [
        ("in no journal", Applied(), FULL, changed(None, TERM)),
        ("adopted before", held(None), FULL, changed(None, TERM)),
        ("nothing of it is managed", held(None), named(), []),
        ("known and as desired", APPLIED, FULL, []),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_asserting_dates_writes_those_that_nobody_knows(
    case: str, applied: Applied, desired: State, actions: list[Action]
) -> None:
    planned = plan(desired, found(FULL), applied, Options(assert_dates=True))

    assert list(planned.actions) == actions, case


def test_what_is_there_without_a_journal_is_adopted_and_written_nowhere() -> None:
    planned = plan(FULL, found(FULL), Applied())

    assert planned.actions == ()
    assert planned.adopted == Applied().having(ENROLMENTS, {("tot", "ana"): Held(), PLACE: Held()}).having(
        ROLES, FULL[ROLES]
    ).having(MEMBERSHIPS, FULL[MEMBERSHIPS]).having(COHORT_MEMBERS, FULL[COHORT_MEMBERS]).having(
        SECTIONS, APPLIED[SECTIONS]
    ).having(FIELDS, APPLIED[FIELDS])


def test_what_the_journal_has_is_not_adopted_again() -> None:
    assert plan(FULL, found(FULL), APPLIED).adopted == Applied()


def test_an_enrolment_without_the_role_is_adopted_and_gets_it() -> None:
    site = FULL.having(ROLES, frozenset({TEACHES, replace(BARE, role="teacher")}))

    planned = plan(FULL, found(site), Applied())

    assert planned.actions == (AddRole(*PLACE, "student"),)
    assert planned.adopted[ENROLMENTS][PLACE] == Held()
    assert planned.adopted[ROLES] == {TEACHES}


def test_who_was_taken_out_by_hand_comes_back_with_the_term_that_the_journal_has() -> None:
    site = FULL.having(ROLES, frozenset({TEACHES}))

    planned = plan(named(suspended=True), found(site), held(TERM))

    assert planned.actions == (Enrol(BARE, replace(TERM, suspended=True)),)


@pytest.mark.parametrize(
    ("case", "last", "action"),
    [
        ("with known dates", TERM, Suspend(*PLACE, "student", TERM, replace(TERM, suspended=True))),
        ("with dates that nobody knows", None, Suspend(*PLACE, "student", None, Term(suspended=True))),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_whoever_vanished_is_suspended_and_keeps_role_and_groups(case: str, last: Term | None, action: Suspend) -> None:
    actions = [a for a in plan(without("sami"), found(FULL), held(last)).actions if isinstance(a, Suspend)]

    assert actions == [action], case


def test_a_suspension_names_the_first_of_the_roles_that_somebody_has_from_others() -> None:
    site = FULL.having(ROLES, FULL[ROLES] | {replace(BARE, role="editingteacher")})
    applied = APPLIED.having(ROLES, frozenset())

    (suspension,) = (a for a in plan(without("sami"), found(site), applied).actions if isinstance(a, Suspend))

    assert suspension.role == "editingteacher"


def test_a_role_stays_while_one_that_shall_come_beside_another_is_not_known() -> None:
    teacher, tutor = replace(LEARNS, role="editingteacher"), replace(LEARNS, role="tutor")
    site = FULL.having(ROLES, FULL[ROLES] | {teacher})

    actions = plan(FULL.having(ROLES, frozenset({TEACHES, teacher, tutor})), found(site), APPLIED).actions

    assert actions == ()


@pytest.mark.parametrize(
    ("case", "desired", "applied"),
    [
        ("the sync has nothing to do with them", without("sami"), Applied()),
        ("the source has no column of courses", replace(without("sami"), manages=frozenset({Managed.GROUPS})), APPLIED),
        (
            "the source has the person without a course",
            replace(without("sami"), silent=frozenset({(Managed.ENROLMENTS, ("", "sami"))})).having(
                PEOPLE, FULL[PEOPLE]
            ),
            APPLIED,
        ),
        ("the course is no longer in the source", FULL.having(COURSES, {}).having(ROLES, frozenset()), APPLIED),
        ("they are suspended already", without("sami"), held(replace(TERM, suspended=True), gone=True)),
        ("the source itself suspended them", without("sami"), held(replace(TERM, suspended=True))),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_nobody_is_suspended_when(case: str, desired: State, applied: Applied) -> None:
    actions = plan(desired, found(FULL), applied).actions

    assert not any(isinstance(action, Suspend | Unenrol) for action in actions), case


@pytest.mark.parametrize("conflict", [Conflict("person", "sami", "clash"), Conflict("course", "tot", "clash")])
def test_nobody_whom_a_conflict_concerns_is_suspended(conflict: Conflict) -> None:
    observed = replace(found(FULL), conflicts=(conflict,))

    actions = plan(without("sami"), observed, APPLIED).actions

    assert not any(isinstance(action, Suspend) for action in actions)


def test_nobody_is_suspended_for_a_role_that_is_not_known() -> None:
    tutor = replace(LEARNS, role="tutor")
    desired = FULL.having(ROLES, frozenset({TEACHES, tutor}))

    planned = plan(desired, found(FULL), APPLIED)

    assert planned.actions == ()
    assert [conflict.key for conflict in planned.conflicts] == ["tutor"]


@pytest.mark.parametrize("gone", [False, True])
def test_unenrolling_takes_a_flag(gone: bool) -> None:  # noqa: FBT001  # a parameter of the table
    planned = plan(without("sami"), found(FULL), held(TERM, gone=gone), Options(unenrol=True))

    assert [action for action in planned.actions if isinstance(action, Suspend | Unenrol)] == [Unenrol(*PLACE)]


def test_who_has_no_role_left_can_not_be_suspended_and_is_shown() -> None:
    observed = found(FULL.having(ROLES, frozenset({TEACHES})))
    observed = replace(observed, inside=observed.inside | {PLACE})

    planned = plan(without("sami"), observed, APPLIED)

    assert not any(isinstance(action, Suspend) for action in planned.actions)
    assert [(conflict.kind, conflict.key) for conflict in planned.conflicts] == [("enrolment", "sami in tot")]


@pytest.mark.parametrize(
    ("case", "desired", "after"),
    [
        ("with nothing said", named(), TERM),
        ("with other dates", named(start=START), replace(TERM, start=START)),
        ("active by word of the source", named(suspended=False), TERM),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_who_is_named_again_comes_back(case: str, desired: State, after: Term) -> None:
    before = replace(TERM, suspended=True)

    assert list(plan(desired, found(FULL), held(before, gone=True)).actions) == changed(before, after), case


def test_who_is_named_again_as_suspended_is_gone_no_more_without_a_write() -> None:
    before = replace(TERM, suspended=True)

    planned = plan(named(suspended=True), found(FULL), held(before, gone=True))

    assert planned.actions == ()
    assert planned.adopted[ENROLMENTS] == {PLACE: Held(term=before)}


def test_a_role_that_the_source_no_longer_gives_is_taken_away_after_the_new_one_came() -> None:
    teacher = replace(LEARNS, role="editingteacher")
    desired = FULL.having(ROLES, frozenset({TEACHES, teacher}))

    actions = plan(desired, found(FULL), APPLIED).actions

    assert actions == (AddRole(*PLACE, "editingteacher"), RemoveRole(*PLACE, "student"))


@pytest.mark.parametrize(
    ("case", "desired", "applied"),
    [
        ("it was given by hand", without("sami"), APPLIED.having(ROLES, frozenset({TEACHES}))),
        ("the person vanished, and is suspended", without("sami"), APPLIED),
        (
            "the new one is not known",
            FULL.having(ROLES, frozenset({TEACHES, replace(LEARNS, role="tutor")})),
            APPLIED,
        ),
        (
            "the source has no column of courses",
            replace(FULL, manages=frozenset({Managed.GROUPS})).having(
                ROLES, frozenset({TEACHES, replace(LEARNS, role="editingteacher")})
            ),
            APPLIED,
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_role_is_not_taken_away_when(case: str, desired: State, applied: Applied) -> None:
    actions = plan(desired, found(FULL), applied).actions

    assert not any(isinstance(action, RemoveRole) for action in actions), case


def test_what_is_neither_desired_nor_there_is_forgotten() -> None:
    observed = found(without("sami"))
    observed.ids[PEOPLE]["sami"] = 30

    forgotten = plan(without("sami"), observed, APPLIED).forgotten

    assert forgotten == Applied().having(ENROLMENTS, {PLACE: Held(term=TERM)}).having(
        ROLES, frozenset({LEARNS})
    ).having(MEMBERSHIPS, FULL[MEMBERSHIPS]).having(COHORT_MEMBERS, FULL[COHORT_MEMBERS])


def test_what_could_not_be_seen_is_not_forgotten() -> None:
    assert plan(without("sami"), found(without("sami")), APPLIED).forgotten == Applied()
