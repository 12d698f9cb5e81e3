"""A trainer who releases marks, and what the tool holds of them and of their way to Moodle."""

import re
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from lti_tool.database import db
from lti_tool.delivery.tables import DeliveryRow
from lti_tool.exercises.marking import Marking
from lti_tool.reviews.tables import ReviewRow
from tests.lti_tool.entering import Client


def choose(trainer: Client, marking: Marking) -> None:
    """Choose how the exercise is marked, and insist that it was kept."""
    answer = trainer.post("marking", marking=str(marking))
    assert answer.status_code == 303, answer.text


def hidden(page: TestResponse) -> dict[str, str]:
    """Give what the form of a release holds beside what is typed."""
    return dict(re.findall(r'<input type="hidden" name="(release|hand_in|version)" value="(\d+)">', page.text))


def release(trainer: Client, submission_id: int, mark: str = "80", sentence: str = "", **seen: Any) -> TestResponse:
    """Release a mark on the page as it is now, unless another one is said to have been seen."""
    page = trainer.get(f"submissions/{submission_id}")
    sent = {"mark": mark, "sentence": sentence, **hidden(page), **seen}
    return trainer.post(f"submissions/{submission_id}/release", **sent)


def releases(app: Flask) -> list[tuple[int, float, str]]:
    """Give number, mark and sentence of what was released, in its order."""
    with app.app_context():
        rows = db.session.scalars(select(ReviewRow).order_by(ReviewRow.id))
        return [(row.number, row.given, row.sentence) for row in rows]


def sent(app: Flask) -> list[tuple[float, float, str | None]]:
    """Give points, maximum and comment of every score in the outbox, oldest first."""
    with app.app_context():
        rows = db.session.scalars(select(DeliveryRow).order_by(DeliveryRow.id))
        return [(row.score["given"], row.score["maximum"], row.comment) for row in rows]
