from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from lti_tool.exercises.crediting import Credit
from lti_tool.exercises.modes import Mode
from lti_tool.exercises.owners import OwnerKind
from lti_tool.facilitation import rules
from lti_tool.facilitation.rules import Count, HandedIn, Person, Work, WorkState
from lti_tool.lti.roles import Role
from lti_tool.roster.rules import Participant

MOMENT = datetime(2027, 1, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def handed_in(workspace_id: int, version: int = 1) -> HandedIn:
    return HandedIn(
        id=workspace_id * 10 + version,
        workspace_id=workspace_id,
        placement_id=1,
        number=version,
        version=version,
        submitted_at=MOMENT,
        credits=(Credit(person_id=workspace_id, placement_id=1),),
    )


def work(workspace_id: int, name: str | None, *submissions: HandedIn, version: int = 1) -> Work:
    return Work(
        workspace_id=workspace_id,
        version=version,
        changed_at=MOMENT,
        name=name,
        number=workspace_id,
        people=(person(workspace_id, name),),
        submissions=submissions,
    )


def person(number: int, name: str | None = "Ana", seen_at: datetime | None = None) -> Person:
    return Person(id=number, name=name, number=number, seen_at=seen_at)


@pytest.mark.parametrize(
    ("one", "state"),
    [
        (work(1, "Ana"), WorkState.DRAFT),
        (work(1, "Ana", handed_in(1)), WorkState.HANDED_IN),
        (work(1, "Ana", handed_in(1), version=2), WorkState.CHANGED_SINCE),
        (work(1, "Ana", handed_in(1), handed_in(1, 2), version=2), WorkState.HANDED_IN),
    ],
)
def test_a_persons_work_has_a_state(one: Work, state: WorkState) -> None:
    assert one.state is state


def test_people_stand_in_the_order_of_their_names_and_those_without_one_last() -> None:
    works = [work(3, None), work(1, None), work(2, "bea"), work(4, "Ana"), work(5, "Carlos")]

    assert [one.workspace_id for one in rules.in_order(works)] == [4, 2, 5, 1, 3]


def trainee(person_id: int | None, name: str | None = "Ana", last_role: Role | None = Role.TRAINEE) -> Participant:
    return Participant(name=name, role=Role.TRAINEE, person_id=person_id, number=person_id, last_role=last_role)


def test_who_was_here_and_wrote_nothing_is_missed_before_who_was_never_here() -> None:
    people = [
        trainee(None, "Ana", last_role=None),
        trainee(2, "Bea", last_role=None),
        trainee(3, "Dina"),
        trainee(4, "Carlos"),
        trainee(1, "Wrote"),
        trainee(5, "Teaches", last_role=Role.TRAINER),
        Participant(name="Trainer", role=Role.TRAINER),
    ]

    found = rules.missing([work(1, "Wrote")], people)

    assert [(one.name, rules.state_of(one)) for one in found] == [
        ("Carlos", WorkState.NOTHING_YET),
        ("Dina", WorkState.NOTHING_YET),
        ("Ana", WorkState.NEVER_HERE),
        ("Bea", WorkState.NEVER_HERE),
    ]


def test_those_are_counted_who_are_in_the_course_to_learn() -> None:
    works = [work(number, "Ana", handed_in(number)) for number in (1, 2, 3)] + [work(4, "Draft")]
    people = [trainee(1), trainee(4), trainee(None, last_role=None), trainee(3, last_role=Role.TRAINER)]

    assert rules.count(works, people) == Count(handed_in=1, trainees=3)


@pytest.mark.parametrize(
    ("fetched_at", "seen_at", "gone"),
    [
        (MOMENT + MINUTE, None, True),
        (MOMENT + MINUTE, MOMENT, True),
        (MOMENT + MINUTE, MOMENT + MINUTE, False),
        (MOMENT, None, False),
    ],
    ids=["neither wrote nor came since", "came before", "came since", "wrote since"],
)
def test_who_is_not_in_the_roster_left_unless_they_were_here_since(
    fetched_at: datetime, seen_at: datetime | None, *, gone: bool
) -> None:
    works = [replace(work(1, "Ana"), people=(person(1, seen_at=seen_at),)), work(2, "Bea")]

    assert (1 in rules.left(works, [trainee(2)], fetched_at)) is gone
    assert 2 not in rules.left(works, [trainee(2)], fetched_at)


WORKS = [work(1, "Ana", handed_in(1)), work(2, "Bea"), work(3, "Carlos", handed_in(3)), work(4, "Dina", handed_in(4))]


@pytest.mark.parametrize(
    ("workspace_id", "before", "after"),
    [(1, None, 31), (3, 11, 41), (4, 31, None), (2, None, None), (9, None, None)],
    ids=["the first", "one in the middle skips who handed in nothing", "the last", "a draft", "nobody"],
)
def test_a_submission_has_neighbours_in_the_list(workspace_id: int, before: int | None, after: int | None) -> None:
    found = rules.neighbours(WORKS, workspace_id)

    assert tuple(one.id if one else None for one in found) == (before, after)


def of_group(workspace_id: int, *people: Person, submissions: tuple[HandedIn, ...] = ()) -> Work:
    shared = replace(work(workspace_id, None), kind=OwnerKind.GROUP, people=people)
    return replace(shared, submissions=submissions)


def crediting(number: int, *person_ids: int) -> HandedIn:
    credits_ = tuple(Credit(person_id=person_id, placement_id=1) for person_id in person_ids)
    return replace(handed_in(9, number), credits=credits_)


def test_who_is_in_a_groups_work_is_not_missing_and_counts_once_credited_by_any_hand_in() -> None:
    group = of_group(9, person(1), person(2), person(3), submissions=(crediting(1, 1, 2), crediting(2, 1)))
    people = [trainee(number) for number in (1, 2, 3, 4)]

    assert [one.person_id for one in rules.missing([group], people)] == [4]
    assert rules.count([group], people) == Count(handed_in=2, trainees=4)


def test_that_others_changed_a_groups_work_says_nothing_of_who_left() -> None:
    group = of_group(9, person(1, seen_at=MOMENT - MINUTE), person(2, seen_at=MOMENT + MINUTE))

    assert rules.left([replace(group, changed_at=MOMENT + MINUTE)], [], MOMENT) == {1}


def test_the_work_that_is_expected_comes_first() -> None:
    works = [work(1, "Ana"), of_group(2), replace(of_group(3), kind=OwnerKind.COURSE), replace(of_group(4), name="A")]

    assert [one.workspace_id for one in rules.in_order(works, Mode.ALONE)] == [1, 3, 4, 2]
    assert [one.workspace_id for one in rules.in_order(works, Mode.GROUP)] == [4, 2, 3, 1]
    assert [one.workspace_id for one in rules.in_order(works, Mode.COURSE)] == [3, 4, 2, 1]
