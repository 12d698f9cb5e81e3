"""What actions work on, make and need."""

from typing import get_args

import pytest

from moodle_sync.actions import (
    Action,
    AddCohortMember,
    AddMember,
    AddRole,
    Change,
    ChangePerson,
    ChangeTerm,
    CreateCategory,
    CreateCohort,
    CreateCourse,
    CreateGroup,
    CreatePerson,
    Enrol,
)
from moodle_sync.applying.things import NOWHERE, TOGETHER, Thing, lane, makes, needs, touches
from moodle_sync.things.cohort_member import CohortMembership
from moodle_sync.things.enrolment import Term
from moodle_sync.things.role import Enrolment
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
def test_every_action_says_what_it_works_on(action: Action, touched: set[Thing]) -> None:
    assert touches(action) == touched


def test_no_kind_of_action_works_on_nothing() -> None:
    assert [action for action in EVERY_ACTION if ("course", "") in touches(action)] == []
    assert {type(action) for action in EVERY_ACTION} == set(get_args(Action))


def test_where_an_action_works_is_among_what_it_works_on() -> None:
    everywhere = {type(action): (lane(action), touches(action)) for action in EVERY_ACTION}

    assert {kind for kind, (where, touched) in everywhere.items() if where not in touched} == {
        CreatePerson,
        ChangePerson,
    }
    assert lane(CreatePerson(ANA)) == NOWHERE


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
    assert needs(action) == tuple(makes(other) for other in before)


def test_of_all_that_goes_together_it_is_said_what_it_needs() -> None:
    spoken_of = {CreatePerson, CreateGroup, CreateCohort}
    assert {type(action) for action in EVERY_ACTION if needs(action)} | spoken_of == TOGETHER
