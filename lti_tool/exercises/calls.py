"""People at a canvas ask their trainer to come: kept with the workspace until the trainer was there."""

from datetime import datetime

from sqlalchemy import ColumnElement, select, update

from lti_tool.database import db
from lti_tool.exercises import rows
from lti_tool.exercises.store import WorkspaceKey, is_at
from lti_tool.exercises.tables import WorkspaceRow


def is_waiting(key: WorkspaceKey) -> bool:
    """Tell whether a trainer was asked to come and hasn't been there since."""
    return db.session.scalar(select(WorkspaceRow.called_at).where(is_at(key))) is not None


def call(key: WorkspaceKey, now: datetime) -> None:
    """Ask the trainer to come, in the caller's transaction; who asks again waits since the first time."""
    rows.begin(key.course_id, key.exercise, key.owner, now)
    _set(key, WorkspaceRow.called_at.is_(None), now)


def end(key: WorkspaceKey) -> None:
    """Forget that a trainer was asked to come, in the caller's transaction."""
    _set(key, WorkspaceRow.called_at.is_not(None), None)


def _set(key: WorkspaceKey, which: ColumnElement[bool], moment: datetime | None) -> None:
    called = update(WorkspaceRow).where(is_at(key), which).values(called_at=moment)
    db.session.execute(called, execution_options={"synchronize_session": False})
