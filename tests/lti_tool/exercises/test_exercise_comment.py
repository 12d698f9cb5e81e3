"""What goes with a score into the gradebook."""

from collections.abc import Callable

from flask import Flask
from sqlalchemy import select

from content.load import load
from lti_tool.database import db
from lti_tool.delivery.tables import DeliveryRow
from lti_tool.exercises.wording import LONGEST_COMMENT
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.writing import fields, new_id

Enter = Callable[..., Client]
CRITERIA = load().exercise("needs-matrix").texts["en"].checks


def comment_of(app: Flask, trainee: Client) -> str:
    """Hand in one synergic note, and read what goes with its score."""
    trainee.post("exercise/submissions", **fields(new_id(), satisfier="<b>A well</b>", effect="synergic"))
    with app.app_context():
        return db.session.scalars(select(DeliveryRow.comment).order_by(DeliveryRow.id.desc())).first() or ""


def test_a_comment_says_what_counted_and_what_is_missing(app: Flask, enter: Enter) -> None:
    score, counted, missing = comment_of(app, enter()).split("\n\n")

    assert score == "100 of 100 points"
    assert counted == f"Counted:\n• {CRITERIA['synergic']}"
    assert missing.startswith("Missing:\n• ")
    assert missing.count("\n• ") == len(CRITERIA) - 1


def test_a_comment_holds_nothing_that_a_person_wrote_and_is_bounded(app: Flask, enter: Enter) -> None:
    comment = comment_of(app, enter())

    assert "A well" not in comment
    assert len(comment) <= LONGEST_COMMENT


def test_a_comment_is_in_the_trainees_language(app: Flask, enter: Enter) -> None:
    comment = comment_of(app, enter(locale="es"))

    assert comment.startswith("100 de 100 puntos")
    assert load().exercise("needs-matrix").texts["es"].checks["synergic"] in comment
