"""Groups and cohorts: who is put in, and who is taken out."""

from dataclasses import replace

import pytest

from moodle_sync.planning.plan import plan
from moodle_sync.things.action import Action
from moodle_sync.things.applied import Applied
from moodle_sync.things.cohort import COHORTS, CreateCohort
from moodle_sync.things.cohort_member import COHORT_MEMBERS, AddCohortMember, RemoveCohortMember
from moodle_sync.things.finding import Conflict
from moodle_sync.things.group import GROUPS, Group
from moodle_sync.things.membership import MEMBERSHIPS, AddMember, Membership, RemoveMember
from moodle_sync.things.state import Managed, State
from tests.moodle_sync.examples import AGENT, APPLIED, FULL, GROUP, MEMBER, found, without

OTHER = Group(course="tot", name="Group B")
MOVED = FULL.having(GROUPS, frozenset({GROUP, OTHER})).having(
    MEMBERSHIPS, frozenset({Membership(group=OTHER, person="sami")})
)
ALONE = FULL.having(MEMBERSHIPS, frozenset())
"""Sami is in no group."""
NO_AGENT = FULL.having(COHORT_MEMBERS, frozenset())


def removals(desired: State, applied: Applied = APPLIED, *conflicts: Conflict) -> list[Action]:
    observed = replace(found(FULL), conflicts=conflicts)
    actions = plan(desired, observed, applied).actions
    return [action for action in actions if isinstance(action, RemoveMember | RemoveCohortMember)]


def test_who_moves_to_another_group_is_put_in_before_being_taken_out() -> None:
    actions = plan(MOVED, found(FULL.having(GROUPS, MOVED[GROUPS])), APPLIED).actions

    assert actions == (AddMember(Membership(group=OTHER, person="sami")), RemoveMember(MEMBER))


def test_a_cohort_that_is_missing_is_made() -> None:
    site = FULL.having(COHORTS, {}).having(COHORT_MEMBERS, frozenset())

    assert plan(FULL, found(site)).actions == (CreateCohort("agents"), AddCohortMember(AGENT))


@pytest.mark.parametrize(
    ("case", "desired", "removed"),
    [
        ("a group that the source no longer names", ALONE, [RemoveMember(MEMBER)]),
        ("a cohort that the source no longer names", NO_AGENT, [RemoveCohortMember(AGENT)]),
        ("a cohort whose member vanished, whose groups stay", without("sami"), [RemoveCohortMember(AGENT)]),
        ("a source without a column of groups", replace(ALONE, manages=frozenset({Managed.ENROLMENTS})), []),
        ("a source without a column of cohorts", replace(NO_AGENT, manages=frozenset({Managed.ENROLMENTS})), []),
        ("an empty cell of a group", replace(ALONE, silent=frozenset({(Managed.GROUPS, ("tot", "sami"))})), []),
        ("an empty cell of a cohort", replace(NO_AGENT, silent=frozenset({(Managed.COHORTS, ("", "sami"))})), []),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_who_is_taken_out(case: str, desired: State, removed: list[Action]) -> None:
    assert removals(desired) == removed, case


@pytest.mark.parametrize("desired", [ALONE, NO_AGENT], ids=["group", "cohort"])
def test_who_was_put_in_by_hand_stays(desired: State) -> None:
    by_hand = APPLIED.having(MEMBERSHIPS, frozenset()).having(COHORT_MEMBERS, frozenset())

    assert removals(desired, by_hand) == []


@pytest.mark.parametrize("desired", [ALONE, NO_AGENT], ids=["group", "cohort"])
def test_whom_a_conflict_concerns_stays(desired: State) -> None:
    assert removals(desired, APPLIED, Conflict("person", "sami", "clash")) == []
