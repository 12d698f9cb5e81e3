"""Reads and writes of what somebody follows: what they wrote or replied to, what they chose, and tags."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, delete, func, select, union

from lti_tool.community import store
from lti_tool.community.following.tables import FollowedTagRow, FollowRow
from lti_tool.community.rules import Post
from lti_tool.community.store import Visit
from lti_tool.community.tables import PostRow, ReplyRow, TagRow
from lti_tool.community.visits import store as visits
from lti_tool.community.visits.rules import NOTHING_NEW, Mark, Stay
from lti_tool.database import db, found_or_added

MOST_TOLD = 5
"""Posts on the way in."""
MOST_LISTED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A post that somebody follows, and what is new of it."""

    post: Post
    mark: Mark


# Reading


def followed(stay: Stay) -> Select[Any]:
    """Select the ids of the posts that somebody follows."""
    candidates = _candidates(stay).subquery()
    stopped = _said(stay, is_on=False)
    return select(candidates.c.id).where(candidates.c.id.not_in(stopped))


def _candidates(stay: Stay) -> CompoundSelect[Any]:
    own = select(PostRow.id.label("id")).where(
        PostRow.community_id == stay.community_id, PostRow.author_id == stay.person_id, PostRow.deleted_at.is_(None)
    )
    replied = select(ReplyRow.post_id).where(
        ReplyRow.community_id == stay.community_id, ReplyRow.author_id == stay.person_id, ReplyRow.deleted_at.is_(None)
    )
    return union(own, replied, _said(stay, is_on=True))


def _said(stay: Stay, *, is_on: bool) -> Select[Any]:
    return select(FollowRow.post_id).where(*_own(FollowRow, stay), FollowRow.is_on.is_(is_on))


def _own(table: type[FollowRow] | type[FollowedTagRow], stay: Stay) -> tuple[ColumnElement[bool], ...]:
    return table.community_id == stay.community_id, table.person_id == stay.person_id


def tagged(stay: Stay) -> Select[Any]:
    """Select the ids of the posts that carry a tag which somebody follows."""
    wanted = select(FollowedTagRow.tag).where(*_own(FollowedTagRow, stay))
    return select(TagRow.post_id).where(TagRow.community_id == stay.community_id, TagRow.tag.in_(wanted))


def follows(stay: Stay, post_id: str) -> bool:
    """Tell whether somebody follows a post."""
    candidates = followed(stay).subquery()
    return db.session.scalar(select(candidates.c.id).where(candidates.c.id == post_id)) is not None


def tags(stay: Stay) -> frozenset[str]:
    """Give the tags that somebody follows."""
    return frozenset(db.session.scalars(select(FollowedTagRow.tag).where(*_own(FollowedTagRow, stay))))


def news(stay: Stay) -> Sequence[Followed]:
    """Give the posts that somebody follows with new replies, or new themselves by a tag; the newest first, a few."""
    if stay.since is None:
        return []
    replies = visits.new_replies(stay).where(ReplyRow.post_id.in_(followed(stay)))
    posts = visits.new_posts(stay).where(PostRow.id.in_(tagged(stay)))
    answered = replies.with_only_columns(ReplyRow.post_id.label("id"), ReplyRow.created_at.label("at"))
    written = posts.with_only_columns(PostRow.id.label("id"), PostRow.created_at.label("at"))
    new = union(answered, written).subquery()
    newest = select(new.c.id).group_by(new.c.id).order_by(func.max(new.c.at).desc(), new.c.id).limit(MOST_TOLD)
    return _marked(stay, db.session.scalars(newest).all())


def listed(stay: Stay) -> Sequence[Followed]:
    """Give the posts that somebody follows and may read, the newest first."""
    newest = (
        select(PostRow.id)
        .where(PostRow.community_id == stay.community_id, PostRow.id.in_(followed(stay)), store.is_up(PostRow))
        .order_by(PostRow.created_at.desc(), PostRow.id)
        .limit(MOST_LISTED)
    )
    return _marked(stay, db.session.scalars(newest).all())


def _marked(stay: Stay, ids: Sequence[str]) -> Sequence[Followed]:
    rows = db.session.scalars(select(PostRow).where(PostRow.community_id == stay.community_id, PostRow.id.in_(ids)))
    posts = {row.id: store.post_of(row) for row in rows}
    found = visits.marks(stay, posts.values())
    return [Followed(post=posts[id_], mark=found.get(id_, NOTHING_NEW)) for id_ in ids]


# Writing, in the caller's transaction


def follow(visit: Visit, stay: Stay, post_id: str, *, is_on: bool) -> None:
    """Follow a post from now on, or no longer.

    Raises:
        NotFound: this community has no such post.
    """
    post_id = store.row_of(PostRow, visit.key, store.standing(visit.key, post_id)).id
    key = {"community_id": stay.community_id, "person_id": stay.person_id, "post_id": post_id}
    found_or_added(FollowRow, key, {"is_on": is_on}).is_on = is_on


def follow_tags(stay: Stay, wanted: Collection[str]) -> None:
    """Follow these tags, and no others."""
    own = and_(*_own(FollowedTagRow, stay))
    db.session.execute(delete(FollowedTagRow).where(own, FollowedTagRow.tag.not_in(wanted)))
    for tag in wanted:
        found_or_added(FollowedTagRow, {"community_id": stay.community_id, "person_id": stay.person_id, "tag": tag}, {})
