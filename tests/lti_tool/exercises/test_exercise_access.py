"""Whose workspace a page shows: the session's own, of the exercise that its placement holds."""

from collections.abc import Callable

import pytest

from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.writing import new_id, write

Enter = Callable[..., Client]


@pytest.mark.parametrize(
    "other",
    [
        {"sub": "somebody else"},
        {"course": "another course"},
        {"activity": "exercise/power-interest-map"},
        {"issuer": "http://localhost:8200"},
    ],
    ids=["another person", "another course", "another exercise", "another site"],
)
def test_nobody_else_and_no_other_place_shows_a_persons_work(enter: Enter, other: dict[str, str]) -> None:
    write(enter(), new_id(), "my own words")

    assert "my own words" not in enter(**other).get().text


def test_an_id_of_somebody_elses_note_changes_nothing_of_theirs(enter: Enter) -> None:
    mine, theirs, note_id = enter(), enter(sub="somebody else"), new_id()
    write(theirs, note_id, "theirs")

    write(mine, note_id, "mine")

    assert "theirs</textarea>" in theirs.get().text
    assert "mine</textarea>" in mine.get().text


def test_somebody_elses_note_cannot_be_deleted(enter: Enter) -> None:
    theirs, note_id = enter(sub="somebody else"), new_id()
    write(theirs, note_id, "theirs")

    assert enter().delete(f"exercise/notes/{note_id}?version=1").status_code == 404
    assert "theirs</textarea>" in theirs.get().text


@pytest.mark.parametrize("activity", ["unit/needs-and-satisfiers", "unit/needs-matrix", None])
def test_a_launch_of_something_else_opens_no_exercise(enter: Enter, activity: str | None) -> None:
    assert enter(activity=activity).get("exercise").status_code == 404


def test_an_exercise_that_left_the_curriculum_says_so(enter: Enter) -> None:
    answer = enter(activity="exercise/gone").get()

    assert answer.status_code == 404
    assert "This activity is no longer part of the training. Tell your trainer." in answer.text
