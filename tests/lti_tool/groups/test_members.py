"""Who of a course is in which of its groups, in none or in several."""

from datetime import UTC, datetime

import pytest

from lti_tool.groups import members
from lti_tool.groups.members import Person
from lti_tool.groups.rules import Counting, Group, Membership, Source, Trouble, trouble
from lti_tool.lti.roles import Role
from lti_tool.roster.rules import Participant

CAME = datetime(2026, 10, 1, 9, tzinfo=UTC)
BEFORE, AFTER = datetime(2026, 9, 30, tzinfo=UTC), datetime(2026, 10, 2, tzinfo=UTC)
MADE = Counting(source=Source.MADE)


def person(number: int, platform_ids: list[str] | None = None, made_id: int | None = None, name: str = "") -> Person:
    membership = Membership(platform_ids=platform_ids, made_id=made_id)
    return Person(id=number, name=name or None, number=number, seen_at=CAME, membership=membership)


@pytest.mark.parametrize(
    ("platform_ids", "made_id", "counting", "why"),
    [
        (None, None, Counting(), Trouble.NOT_TOLD),
        (None, 50, Counting(), Trouble.NOT_TOLD),
        ([], 50, Counting(), Trouble.NONE),
        (["7"], None, Counting(), None),
        (["7", "8"], None, Counting(), Trouble.SEVERAL),
        (["7", "8"], None, Counting(ticked={"8"}), None),
        (["7", "8"], None, Counting(ticked={"9"}), Trouble.NONE),
        (["7"], None, MADE, Trouble.NONE),
        (None, 50, MADE, None),
    ],
)
def test_who_is_in_no_one_group_that_counts_is_told_why(
    platform_ids: list[str] | None, made_id: int | None, counting: Counting, why: Trouble | None
) -> None:
    assert trouble(Membership(platform_ids=platform_ids, made_id=made_id), counting) is why


def test_everybody_is_in_the_groups_that_are_said_of_them() -> None:
    groups = [Group(id=1, number=1, name=None, platform_id="7"), Group(id=2, number=2, name=None, platform_id="8")]
    both, twice, made, unknown = person(1, ["7", "8"]), person(2, ["7", "7"]), person(3, [], 50), person(4, ["9"])

    found = members.by_group(groups, [both, twice, made, unknown])

    assert found == {1: [both, twice], 2: [both], 50: [made]}


def test_those_in_trouble_are_found_by_the_reason() -> None:
    fine, none, several, untold = person(1, ["7"]), person(2, []), person(3, ["7", "8"]), person(4)

    found = members.troubled([fine, none, several, untold], Counting())

    assert found == {Trouble.NONE: [none], Trouble.SEVERAL: [several], Trouble.NOT_TOLD: [untold]}


@pytest.mark.parametrize(
    ("participant", "fetched_at", "is_kept"),
    [
        (None, None, True),
        (None, BEFORE, True),
        (None, AFTER, False),
        (Participant(name="Ana", role=Role.TRAINEE, person_id=1), AFTER, True),
        (Participant(name="Ana", role=Role.TRAINEE, person_id=1, is_exempt=True), AFTER, False),
        (Participant(name="Bea", role=Role.TRAINEE, person_id=2), AFTER, False),
    ],
)
def test_who_left_the_course_or_is_no_trainee_is_in_no_group(
    participant: Participant | None,
    fetched_at: datetime | None,
    is_kept: bool,  # noqa: FBT001
) -> None:
    ana = person(1, name="Ana")

    kept = members.of_course([ana], [participant] if participant else [], fetched_at)

    assert kept == ([ana] if is_kept else [])


def test_people_are_in_the_order_of_their_names_and_those_without_one_come_last() -> None:
    people = [person(2), person(1), person(3, name="Bea"), person(4, name="ana")]

    assert [one.id for one in members.of_course(people, [], None)] == [4, 3, 1, 2]
