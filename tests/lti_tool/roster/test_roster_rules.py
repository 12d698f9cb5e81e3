from datetime import UTC, datetime, timedelta

import pytest

from lti_tool.lti.roles import Role
from lti_tool.roster import rules
from lti_tool.roster.rules import Participant, Roster

NOON = datetime(2027, 1, 1, 12, tzinfo=UTC)


def ago(**delta: float) -> datetime:
    return NOON - timedelta(**delta)


@pytest.mark.parametrize(
    ("roster", "is_due"),
    [
        (Roster(), True),
        (Roster(is_wanted=True), False),
        (Roster(fetched_at=ago(minutes=14)), False),
        (Roster(fetched_at=ago(minutes=15)), True),
        (Roster(fetched_at=ago(minutes=15), is_wanted=True), False),
        (Roster(fetched_at=ago(minutes=14), failed_at=ago(minutes=1)), False),
    ],
)
def test_a_roster_is_due_when_it_is_old_and_nobody_asks_already(roster: Roster, *, is_due: bool) -> None:
    assert roster.is_due(NOON) is is_due


@pytest.mark.parametrize(
    ("asked_at", "may_be_asked"), [(None, True), (ago(seconds=59), False), (ago(seconds=60), True)]
)
def test_moodle_may_be_asked_once_a_minute(asked_at: datetime | None, *, may_be_asked: bool) -> None:
    assert Roster(asked_at=asked_at).may_be_asked(NOON) is may_be_asked


@pytest.mark.parametrize(
    ("role", "last_role", "is_trainee"),
    [
        (Role.TRAINEE, None, True),
        (Role.TRAINEE, Role.TRAINEE, True),
        (Role.TRAINEE, Role.TRAINER, False),
        (Role.TRAINER, None, False),
        (Role.TRAINER, Role.TRAINEE, False),
        (Role.GUEST, None, False),
    ],
)
def test_work_is_expected_of_those_whom_neither_the_roster_nor_their_last_visit_shows_to_teach(
    role: Role, last_role: Role | None, *, is_trainee: bool
) -> None:
    assert Participant(name="Ana", role=role, last_role=last_role).is_trainee is is_trainee


def test_people_stand_in_the_order_of_names_then_of_numbers() -> None:
    names_and_numbers = [(None, None), (None, 10), ("bea", 1), (None, 9), ("Ana", None)]
    people = [Participant(name=name, number=number, role=Role.TRAINEE) for name, number in names_and_numbers]

    ordered = rules.in_order(people)

    assert [(one.name, one.number) for one in ordered] == [
        ("Ana", None),
        ("bea", 1),
        (None, 9),
        (None, 10),
        (None, None),
    ]
