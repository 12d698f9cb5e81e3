"""Reads and writes of what posts and replies said before, in the caller's transaction."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select

from lti_tool.community.belonging import belongs, of
from lti_tool.community.history.rules import PAGE, Version
from lti_tool.community.history.tables import VersionRow
from lti_tool.community.kinds.catalogue import KINDS
from lti_tool.community.posts import PostKind
from lti_tool.community.tables import PostRow, ReplyRow
from lti_tool.database import LARGEST, bounded, db


def keep(row: PostRow | ReplyRow) -> None:
    """Keep what a piece says before it says something else."""
    now = _now(row)
    db.session.add(
        VersionRow(
            **of(row),
            version=now.number,
            kind=now.kind,
            title=now.title,
            text=now.text,
            language=now.language,
            details=dict(now.details),
            author_id=row.author_id,
            written_at=now.written_at,
        )
    )


def forget(row: PostRow | ReplyRow) -> None:
    """Delete what a piece said before, for good."""
    db.session.execute(delete(VersionRow).where(belongs(VersionRow, row)))


def find(row: PostRow | ReplyRow, until: int | None = None) -> Sequence[Version]:
    """Give the newest versions of a piece, up to one of them, in their order; one more than a page shows."""
    query = select(VersionRow).where(belongs(VersionRow, row), VersionRow.version <= bounded(until or LARGEST))
    rows = db.session.scalars(query.order_by(VersionRow.version.desc()).limit(PAGE + 2))
    kept, now = [_version(one) for one in rows], _now(row)
    is_shown = until is None or now.number <= until
    return [*reversed(kept), *([now] if is_shown else [])][-PAGE - 2 :]


def _now(row: PostRow | ReplyRow) -> Version:
    said: dict[str, Any] = {"number": row.version, "text": row.text, "language": row.language}
    heading: dict[str, Any] = {"kind": None, "title": None}
    if isinstance(row, ReplyRow) and row.heading:
        kind = PostKind(row.heading["kind"])
        heading = {"kind": kind, "title": row.heading["title"], "details": _own(kind, row.heading["details"])}
    if isinstance(row, PostRow):
        heading = {"kind": row.kind, "title": row.title, "details": _own(row.kind, row.details)}
    return Version(**heading, **said, written_at=row.edited_at or row.created_at)


def _version(row: VersionRow) -> Version:
    return Version(
        number=row.version,
        kind=row.kind,
        title=row.title,
        text=row.text,
        language=row.language,
        details=_own(row.kind, row.details),
        written_at=row.written_at,
    )


def _own(kind: PostKind | None, details: Mapping[str, str]) -> Mapping[str, str]:
    """Leave out what was typed in the fields of other kinds: a post shows nobody that."""
    names = KINDS[kind].names if kind else ()
    return {name: value for name, value in details.items() if name in names}
