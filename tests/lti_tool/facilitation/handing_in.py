"""What trainees hand in, and what a trainer and the outbox have of it."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.delivery.tables import DeliveryRow, DeliveryState
from lti_tool.exercises.tables import SubmissionRow
from lti_tool.lti.roles import Role
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.writing import fields, new_id

Enter = Callable[..., Client]


def trainer(enter: Enter, **launch: Any) -> Client:
    """Let a trainer into an exercise."""
    return enter(sub="trainer", name="Trainer", role=Role.TRAINER, **launch)


def hand_in(trainee: Client, text: str = "A well") -> None:
    answer = trainee.post("exercise/submissions", **fields(new_id(), satisfier=text, effect="synergic"))
    assert answer.status_code == 303


def rows_of(page: TestResponse) -> list[str]:
    """Give the list's rows as a person reads them."""
    rows = re.findall(r'<tr role="row">(.*?)</tr>', page.text, flags=re.DOTALL)[1:]
    return [" ".join(unescape(re.sub(r"<[^>]+>", " ", row)).split()) for row in rows]


def submission_ids(app: Flask) -> list[int]:
    """Give the submissions' numbers, oldest first."""
    with app.app_context():
        return list(db.session.scalars(select(SubmissionRow.id).order_by(SubmissionRow.id)))


def fail_all(app: Flask) -> None:
    """Let every delivery have failed."""
    with app.app_context():
        for row in db.session.scalars(select(DeliveryRow)):
            row.state, row.attempts, row.ended_at = DeliveryState.FAILED, 3, now()
        db.session.commit()


def deliveries(app: Flask) -> list[tuple[int, str]]:
    """Tell each delivery's person and state, oldest first."""
    with app.app_context():
        rows = db.session.scalars(select(DeliveryRow).order_by(DeliveryRow.id))
        return [(row.person_id, str(row.state)) for row in rows]
