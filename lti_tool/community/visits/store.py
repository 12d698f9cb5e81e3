"""Reads and writes of visits, of what was read, and of what is new."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from lti_tool.community import store
from lti_tool.community.rules import MOST_URGENT, Post
from lti_tool.community.store import Table, Visit
from lti_tool.community.tables import CommunityRow, MemberRow, PostRow, ReplyRow
from lti_tool.community.threads import Thread
from lti_tool.community.visits import rules
from lti_tool.community.visits.rules import MOST_COUNTED, Mark, News, Stay
from lti_tool.community.visits.tables import ReadRow
from lti_tool.database import db, found_or_added

# Writing, in the caller's transaction


def arrive(visit: Visit, now: datetime) -> Stay:
    """Note that somebody is in the community: the first time, again after an absence, or still."""
    home = found_or_added(CommunityRow, asdict(visit.key), {})
    key = {"community_id": home.id, "person_id": visit.reader.person_id}
    row = found_or_added(MemberRow, key, {"joined_at": now, "here_since": now, "seen_at": now})
    seen_at = row.seen_at or row.here_since
    if rules.begins(seen_at, now):
        row.here_before, row.here_since = row.here_since, now
    if row.seen_at is None or rules.is_to_note(seen_at, now):
        row.seen_at = now
    return Stay(**key, since=row.here_before)


def find(visit: Visit) -> Stay | None:
    """Give the visit that goes on; of somebody who never arrived there is none."""
    query = select(MemberRow).where(
        MemberRow.community_id == store.community(visit.key), MemberRow.person_id == visit.reader.person_id
    )
    row = db.session.scalar(query)
    return Stay(community_id=row.community_id, person_id=row.person_id, since=row.here_before) if row else None


def read(stay: Stay, thread: Thread) -> None:
    """Note that somebody was shown a page of a thread as it is."""
    newest = max(piece.created_at for piece in (thread.post, *thread.replies))
    key = {"community_id": stay.community_id, "person_id": stay.person_id, "post_id": thread.post.id}
    row = found_or_added(ReadRow, key, {"read_until": newest})
    row.read_until = max(row.read_until, newest)


# Reading


def news(stay: Stay) -> News:
    """Count what is new, and the needs that wait for help."""
    posts, replies = new_posts(stay), new_replies(stay)
    found = select(_count(posts), _count(replies), select(func.count()).where(*_waits(stay)).scalar_subquery())
    new_in_posts, new_in_replies, open_needs = db.session.execute(found).one()
    return News(new=min(new_in_posts + new_in_replies, MOST_COUNTED + 1), open_needs=open_needs)


def _count(new: Select[Any]) -> ColumnElement[int]:
    """Count no further than is told."""
    some = new.limit(MOST_COUNTED + 1).subquery()
    return select(func.count()).select_from(some).scalar_subquery()


def _waits(stay: Stay) -> Sequence[ColumnElement[bool]]:
    return (
        PostRow.community_id == stay.community_id,
        PostRow.urgency == MOST_URGENT,
        PostRow.author_id != stay.person_id,
    )


def marks(stay: Stay, posts: Collection[Post]) -> Mapping[str, Mark]:
    """Tell what is new of some posts, by their ids; of the others nothing is."""
    ids = [post.id for post in posts]
    new = set(db.session.scalars(new_posts(stay).where(PostRow.id.in_(ids))))
    counted = new_replies(stay).where(ReplyRow.post_id.in_(ids)).with_only_columns(ReplyRow.post_id, func.count())
    replies = {row.post_id: row[1] for row in db.session.execute(counted.group_by(ReplyRow.post_id))}
    return {id_: Mark(is_new=id_ in new, replies=replies.get(id_, 0)) for id_ in ids if id_ in new or id_ in replies}


def new_posts(stay: Stay, since: datetime | None = None) -> Select[Any]:
    """Select the ids of posts that somebody may read and hasn't, written since a moment, or else their last visit."""
    return select(PostRow.id).outerjoin(ReadRow, _read_of(stay, PostRow.id)).where(*_is_new(PostRow, stay, since))


def new_replies(stay: Stay, since: datetime | None = None) -> Select[Any]:
    """Select the ids of replies in the same way; under a post that is gone nothing counts."""
    post = aliased(PostRow)
    is_under = and_(post.community_id == ReplyRow.community_id, post.id == ReplyRow.post_id, store.is_up(post))
    return (
        select(ReplyRow.id)
        .join(post, is_under)
        .outerjoin(ReadRow, _read_of(stay, ReplyRow.post_id))
        .where(*_is_new(ReplyRow, stay, since))
    )


def first_new(stay: Stay, post_id: str) -> str | None:
    """Give the first reply under a post that is new to somebody; nothing where none is."""
    new = new_replies(stay).where(ReplyRow.post_id == post_id)
    found: str | None = db.session.scalar(new.order_by(ReplyRow.created_at, ReplyRow.id).limit(1))
    return found


def _read_of(stay: Stay, post_id: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    return and_(
        ReadRow.community_id == stay.community_id, ReadRow.person_id == stay.person_id, ReadRow.post_id == post_id
    )


def _is_new(table: Table, stay: Stay, since: datetime | None) -> Sequence[ColumnElement[bool]]:
    """Say that a piece is somebody else's, up, and neither read nor older than a moment; in a first visit none is."""
    return (
        table.community_id == stay.community_id,
        table.created_at >= moment if (moment := since or stay.since) else false(),
        table.author_id != stay.person_id,
        store.is_up(table),
        or_(ReadRow.read_until.is_(None), table.created_at > ReadRow.read_until),
    )
