"""Reads and writes of files at posts and replies; what is in them is read only where it is given.

Nothing else knows that they are rows of the database.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias
from uuid import uuid4

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, delete, func, or_, select, update

from lti_tool.community.belonging import belongs, of
from lti_tool.community.files.rules import Content, File, Sent
from lti_tool.community.files.tables import FileRow
from lti_tool.community.tables import PostRow, ReplyRow
from lti_tool.database import INSERTS, db

Whose: TypeAlias = tuple[str | None, str | None]
"""The id of a post, or behind it that of a reply."""
DAY = timedelta(days=1)
_TOLD = tuple(getattr(FileRow, name) for name in ("id", "name", "suffix", "size", "alt", "width", "height"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A file, and the post or reply that it is at."""

    file: File
    community_id: int
    post_id: str | None
    reply_id: str | None


# Reads


def at(community_id: ScalarSelect[int], post_id: str | None, reply_id: str | None) -> Sequence[File]:
    """Give the files at a post or at a reply, the first one first."""
    where = and_(FileRow.community_id == community_id, FileRow.post_id == post_id, FileRow.reply_id == reply_id)
    return [File(**found) for found in db.session.execute(_ordered(where)).mappings()]


def in_thread(community_id: ScalarSelect[int], post_id: str) -> Mapping[Whose, Sequence[File]]:
    """Give the files at a post and at its replies, by the pieces they are at."""
    replies = select(ReplyRow.id).where(ReplyRow.community_id == community_id, ReplyRow.post_id == post_id)
    where = (FileRow.community_id == community_id) & or_(FileRow.post_id == post_id, FileRow.reply_id.in_(replies))
    found: defaultdict[Whose, list[File]] = defaultdict(list)
    for row in db.session.execute(_ordered(where).add_columns(FileRow.post_id, FileRow.reply_id)).mappings():
        values = dict(row)
        whose = (values.pop("post_id"), values.pop("reply_id"))
        found[whose].append(File(**values))
    return found


def find(file_id: str) -> Place | None:
    """Give a file with the place it is at; whoever asks has to be let at that first."""
    columns = (FileRow.community_id, FileRow.post_id, FileRow.reply_id)
    found = db.session.execute(select(*_TOLD, *columns).where(FileRow.id == file_id)).mappings().first()
    if found is None:
        return None
    values = dict(found)
    return Place(**{column.key: values.pop(column.key) for column in columns}, file=File(**values))


def content(file_id: str) -> bytes | None:
    """Give what is in a file."""
    return _bytes(FileRow.content, file_id)


def small(file_id: str) -> bytes | None:
    """Give what is to be seen on a small picture, as JPEG."""
    return _bytes(FileRow.small, file_id)


def digests(row: PostRow | ReplyRow, removed: Set[str] = frozenset()) -> Set[str]:
    """Tell which files stay at a piece where these go."""
    query = select(FileRow.digest).where(belongs(FileRow, row), FileRow.id.not_in(removed))
    return set(db.session.scalars(query))


def added_within_a_day(person_id: int, now: datetime) -> int:
    """Count the bytes that somebody added lately."""
    query = select(func.coalesce(func.sum(FileRow.size), 0))
    return db.session.scalar(query.where(FileRow.author_id == person_id, FileRow.added_at > now - DAY)) or 0


def _ordered(where: ColumnElement[bool]) -> Select[Any]:
    return select(*_TOLD).where(where).order_by(FileRow.position)


def _bytes(column: Any, file_id: str) -> bytes | None:
    found: bytes | None = db.session.scalar(select(column).where(FileRow.id == file_id))
    return found


# Writes, in the caller's transaction


def save(row: PostRow | ReplyRow, sent: Sent, now: datetime) -> None:
    """Remove, describe and add the files at a piece; one that is there already is there once."""
    its = belongs(FileRow, row)
    if sent.removed:
        db.session.execute(delete(FileRow).where(its, FileRow.id.in_(sent.removed)))
    for file_id, alt in sent.alts.items():
        db.session.execute(update(FileRow).where(its, FileRow.id == file_id).values(alt=alt))
    last = db.session.scalar(select(func.max(FileRow.position)).where(its)) or 0
    for position, file in enumerate(sent.new, start=last + 1):
        _add(row, file, position, now)


def _add(row: PostRow | ReplyRow, file: Content, position: int, now: datetime) -> None:
    values = {**asdict(file), "size": len(file.content), "position": position, "added_at": now}
    new = {**values, "id": str(uuid4()), "author_id": row.author_id, **of(row)}
    db.session.execute(INSERTS[db.engine.dialect.name](FileRow).values(**new).on_conflict_do_nothing())


def forget(row: PostRow | ReplyRow) -> None:
    """Delete the files at a piece, for good."""
    db.session.execute(delete(FileRow).where(belongs(FileRow, row)))
