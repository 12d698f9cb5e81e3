"""Work that was never handed in, and to which nobody came back: after a long while its words go."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, exists, or_, select, update

from lti_tool.database import db
from lti_tool.exercises.bringing.tables import AlongRow
from lti_tool.exercises.photos.tables import PhotoRow
from lti_tool.exercises.self_review.tables import SelfReviewRow
from lti_tool.exercises.tables import (
    BroughtRow,
    GatheringRow,
    NoteRow,
    PresenceRow,
    StackRow,
    SubmissionRow,
    VoteRow,
    WorkspaceRow,
)
from lti_tool.lti.tables import AttendanceRow

WRITTEN = (NoteRow, StackRow, BroughtRow, AlongRow, VoteRow, PhotoRow, SelfReviewRow, PresenceRow)
"""All that is in a workspace; each names it by `workspace_id`."""
WITHOUT_SESSION = {"synchronize_session": False}


def forget(before: datetime, most: int) -> int:
    """Empty workspaces that were left behind before a moment, in the caller's transaction; tell how many.

    What others brought along, or gathered, from there is theirs and stays.
    """
    some = select(WorkspaceRow.id).where(_is_left(before)).limit(most).with_for_update(skip_locked=True)
    emptied = update(WorkspaceRow).where(WorkspaceRow.id.in_(some)).values(version=0).returning(WorkspaceRow.id)
    found = db.session.scalars(emptied, execution_options=WITHOUT_SESSION).all()
    _empty(found)
    return len(found)


def _empty(workspace_ids: Collection[int]) -> None:
    for table in WRITTEN:
        its = delete(table).where(table.workspace_id.in_(workspace_ids))
        db.session.execute(its, execution_options=WITHOUT_SESSION)
    # Its versions begin again: what is written there later counts as new to whom it was gathered.
    gathered = delete(GatheringRow).where(GatheringRow.from_workspace_id.in_(workspace_ids))
    db.session.execute(gathered, execution_options=WITHOUT_SESSION)


def _is_left(before: datetime) -> ColumnElement[bool]:
    """Tell of a workspace with something in it whether nobody came back: not to it, nor to the course who wrote it."""
    owner = or_(AttendanceRow.person_id == WorkspaceRow.person_id, AttendanceRow.person_id == WorkspaceRow.trial_by)
    wrote = exists().where(NoteRow.workspace_id == WorkspaceRow.id, NoteRow.author_id == AttendanceRow.person_id)
    return and_(
        WorkspaceRow.changed_at < before,
        or_(WorkspaceRow.version > 0, exists().where(SelfReviewRow.workspace_id == WorkspaceRow.id)),
        ~exists().where(SubmissionRow.workspace_id == WorkspaceRow.id),
        ~exists().where(PresenceRow.workspace_id == WorkspaceRow.id, PresenceRow.seen_at >= before),
        ~exists().where(
            AttendanceRow.course_id == WorkspaceRow.course_id,
            AttendanceRow.seen_at >= before,
            or_(owner, wrote.correlate(WorkspaceRow, AttendanceRow)),
        ),
    )
