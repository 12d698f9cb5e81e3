"""What goes with a score into the gradebook: three lines at most."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from lti_tool.database import db
from lti_tool.delivery.tables import DeliveryRow
from lti_tool.exercises import wording
from lti_tool.exercises.store import Submission
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.writing import hand_in
from tests.lti_tool.making import packaged_curriculum

Enter = Callable[..., Client]
EXERCISE = packaged_curriculum().exercise("needs-matrix")
TEXT = EXERCISE.texts["en"]
FIRST, SECOND, *OTHERS = (check.id for check in EXERCISE.checks)


def comment_of(app: Flask, trainee: Client) -> str:
    """Hand in one synergic note, and read what goes with its score."""
    hand_in(trainee, "<b>A well</b>")
    with app.app_context():
        return db.session.scalars(select(DeliveryRow.comment).order_by(DeliveryRow.id.desc())).first() or ""


def submission(*met: str) -> Submission:
    return Submission(
        id=1,
        placement_id=1,
        number=1,
        version=1,
        submitted_at=datetime(2027, 1, 1, tzinfo=UTC),
        notes=(),
        met=met,
        language="en",
    )


@pytest.mark.parametrize(
    ("met", "lines"),
    [
        ((), [f"Still missing: {TEXT.checks[FIRST]}", f"And {len(EXERCISE.checks) - 1} more on the list."]),
        ((FIRST, *OTHERS), [f"Still missing: {TEXT.checks[SECOND]}"]),
        ((FIRST, SECOND, *OTHERS), []),
    ],
    ids=["all is missing", "one thing is missing", "nothing is missing"],
)
@pytest.mark.parametrize("said", ["", "Ask the elders too."])
def test_a_comment_says_what_is_missing_and_then_what_the_trainer_said(
    sqlite_app: Flask, met: tuple[str, ...], lines: list[str], said: str
) -> None:
    with sqlite_app.test_request_context():
        comment = wording.comment(EXERCISE, TEXT, submission(*met), said)

    assert comment.splitlines() == [*lines, *([said] if said else [])]


def test_a_line_that_is_far_too_long_is_cut(sqlite_app: Flask) -> None:
    endless = replace(submission(), met=(SECOND, *OTHERS))
    text = TEXT.model_copy(update={"checks": {**TEXT.checks, FIRST: "x" * 2_000}})

    with sqlite_app.test_request_context():
        comment = wording.comment(EXERCISE, text, endless)

    assert len(comment) == wording.LONGEST_LINE
    assert comment.endswith("x…")


def test_what_stands_in_several_lines_of_the_curriculum_is_one_of_the_comment(sqlite_app: Flask) -> None:
    text = TEXT.model_copy(update={"checks": {**TEXT.checks, FIRST: "One line.\nAnother.\n\nA third."}})

    with sqlite_app.test_request_context():
        comment = wording.comment(EXERCISE, text, submission(SECOND, *OTHERS), "Ask the elders too.")

    assert comment.splitlines() == ["Still missing: One line. Another. A third.", "Ask the elders too."]


def test_a_comment_holds_nothing_that_a_trainee_wrote(app: Flask, enter: Enter) -> None:
    assert "A well" not in comment_of(app, enter())


def test_a_comment_is_in_the_trainees_language(app: Flask, enter: Enter) -> None:
    comment = comment_of(app, enter(locale="es"))

    assert comment.startswith("Aún falta: ")
    assert packaged_curriculum().exercise("needs-matrix").texts["es"].checks[FIRST] in comment
