"""Whose workspace a page shows: the session's own, of the exercise that its launch opened."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from lti_tool.database import db
from lti_tool.exercises.tables import SubmissionRow, WorkspaceRow
from lti_tool.lti.tables import LaunchRow
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.writing import hand_in, new_id, write

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

    assert "theirs</bdi>" in theirs.get().text
    assert "mine</bdi>" in mine.get().text


def test_somebody_elses_note_cannot_be_deleted(enter: Enter) -> None:
    theirs, note_id = enter(sub="somebody else"), new_id()
    write(theirs, note_id, "theirs")

    assert enter().delete(f"exercise/notes/{note_id}?version=1").status_code == 404
    assert "theirs</bdi>" in theirs.get().text


def test_a_page_stays_with_what_its_launch_opened_whatever_else_the_same_link_opens(app: Flask, enter: Enter) -> None:
    """Some platforms, and a teacher who edits custom parameters, show several things under one link."""
    first = enter(link="7")
    enter(link="7", activity="exercise/power-interest-map")

    hand_in(first, "a well for all")

    assert "a well for all" in first.get().text
    with app.app_context():
        handed_in = select(WorkspaceRow.exercise).join(SubmissionRow, SubmissionRow.workspace_id == WorkspaceRow.id)
        assert db.session.scalars(handed_in).all() == ["needs-matrix"]


def test_a_launch_without_an_activity_opens_none_though_its_link_has_one_by_now(enter: Enter) -> None:
    first = enter(link="7", activity=None)
    enter(link="7")

    assert first.get().status_code == 404


def test_a_launch_that_an_older_version_took_opens_what_its_placement_holds(app: Flask, enter: Enter) -> None:
    """An upgrade goes process by process: the old ones write no activity with a launch."""
    person = enter()
    with app.app_context():
        db.session.get_one(LaunchRow, person.launch_id).activity = None
        db.session.commit()

    assert person.get("exercise").status_code == 200


@pytest.mark.parametrize("activity", ["unit/needs-and-satisfiers", "unit/needs-matrix", None])
def test_a_launch_of_something_else_opens_no_exercise(enter: Enter, activity: str | None) -> None:
    assert enter(activity=activity).get("exercise").status_code == 404


def test_an_exercise_that_left_the_curriculum_says_so(enter: Enter) -> None:
    answer = enter(activity="exercise/gone").get()

    assert answer.status_code == 404
    assert "This activity is no longer part of the training. Tell your trainer." in answer.text
