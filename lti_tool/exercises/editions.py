"""Exercises as they were when somebody handed in: what a course changes later doesn't change what was before people."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import select

from content.model import Exercise
from lti_tool.database import db, found_or_added
from lti_tool.exercises.tables import EditionRow

BESIDE: Final[Mapping[str, Any]] = {
    "example": True,
    "facilitation": True,
    "self_review": True,
    "stays_here": True,
    "texts": {"__all__": {"facilitation": True}},
}
"""What stands beside an exercise and says nothing of what was before people."""


def keep(exercise: Exercise) -> str:
    """Keep an exercise as it is now, in the caller's transaction; give the name of this edition."""
    body = exercise.model_dump_json(by_alias=True, exclude=dict(BESIDE))
    digest = sha256(body.encode()).hexdigest()
    found_or_added(EditionRow, {"digest": digest}, {"body": body})
    return digest


def give(edition: str | None, present: Exercise) -> Exercise:
    """Give an exercise as it was, with all its texts; as it is now where no edition was kept or can be read."""
    body = db.session.scalar(select(EditionRow.body).filter_by(digest=edition)) if edition else None
    try:
        return Exercise.model_validate_json(_bare(body)) if body else present
    except ValueError:  # written in a format of long ago
        return present


def _bare(body: str) -> str:
    """Leave out what versions of before kept too, in another shape than it has today."""
    exercise = json.loads(body)
    for text in exercise.get("texts", {}).values():
        text.pop("facilitation", None)
    return json.dumps(exercise)
