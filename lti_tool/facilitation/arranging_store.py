"""Reads what a trainer is told who arranges an exercise, and lets one of two at once go first."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select

from lti_tool.database import db
from lti_tool.exercises import owners, stages
from lti_tool.exercises.owners import Owner
from lti_tool.exercises.tables import PresenceRow, StageRow, WorkspaceRow


def version(course_id: int, exercise: str) -> int:
    """Tell how often the trainers of a course changed anything of an exercise so far."""
    found = select(StageRow.version).filter_by(course_id=course_id, exercise=exercise)
    return db.session.scalar(found) or 0


def begin_change(course_id: int, exercise: str, seen: int) -> bool:
    """Count a change, which keeps others out until the transaction ends; tell whether it is as the trainer saw it.

    Where it isn't, the caller takes the change back.
    """
    stages.change(course_id, exercise)
    return version(course_id, exercise) == seen + 1


def written(course_id: int, exercise: str) -> Sequence[Owner]:
    """Tell whose workspaces hold anything, or ever did; trials don't count."""
    query = select(WorkspaceRow.owner).filter_by(course_id=course_id, exercise=exercise, trial_by=None)
    found = map(owners.read, db.session.scalars(query.where(WorkspaceRow.version > 0)))
    return [owner for owner in found if owner]


def present(course_id: int, exercise: str) -> Mapping[int, datetime]:
    """Tell when people were last seen at a page of an exercise that they haven't left."""
    rows = db.session.execute(
        select(PresenceRow.person_id, func.max(PresenceRow.seen_at))
        .join(WorkspaceRow, WorkspaceRow.id == PresenceRow.workspace_id)
        .where(WorkspaceRow.course_id == course_id, WorkspaceRow.exercise == exercise, ~PresenceRow.has_left)
        .group_by(PresenceRow.person_id)
    )
    return dict(rows.all())
