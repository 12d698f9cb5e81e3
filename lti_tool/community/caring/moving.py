"""Puts a reply under another post: its words, its author, its history and its reports stay with it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from lti_tool.community import pieces, settling, store
from lti_tool.community.caring import log, rules
from lti_tool.community.caring.rules import Deed
from lti_tool.community.posts import Piece, Post
from lti_tool.community.store import Visit
from lti_tool.community.tables import PostRow, ReplyRow
from lti_tool.community.typed import is_id
from lti_tool.database import db
from lti_tool.errors import Conflict

MOST_OFFERED = 100


def find_reply(visit: Visit, reply_id: str) -> Piece:
    """Give a reply to whoever may move it.

    Raises:
        NotFound: this community has no such reply.
        NotAllowed: the reader doesn't teach the course it was written in.
    """
    return store.permitted(store.row_of(ReplyRow, visit.key, reply_id), visit.reader, rules.can_move)


def find_targets(visit: Visit, reply: Piece) -> Sequence[Post]:
    """Give the posts that a reply can be put under, those with the newest activity first."""
    rows = db.session.scalars(
        select(PostRow)
        .where(*_takes_replies(visit), PostRow.id != reply.thread)
        .order_by(PostRow.active_at.desc(), PostRow.id)
        .limit(MOST_OFFERED)
    )
    return [post for post in map(pieces.post_of, rows) if rules.can_hold(visit.reader, post, reply)]


def is_target(visit: Visit, reply: Piece, post_id: str) -> bool:
    """Tell whether a reply can be put under a post."""
    if not is_id(post_id):
        return False
    row = db.session.scalar(select(PostRow).where(*_takes_replies(visit), PostRow.id == post_id))
    return row is not None and rules.can_hold(visit.reader, pieces.post_of(row), reply)


def _takes_replies(visit: Visit) -> tuple[Any, ...]:
    here = PostRow.community_id == store.community(visit.key)
    return here, store.is_up(PostRow), PostRow.locked_at.is_(None)


def move(visit: Visit, reply_id: str, post_id: str, reason: str, now: datetime) -> Piece:
    """Put a reply under another post, with a reason that its author reads; it answers nothing there yet.

    Raises:
        NotFound: this community has no such reply or post.
        NotAllowed: the reader doesn't teach the course it was written in.
        Conflict: the reply was moved, or the post went or was locked meanwhile.
    """
    left = find_reply(visit, reply_id).thread
    posts = {each: store.locked(PostRow, visit.key, each) for each in sorted({left, post_id})}
    row: ReplyRow = store.locked(ReplyRow, visit.key, reply_id)
    if post_id == row.post_id:
        return pieces.piece_of(row)
    target = pieces.post_of(posts[post_id])
    can_hold = target.takes_replies and rules.can_hold(visit.reader, target, pieces.piece_of(row))
    if row.post_id != left or not can_hold:
        raise Conflict("reply_moved")
    settling.forget_answer(row)
    row.post_id = post_id
    log.note(row, Deed.MOVED, visit.reader.person_id, now, reason).from_post_id = left
    for each, post in posts.items():
        store.count_replies(visit.key, each)
        settling.settle(post)
    return pieces.piece_of(row)
