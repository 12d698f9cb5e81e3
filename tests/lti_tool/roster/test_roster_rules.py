import pytest

from lti_tool.lti.roles import Role
from lti_tool.roster import rules
from lti_tool.roster.rules import Participant


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
