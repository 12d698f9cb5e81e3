"""Brings to a post what people said and read of another, in the caller's transaction."""

from typing import Any

from sqlalchemy import delete, literal, or_, select, union, update
from sqlalchemy.orm import aliased

from lti_tool.community.following.tables import FollowRow
from lti_tool.community.tables import PostRow, ReplyRow
from lti_tool.community.visits.tables import ReadRow
from lti_tool.database import INSERTS, db

AS_IT_IS = {"synchronize_session": False}


def bring_follows(home: int, from_id: str, to_id: str) -> None:
    """Let those follow a post who followed the other; who stopped that follows this one only where they wrote in it.

    What they said of this one itself stays.
    """
    of = (FollowRow.community_id == home, FollowRow.post_id == from_id)
    took_part = FollowRow.person_id.in_(_took_part(home, to_id))
    columns = (FollowRow.community_id, FollowRow.person_id, literal(to_id), FollowRow.is_on)
    said = select(*columns).where(*of, or_(FollowRow.is_on, ~took_part))
    _insert(FollowRow, ["community_id", "person_id", "post_id", "is_on"], said)
    db.session.execute(delete(FollowRow).where(*of), execution_options=AS_IT_IS)


def _took_part(home: int, post_id: str) -> Any:
    author = select(PostRow.author_id).where(PostRow.community_id == home, PostRow.id == post_id)
    replied = select(ReplyRow.author_id).where(ReplyRow.community_id == home, ReplyRow.post_id == post_id)
    return union(author, replied)


def join_reads(home: int, from_id: str, to_id: str) -> None:
    """Say that what is one thread by now was read as far as both were: rather told again than never."""
    other = aliased(ReadRow)
    theirs = (other.community_id == home, other.post_id == from_id, other.person_id == ReadRow.person_id)
    earlier = select(other.read_until).where(*theirs).scalar_subquery()
    here = (ReadRow.community_id == home, ReadRow.post_id == to_id)
    db.session.execute(delete(ReadRow).where(*here, earlier.is_(None)), execution_options=AS_IT_IS)
    sooner = update(ReadRow).where(*here, ReadRow.read_until > earlier).values(read_until=earlier)
    db.session.execute(sooner, execution_options=AS_IT_IS)
    gone = delete(ReadRow).where(ReadRow.community_id == home, ReadRow.post_id == from_id)
    db.session.execute(gone, execution_options=AS_IT_IS)


def copy_reads(home: int, from_id: str, to_id: str) -> None:
    """Say that what stood in a thread was read as far as that was."""
    columns = (ReadRow.community_id, ReadRow.person_id, literal(to_id), ReadRow.read_until)
    read = select(*columns).where(ReadRow.community_id == home, ReadRow.post_id == from_id)
    _insert(ReadRow, ["community_id", "person_id", "post_id", "read_until"], read)


def _insert(table: type[FollowRow] | type[ReadRow], names: list[str], chosen: Any) -> None:
    """Add what isn't there yet."""
    insert = INSERTS[db.engine.dialect.name](table).from_select(names, chosen)
    db.session.execute(insert.on_conflict_do_nothing())
