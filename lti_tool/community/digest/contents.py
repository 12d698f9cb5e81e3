"""What a digest tells somebody: chosen when it is due, and looked up again when it leaves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from lti_tool.community import store
from lti_tool.community.digest.rules import MOST_REPLIES, MOST_TITLES, MOST_WHOLE, Contents
from lti_tool.community.following import store as following
from lti_tool.community.rules import MOST_URGENT, Piece, Post
from lti_tool.community.store import Table
from lti_tool.community.tables import PostRow, ReplyRow
from lti_tool.community.visits import store as visits
from lti_tool.community.visits.rules import Stay
from lti_tool.database import db

MOST = 300
"""Posts, and replies, that one mail looks at: the newest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A mail's posts and replies, whole, and how many needs wait for help in all."""

    contents: Contents
    posts: Mapping[str, Post]
    replies: Mapping[str, Piece]
    open_needs: int


def is_any(stay: Stay, since: datetime, until: datetime) -> bool:
    """Tell whether there is anything to tell of what was written between two moments."""
    looks = (_posts, _replies)  # mostly the first one tells
    return any(db.session.scalar(look(stay, since, until).limit(1)) is not None for look in looks)


def choose(stay: Stay, since: datetime, until: datetime) -> Contents:
    """Choose what to tell: nothing that was read, is the reader's own, hidden or deleted; the newest first."""
    posts = _posts(stay, since, until).order_by(PostRow.created_at.desc(), PostRow.id).limit(MOST)
    new = db.session.execute(posts.with_only_columns(PostRow.id, PostRow.urgency)).all()
    needs = [id_ for id_, urgency in new if urgency == MOST_URGENT]
    by_tag = set(db.session.scalars(following.tagged(stay))) - set(needs)
    answered = _answered(stay, since, until)
    followed = {**answered, **{id_: [] for id_, _ in new if id_ in by_tag and id_ not in answered}}
    others = [id_ for id_, _ in new if id_ not in followed and id_ not in needs]
    return Contents(needs=needs, followed=followed, others=others)


def _answered(stay: Stay, since: datetime, until: datetime) -> dict[str, list[str]]:
    """Give the new replies of each post that somebody follows."""
    newest = _replies(stay, since, until).order_by(ReplyRow.created_at.desc(), ReplyRow.id).limit(MOST)
    found: dict[str, list[str]] = {}
    for post_id, reply_id in db.session.execute(newest.with_only_columns(ReplyRow.post_id, ReplyRow.id)):
        found.setdefault(post_id, []).insert(0, reply_id)
    return found


def _posts(stay: Stay, since: datetime, until: datetime) -> Select[Any]:
    return visits.new_posts(stay, since).where(PostRow.created_at > since, PostRow.created_at <= until)


def _replies(stay: Stay, since: datetime, until: datetime) -> Select[Any]:
    new = visits.new_replies(stay, since).where(ReplyRow.created_at > since, ReplyRow.created_at <= until)
    return new.where(ReplyRow.post_id.in_(following.followed(stay)))


def find(community_id: int, contents: Contents) -> Found:
    """Look up the words of what is told of what was chosen."""
    reply_ids = [id_ for ids in contents.followed.values() for id_ in ids[:MOST_REPLIES]]
    post_ids = [*contents.needs[:MOST_WHOLE], *list(contents.followed)[:MOST_WHOLE], *contents.others[:MOST_TITLES]]
    return Found(
        contents=contents,
        posts={row.id: store.post_of(row) for row in _rows(PostRow, community_id, post_ids)},
        replies={row.id: store.piece_of(row) for row in _rows(ReplyRow, community_id, reply_ids)},
        open_needs=db.session.scalar(_open_needs(community_id)) or 0,
    )


def _rows(table: Table, community_id: int, ids: Sequence[str]) -> Sequence[Any]:
    return db.session.scalars(select(table).where(table.community_id == community_id, table.id.in_(ids))).all()


def _open_needs(community_id: int) -> Select[Any]:
    return select(func.count()).where(PostRow.community_id == community_id, PostRow.urgency == MOST_URGENT)
