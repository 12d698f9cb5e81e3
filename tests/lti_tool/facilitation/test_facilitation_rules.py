from datetime import UTC, datetime

import pytest

from lti_tool.facilitation import rules
from lti_tool.facilitation.rules import HandedIn, Work, WorkState

MOMENT = datetime(2027, 1, 1, tzinfo=UTC)


def handed_in(workspace_id: int, version: int = 1) -> HandedIn:
    return HandedIn(
        id=workspace_id * 10 + version,
        workspace_id=workspace_id,
        placement_id=1,
        number=version,
        version=version,
        submitted_at=MOMENT,
        score_given=1,
        score_maximum=2,
    )


def work(workspace_id: int, name: str | None, *submissions: HandedIn, version: int = 1) -> Work:
    return Work(
        workspace_id=workspace_id,
        version=version,
        changed_at=MOMENT,
        person_id=workspace_id,
        name=name,
        number=workspace_id,
        submissions=submissions,
    )


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


WORKS = [work(1, "Ana", handed_in(1)), work(2, "Bea"), work(3, "Carlos", handed_in(3)), work(4, "Dina", handed_in(4))]


@pytest.mark.parametrize(
    ("workspace_id", "before", "after"),
    [(1, None, 31), (3, 11, 41), (4, 31, None), (2, None, None), (9, None, None)],
    ids=["the first", "one in the middle skips who handed in nothing", "the last", "a draft", "nobody"],
)
def test_a_submission_has_neighbours_in_the_list(workspace_id: int, before: int | None, after: int | None) -> None:
    found = rules.neighbours(WORKS, workspace_id)

    assert tuple(one.id if one else None for one in found) == (before, after)
