"""Writes what was done and closes what it settles, in the transaction that does it."""

from datetime import datetime
from typing import Any

from sqlalchemy import update

from lti_tool.community.caring.rules import TOLD, Deed
from lti_tool.community.caring.tables import DeedRow, ReportRow
from lti_tool.database import db

UNTOLD_BY = {
    Deed.HID: Deed.HID,
    Deed.SHOWED: Deed.HID,
    Deed.LOCKED: Deed.LOCKED,
    Deed.UNLOCKED: Deed.LOCKED,
    Deed.MOVED: Deed.MOVED,
    Deed.MERGED: Deed.MERGED,
    Deed.SPLIT: Deed.SPLIT,
}
"""What each deed takes the place of in what an author is told."""
AS_IT_IS = {"synchronize_session": False}


def note(row: Any, deed: Deed, by_id: int, now: datetime, reason: str | None = None) -> DeedRow:
    """Keep what was done to the piece that a row holds."""
    if deed in UNTOLD_BY:
        _tell_no_more(row, now, DeedRow.deed == UNTOLD_BY[deed])
    is_told = deed in TOLD and row.author_id != by_id
    done = DeedRow(
        community_id=row.community_id,
        course_id=row.course_id,
        sort=row.__tablename__,
        piece_id=row.id,
        deed=deed,
        by_id=by_id,
        author_id=row.author_id,
        reason=reason,
        done_at=now,
        seen_at=None if is_told else now,
    )
    db.session.add(done)
    db.session.flush()
    return done


def forget(row: Any, now: datetime) -> None:
    """Ask nobody to look at a piece any more that its author deleted."""
    _tell_no_more(row, now)
    close_reports(row, now)


def close_reports(row: Any, now: datetime) -> int:
    """Close the reports of a piece that was looked at, or went; tell how many there were."""
    is_open = (*_of(ReportRow, row), ReportRow.closed_at.is_(None))
    done: Any = db.session.execute(update(ReportRow).where(*is_open).values(closed_at=now), execution_options=AS_IT_IS)
    return int(done.rowcount)


def _tell_no_more(row: Any, now: datetime, *which: Any) -> None:
    untold = update(DeedRow).where(*_of(DeedRow, row), DeedRow.seen_at.is_(None), *which)
    db.session.execute(untold.values(seen_at=now), execution_options=AS_IT_IS)


def _of(table: type[ReportRow] | type[DeedRow], row: Any) -> tuple[Any, ...]:
    return table.community_id == row.community_id, table.sort == row.__tablename__, table.piece_id == row.id
