"""A trainer, and what the tool holds of submissions and deliveries."""

from collections.abc import Callable
from typing import Any

from flask import Flask
from sqlalchemy import select

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.delivery.tables import DeliveryRow, DeliveryState
from lti_tool.exercises.tables import SubmissionRow
from lti_tool.lti.roles import Role
from tests.lti_tool.entering import Client

Enter = Callable[..., Client]


def trainer(enter: Enter, **launch: Any) -> Client:
    """Let a trainer into an exercise."""
    return enter(**{"sub": "trainer", "name": "Trainer", "role": Role.TRAINER, **launch})


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
