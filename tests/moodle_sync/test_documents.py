"""Actions survive being written as JSON."""

import json
from typing import get_args

import pytest

from moodle_sync.actions import (
    Action,
    AddCohortMember,
    AddMember,
    AddRole,
    AddSection,
    Change,
    ChangeCourse,
    ChangePerson,
    ChangeTerm,
    CreateCategory,
    CreateCohort,
    CreateCourse,
    CreateGroup,
    CreatePerson,
    Enrol,
    NameSection,
    RemoveCohortMember,
    RemoveMember,
    RemoveRole,
    Suspend,
    Unenrol,
)
from moodle_sync.documents import read_action, write_action
from moodle_sync.state import CohortMembership, Term
from tests.moodle_sync.examples import ANA, CATEGORY, COURSE, GROUP, LEARNS, MEMBER

TERM = Term(start=1, end=2, suspended=True)
COHORT_MEMBER = CohortMembership(cohort="c1", person="ana")
EXAMPLES: list[Action] = [
    CreateCategory(CATEGORY),
    CreateCourse(COURSE),
    ChangeCourse("tot", (Change("fullname", "Old", "New"),)),
    AddSection("tot", 3),
    NameSection("tot", 1, "Needs"),
    CreatePerson(ANA),
    ChangePerson("ana", (Change("profile_field_city", "", "Túnez"),)),
    Enrol(LEARNS, TERM),
    AddRole("tot", "ana", "teacher"),
    ChangeTerm("tot", "ana", "student", None, TERM),
    CreateGroup(GROUP),
    AddMember(MEMBER),
    CreateCohort("c1"),
    AddCohortMember(COHORT_MEMBER),
    RemoveRole("tot", "ana", "teacher"),
    RemoveMember(MEMBER),
    RemoveCohortMember(COHORT_MEMBER),
    Suspend("tot", "ana", "student", TERM, TERM),
    Unenrol("tot", "ana"),
]


def test_every_kind_has_an_example() -> None:
    assert [type(action) for action in EXAMPLES] == list(get_args(Action))


@pytest.mark.parametrize("action", EXAMPLES, ids=lambda action: type(action).__name__)
def test_what_was_written_is_read_as_it_was(action: Action) -> None:
    document = json.loads(json.dumps(write_action(action)))

    read = read_action(document)

    assert read == action
    assert write_action(read) == document


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"action": "Explode"},
        {"action": "Unenrol", "course": "tot"},
        {"action": "Unenrol", "course": 1, "person": 2},
    ],
)
def test_what_is_no_action_is_refused(document: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="action"):
        read_action(document)
