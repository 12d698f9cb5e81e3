"""Reads and writes of drafts: one of each piece of work, for all trainers of its course, until it is released."""

from collections.abc import Collection, Set
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import and_, exists, select

from lti_tool.database import db
from lti_tool.exercises import rows
from lti_tool.exercises.tables import WorkspaceRow
from lti_tool.keeping import delete_some
from lti_tool.lti.launch.session import name_of
from lti_tool.lti.roles import Role
from lti_tool.lti.tables import AttendanceRow, PersonRow
from lti_tool.reviews.rules import Draft, Outcome, Seen
from lti_tool.reviews.tables import DraftBody, DraftRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A draft as it is kept."""

    draft: Draft
    changed_at: datetime
    changed_by: str
    is_begun: bool = True
    """Whether there is anything in it: it was not released or thrown away since."""


def find(workspace_id: int) -> Kept | None:
    """Give the draft of a piece of work, if there ever was one."""
    found = db.session.execute(
        select(DraftRow, PersonRow)
        .join(PersonRow, PersonRow.id == DraftRow.changed_by)
        .where(DraftRow.workspace_id == workspace_id)
        .execution_options(populate_existing=True)
    ).first()
    if found is None:
        return None
    row, person = found
    changed_by = name_of(person)
    return Kept(draft=_draft(row), changed_at=row.changed_at, changed_by=changed_by, is_begun=bool(row.body))


def begun(workspace_ids: Collection[int]) -> Set[int]:
    """Choose the workspaces of which a draft is begun."""
    query = select(DraftRow.workspace_id, DraftRow.body).where(DraftRow.workspace_id.in_(workspace_ids))
    return {workspace_id for workspace_id, body in db.session.execute(query) if body}


def save(workspace_id: int, draft: Draft, person_id: int, now: datetime) -> int | None:
    """Keep a draft, in the caller's transaction, and give its version; None where somebody changed it meanwhile."""
    rows.lock(workspace_id)
    kept = find(workspace_id)
    version = kept.draft.version if kept else 0
    if kept and _is_same(kept.draft, draft):
        return version
    if version != draft.version:
        return None
    if kept or draft.is_begun:
        _write(workspace_id, _body(draft), replace(draft, version=version + 1), person_id, now)
        return version + 1
    return version


def clear(workspace_id: int, person_id: int, now: datetime) -> None:
    """Empty the draft, once it is released or thrown away; whoever calls keeps others out."""
    kept = find(workspace_id)
    if kept:
        _write(workspace_id, {}, replace(kept.draft, version=kept.draft.version + 1), person_id, now)


def forget(before: datetime, most: int) -> int:
    """Forget drafts that no trainer of the course came back to since a moment, in the caller's transaction."""
    came = exists().where(
        WorkspaceRow.id == DraftRow.workspace_id,
        AttendanceRow.course_id == WorkspaceRow.course_id,
        AttendanceRow.role == Role.TRAINER,
        AttendanceRow.seen_at >= before,
    )
    return delete_some(DraftRow, and_(DraftRow.changed_at < before, ~came), most)


def version(workspace_id: int) -> int:
    """Tell how often the draft was changed."""
    kept = find(workspace_id)
    return kept.draft.version if kept else 0


def _is_same(one: Draft, other: Draft) -> bool:
    """Tell whether two say the same: sent twice, or by two windows, it is kept once."""
    return replace(one, version=0, seen=other.seen) == replace(other, version=0)


def _write(workspace_id: int, body: DraftBody, draft: Draft, person_id: int, now: datetime) -> None:
    db.session.merge(
        DraftRow(
            workspace_id=workspace_id,
            body=body,
            hand_in=draft.seen.hand_in,
            version=draft.version,
            changed_at=now,
            changed_by=person_id,
        )
    )
    db.session.flush()


def _body(draft: Draft) -> DraftBody:
    if not draft.is_begun:
        return {}
    return {
        "outcome": str(draft.outcome),
        "mark": draft.mark,
        "text": draft.text,
        "comments": dict(draft.comments),
        "levels": dict(draft.levels),
    }


def _draft(row: DraftRow) -> Draft:
    return Draft(
        mark=row.body.get("mark", ""),
        text=row.body.get("text", ""),
        outcome=Outcome(row.body.get("outcome", Outcome.DONE)),
        comments=row.body.get("comments", {}),
        levels=row.body.get("levels", {}),
        seen=Seen(hand_in=row.hand_in),
        version=row.version,
    )
