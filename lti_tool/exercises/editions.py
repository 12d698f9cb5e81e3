"""Exercises as they were when somebody handed in: what a course changes later doesn't change what was before people."""

from hashlib import sha256

from pydantic import ValidationError
from sqlalchemy import select

from content.model import Exercise
from lti_tool.database import db, found_or_added
from lti_tool.exercises.tables import EditionRow


def keep(exercise: Exercise) -> str:
    """Keep an exercise as it is now, in the caller's transaction; give the name of this edition."""
    body = exercise.model_dump_json(by_alias=True)
    digest = sha256(body.encode()).hexdigest()
    found_or_added(EditionRow, {"digest": digest}, {"body": body})
    return digest


def give(edition: str | None, present: Exercise) -> Exercise:
    """Give an exercise as it was, with all its texts; as it is now where no edition was kept or can be read."""
    body = db.session.scalar(select(EditionRow.body).filter_by(digest=edition)) if edition else None
    try:
        return Exercise.model_validate_json(body) if body else present
    except ValidationError:  # written in a format of long ago
        return present
