"""The list of posts: open needs first, then the newest activity, in pages that stay where they are.

A page begins after the last post of the one before, not at a number: posts that arrive meanwhile move nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, and_, literal, or_, select, tuple_

from lti_tool.community import store
from lti_tool.community.rules import Post, PostKind, is_id
from lti_tool.community.store import Visit
from lti_tool.community.tables import PostRow
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
    query = select(PostRow).where(readable(visit))
    if kind:
        query = query.where(PostRow.kind == kind)
    if after:
        query = query.where(_is_behind(after))
    order = (PostRow.waits.desc(), PostRow.active_at.desc(), PostRow.id.desc())
    rows = db.session.scalars(query.order_by(*order).limit(PAGE + 1)).all()
    posts = [store.post_of(row) for row in rows[:PAGE]]
    return Page(posts=posts, after=_place(posts[-1]) if len(rows) > PAGE else None)


def _place(post: Post) -> Place:
    return Place(is_open_need=post.is_open_need, active_at=post.active_at, id=post.id)


def readable(visit: Visit) -> ColumnElement[bool]:
    """Leave out other communities, and what `rules.can_open` leaves out."""
    is_theirs: list[ColumnElement[bool]] = [PostRow.author_id == visit.reader.person_id]
    if visit.reader.is_trainer:
        is_theirs.append(PostRow.course_id == visit.reader.course_id)
    can_read = or_(store.is_up(PostRow), and_(PostRow.deleted_at.is_(None), or_(*is_theirs)))
    return and_(PostRow.community_id == store.community(visit.key), or_(can_read, PostRow.replies > 0))


def _is_behind(place: Place) -> ColumnElement[bool]:
    """Compare all three at once, as the index does."""
    last = (place.is_open_need, place.active_at, place.id)
    columns = (PostRow.waits, PostRow.active_at, PostRow.id)
    values = [literal(value, column.type) for value, column in zip(last, columns, strict=True)]
    return tuple_(*columns) < tuple_(*values)
