"""Reads and writes of what somebody follows: what they wrote or replied to, what they chose, and tags."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, delete, func, select, union

from lti_tool.community import pieces, store
from lti_tool.community.following import concerns
from lti_tool.community.following.tables import FollowedTagRow, FollowRow
from lti_tool.community.offers.tables import OfferRow
from lti_tool.community.outcomes.tables import OutcomeRow
from lti_tool.community.posts import Post
from lti_tool.community.store import Visit
from lti_tool.community.tables import PostRow, ReplyRow
from lti_tool.community.visits import new
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


def follows(stay: Stay, post_id: str) -> bool:
    """Tell whether somebody follows a post."""
    candidates = concerns.followed(stay).subquery()
    return db.session.scalar(select(candidates.c.id).where(candidates.c.id == post_id)) is not None


def tags(stay: Stay) -> frozenset[str]:
    """Give the tags that somebody follows."""
    return frozenset(db.session.scalars(select(FollowedTagRow.tag).where(*concerns.own(FollowedTagRow, stay))))


def news(stay: Stay) -> Sequence[Followed]:
    """Give the posts that somebody follows with news beneath, or new themselves by a tag; the newest first, a few."""
    if stay.since is None:
        return []
    looks = (
        (new.replies(stay).where(ReplyRow.post_id.in_(concerns.followed(stay))), ReplyRow.post_id, ReplyRow.created_at),
        (new.offers(stay), OfferRow.post_id, OfferRow.created_at),
        (new.outcomes(stay), OutcomeRow.post_id, OutcomeRow.created_at),
        (new.posts(stay).where(PostRow.id.in_(concerns.tagged(stay))), PostRow.id, PostRow.created_at),
    )
    found = union(*(look.with_only_columns(id_.label("id"), at.label("at")) for look, id_, at in looks)).subquery()
    newest = select(found.c.id).group_by(found.c.id).order_by(func.max(found.c.at).desc(), found.c.id).limit(MOST_TOLD)
    return _marked(stay, db.session.scalars(newest).all())


def listed(stay: Stay) -> Sequence[Followed]:
    """Give the posts that somebody follows and may read, the newest first."""
    newest = (
        select(PostRow.id)
        .where(PostRow.community_id == stay.community_id, PostRow.id.in_(concerns.followed(stay)), store.is_up(PostRow))
        .order_by(PostRow.created_at.desc(), PostRow.id)
        .limit(MOST_LISTED)
    )
    return _marked(stay, db.session.scalars(newest).all())


def _marked(stay: Stay, ids: Sequence[str]) -> Sequence[Followed]:
    rows = db.session.scalars(select(PostRow).where(PostRow.community_id == stay.community_id, PostRow.id.in_(ids)))
    posts = {row.id: pieces.post_of(row) for row in rows}
    marks = visits.marks(stay, posts.values())
    return [Followed(post=posts[id_], mark=marks.get(id_, NOTHING_NEW)) for id_ in ids]


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
    theirs = and_(*concerns.own(FollowedTagRow, stay))
    db.session.execute(delete(FollowedTagRow).where(theirs, FollowedTagRow.tag.not_in(wanted)))
    for tag in wanted:
        found_or_added(FollowedTagRow, {"community_id": stay.community_id, "person_id": stay.person_id, "tag": tag}, {})
