"""A trainer tries an exercise: a workspace of their own, which nobody else sees, and which can begin again."""

from datetime import datetime

from sqlalchemy import delete, select, update

from lti_tool.database import db
from lti_tool.exercises import rows, store
from lti_tool.exercises.bringing.tables import AlongRow
from lti_tool.exercises.photos import store as photos
from lti_tool.exercises.self_review import store as self_reviews
from lti_tool.exercises.store import WorkspaceKey
from lti_tool.exercises.tables import BroughtRow, CreditRow, NoteRow, StackRow, SubmissionRow


def empty(key: WorkspaceKey, now: datetime) -> None:
    """Delete what is written in a workspace and what was handed in of it, in the caller's transaction."""
    workspace = store.find_workspace(key)
    if workspace is None:
        return
    seen = rows.lock(workspace.id)
    rows.count_up(seen, now, only_if_unchanged=False)
    gone = {"deleted": True, "changed_in": seen.version + 1}
    db.session.execute(
        update(NoteRow)
        .where(NoteRow.workspace_id == workspace.id, ~NoteRow.deleted)
        .values(version=NoteRow.version + 1, updated_at=now, **gone)
    )
    db.session.execute(update(StackRow).where(StackRow.workspace_id == workspace.id).values(gone))
    for beside in (BroughtRow, AlongRow):
        db.session.execute(delete(beside).where(beside.workspace_id == workspace.id))
    self_reviews.forget(workspace.id)
    photos.remove_all(seen, seen.version + 1)
    _forget_submissions(workspace.id)


def _forget_submissions(workspace_id: int) -> None:
    its = select(SubmissionRow.id).where(SubmissionRow.workspace_id == workspace_id)
    db.session.execute(delete(CreditRow).where(CreditRow.submission_id.in_(its)))
    db.session.execute(delete(SubmissionRow).where(SubmissionRow.workspace_id == workspace_id))
