"""What actions work on, make and need."""

import pytest

from moodle_sync.things.action import NOWHERE, Action, Name
from moodle_sync.things.catalogue import ACTIONS
from moodle_sync.things.category import CreateCategory
from moodle_sync.things.change import Change
from moodle_sync.things.cohort import CreateCohort
from moodle_sync.things.cohort_member import AddCohortMember, CohortMembership
from moodle_sync.things.course import CreateCourse
from moodle_sync.things.enrolment import Enrol
from moodle_sync.things.group import CreateGroup
from moodle_sync.things.membership import AddMember
from moodle_sync.things.person import ChangePerson, CreatePerson
from moodle_sync.things.role import AddRole, Enrolment
from moodle_sync.things.term import ChangeTerm, Term
from tests.moodle_sync.every_action import EVERY_ACTION
from tests.moodle_sync.examples import ANA, CATEGORY, COURSE, GROUP, MEMBER, SAMI

ENROL = Enrol(Enrolment(course="tot", person="sami", role="student"))
JOIN = AddCohortMember(CohortMembership(cohort="c1", person="sami"))


@pytest.mark.parametrize(
    ("action", "touched"),
    [
        (CreateCategory(CATEGORY), {("category", "")}),
        (CreateCourse(COURSE), {("course", "tot"), ("category", "medtown")}),
        (CreatePerson(ANA), {("person", "ana"), ("address", "ana@example.org")}),
        (
            ChangePerson("ana", (Change("email", "a@example.org", "ANA@example.org"), Change("lang", "es", "el"))),
            {("person", "ana"), ("address", "ana@example.org")},
        ),
        (ChangePerson("ana", ()), {("person", "ana")}),
        (ENROL, {("course", "tot"), ("person", "sami")}),
        (AddMember(MEMBER), {("course", "tot"), ("person", "sami")}),
        (CreateCohort("c1"), {("cohort", "c1")}),
        (JOIN, {("cohort", "c1"), ("person", "sami")}),
    ],
)
def test_every_action_says_what_it_works_on(action: Action, touched: set[Name]) -> None:
    assert action.touches() == touched


def test_no_kind_of_action_works_on_nothing() -> None:
    assert [action for action in EVERY_ACTION if ("course", "") in action.touches()] == []
    assert {type(action) for action in EVERY_ACTION} == set(ACTIONS)


def test_where_an_action_works_is_among_what_it_works_on() -> None:
    everywhere = {type(action): (action.lane(), action.touches()) for action in EVERY_ACTION}

    assert {kind for kind, (where, touched) in everywhere.items() if where not in touched} == {
        CreatePerson,
        ChangePerson,
    }
    assert CreatePerson(ANA).lane() == NOWHERE


@pytest.mark.parametrize(
    ("action", "before"),
    [
        (ENROL, [CreatePerson(SAMI), ChangePerson("sami", ())]),
        (AddRole("tot", "sami", "teacher"), [ENROL]),
        (ChangeTerm("tot", "sami", "student", None, Term()), [ENROL, ChangePerson("sami", ())]),
        (AddMember(MEMBER), [CreateGroup(GROUP), ENROL]),
        (JOIN, [CreateCohort("c1"), CreatePerson(SAMI), ChangePerson("sami", ())]),
        (CreatePerson(ANA), []),
        (ChangePerson("sami", ()), [CreatePerson(SAMI)]),
        (CreateGroup(GROUP), []),
        (CreateCohort("c1"), []),
    ],
)
def test_an_action_needs_what_others_make(action: Action, before: list[Action]) -> None:
    assert action.needs() == tuple(other.makes() for other in before)


def test_of_all_that_goes_together_it_is_said_what_it_needs() -> None:
    spoken_of = {CreatePerson, CreateGroup, CreateCohort}
    assert {type(action) for action in EVERY_ACTION if action.needs()} | spoken_of == {
        kind for kind in ACTIONS if kind.together
    }
