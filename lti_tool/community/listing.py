"""The list of posts: open needs first, then the newest activity, in pages that stay where they are.

A page begins after the last post of the one before, not at a number: posts that arrive meanwhile move nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, or_, select

from lti_tool.community import store
from lti_tool.community.rules import Post, PostKind, is_id
from lti_tool.community.store import CommunityKey, Visit
from lti_tool.community.tables import PostRow, ReplyRow
from lti_tool.database import db

PAGE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in the list a post stands."""

    is_open_need: bool
    active_at: datetime
    id: str

    def __str__(self) -> str:
        """Write it as the page's links carry it."""
        return f"{self.is_open_need:d}~{self.active_at.isoformat()}~{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some posts, and where the next page begins, if there is one."""

    posts: Sequence[Post]
    after: Place | None


def read_place(text: str) -> Place | None:
    """Read what a link carries; what none of ours would carry is the list's beginning."""
    first, _, rest = text.partition("~")
    moment, _, post_id = rest.partition("~")
    try:
        active_at = datetime.fromisoformat(moment).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return Place(is_open_need=first == "1", active_at=active_at, id=post_id) if is_id(post_id) else None


def find_page(visit: Visit, kind: PostKind | None, after: Place | None) -> Page:
    """Give a page of the posts that this reader can open."""
    replies = _replies(visit.key)
    query = _readable(visit, replies)
    if kind:
        query = query.where(PostRow.kind == kind)
    if after:
        query = query.where(_is_behind(after, replies))
    order = (_open_need().desc(), _active_at(replies).desc(), PostRow.id.desc())
    rows = db.session.execute(query.order_by(*order).limit(PAGE + 1)).all()
    posts = [store.post_of(row, count, newest) for row, count, newest in rows[:PAGE]]
    return Page(posts=posts, after=_place(posts[-1]) if len(rows) > PAGE else None)


def _place(post: Post) -> Place:
    return Place(is_open_need=post.is_open_need, active_at=post.active_at, id=post.id)


def _replies(key: CommunityKey) -> Subquery:
    """Count each post's replies that everybody can read."""
    return (
        select(ReplyRow.post_id, func.count().label("count"), func.max(ReplyRow.created_at).label("newest"))
        .where(ReplyRow.community_id == store.community(key), store.is_up(ReplyRow))
        .group_by(ReplyRow.post_id)
        .subquery()
    )


def _readable(visit: Visit, replies: Subquery) -> Select[Any]:
    """Leave out what `rules.can_open` leaves out."""
    is_theirs: list[ColumnElement[bool]] = [PostRow.author_id == visit.reader.person_id]
    if visit.reader.is_trainer:
        is_theirs.append(PostRow.course_id == visit.reader.course_id)
    can_read = or_(store.is_up(PostRow), and_(PostRow.deleted_at.is_(None), or_(*is_theirs)))
    return (
        select(PostRow, func.coalesce(replies.c.count, 0), replies.c.newest)
        .outerjoin(replies, replies.c.post_id == PostRow.id)
        .where(PostRow.community_id == store.community(visit.key), or_(can_read, replies.c.count > 0))
    )


def _open_need() -> ColumnElement[int]:
    """Say as `Post.is_open_need` does, as a number that sorts."""
    waits = and_(PostRow.kind == PostKind.NEED, PostRow.answered_at.is_(None), store.is_up(PostRow))
    return case((waits, 1), else_=0)


def _active_at(replies: Subquery) -> ColumnElement[datetime]:
    return func.coalesce(replies.c.newest, PostRow.created_at)


def _is_behind(place: Place, replies: Subquery) -> ColumnElement[bool]:
    first, active_at = _open_need(), _active_at(replies)
    same_first, same_time = first == int(place.is_open_need), active_at == place.active_at
    return or_(
        first < int(place.is_open_need),
        and_(same_first, active_at < place.active_at),
        and_(same_first, same_time, PostRow.id < place.id),
    )
