"""A trainer who comments on notes, keeps a draft and releases it, and the notes that are spoken of."""

import re
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from lti_tool.database import db
from lti_tool.exercises.tables import NoteRow
from lti_tool.reviews.tables import DraftBody, DraftRow, FeedbackRow
from tests.lti_tool.entering import Client
from tests.lti_tool.facilitation.trainers import submission_ids
from tests.lti_tool.reviews.releasing import hidden


def note_ids(app: Flask) -> list[str]:
    """Give the notes that are there, oldest first."""
    with app.app_context():
        rows = db.session.scalars(select(NoteRow).where(~NoteRow.deleted).order_by(NoteRow.position))
        return [row.id for row in rows]


def typed(page: TestResponse, **given: Any) -> dict[str, Any]:
    """Give what the form sends as it stands on a page, and what else is typed; `comments` are by the notes' ids.

    What is chosen of `levels` is by the criteria.
    """
    comments = {f"comment-{note_id}": text for note_id, text in given.pop("comments", {}).items()}
    levels = {f"level-{criterion}": level for criterion, level in given.pop("levels", {}).items()}
    return {"outcome": "done", "mark": "", "sentence": "", **hidden(page), **comments, **levels, **given}


def newest(app: Flask, trainer: Client) -> str:
    """Give the address of what was handed in last."""
    return f"submissions/{submission_ids(app)[-1]}"


def keep(app: Flask, trainer: Client, **given: Any) -> TestResponse:
    """Keep a draft by the form's button."""
    work = newest(app, trainer)
    return trainer.post(f"{work}/draft", **typed(trainer.get(work), **given))


def answer(app: Flask, trainer: Client, **given: Any) -> TestResponse:
    """Release an answer to what was handed in last, and insist that it was released."""
    work = newest(app, trainer)
    released = trainer.post(f"{work}/release", **typed(trainer.get(work), **given))
    assert released.status_code == 303, released.text
    return released


def draft(app: Flask) -> DraftBody | None:
    """Give the only draft, if one is begun."""
    with app.app_context():
        row = db.session.scalars(select(DraftRow)).one_or_none()
        return row.body if row else None


def feedback_ids(app: Flask) -> list[int]:
    """Give the releases' numbers, oldest first."""
    with app.app_context():
        return list(db.session.scalars(select(FeedbackRow.id).order_by(FeedbackRow.id)))


def shown_at(page: TestResponse, note_id: str) -> str:
    """Give what a page shows of a note."""
    found = re.search(rf'<li class="note" id="note-{note_id}".*?(?=<li class="note"|</section>)', page.text, re.DOTALL)
    return found.group() if found else ""
