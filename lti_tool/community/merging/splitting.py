"""Makes a reply a post of its own, in the caller's transaction; replies that quote it may go along."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from lti_tool.community import pieces, settling, store
from lti_tool.community.caring import log
from lti_tool.community.caring.rules import Deed
from lti_tool.community.merging import readers, rows, rules
from lti_tool.community.merging.rules import Wanted
from lti_tool.community.posts import Post, PostKind, Reply
from lti_tool.community.rules import moderates as moderated
from lti_tool.community.store import Visit
from lti_tool.community.tables import PostRow, ReplyRow
from lti_tool.database import db
from lti_tool.errors import Conflict


def find_reply(visit: Visit, reply_id: str) -> Post | Reply:
    """Give a reply to whoever may make it a post; where that was done, the post that it is.

    Raises:
        NotFound: this community has no such reply.
        NotAllowed: the reader doesn't teach the course it was written in.
    """
    row = store.row_now(Reply, visit.key, reply_id)
    if isinstance(row, PostRow):
        return pieces.post_of(row)
    store.permitted(row, visit.reader, rules.can_split)
    return pieces.reply_of(row)


def find_quoting(visit: Visit, reply: Reply) -> Sequence[Reply]:
    """Give the replies that quote one, were written in a course that the reader teaches, and don't tell its author."""
    there = (ReplyRow.community_id == store.community(visit.key), ReplyRow.post_id == reply.post_id)
    later = select(ReplyRow).where(*there, ReplyRow.id != reply.id, store.is_up(ReplyRow))
    replies = map(pieces.reply_of, db.session.scalars(later.order_by(ReplyRow.created_at, ReplyRow.id)))
    own = [each for each in replies if moderated(visit.reader, each) and not rules.tells(reply, each)]
    return [each for each in own if rules.quotes(each.text, reply.text)]


def split(visit: Visit, reply_id: str, wanted: Wanted, now: datetime) -> Post:
    """Make a reply a post, as a trainer wants it; its text stays as it is.

    Raises:
        NotFound: this community has no such reply.
        NotAllowed: the reader doesn't teach the course it was written in.
        Conflict: the reply was moved meanwhile.
    """
    reply = find_reply(visit, reply_id)
    if isinstance(reply, Post):
        return reply
    posts = _locked(visit, {reply.post_id, reply_id})
    row: Any = store.row_now(Reply, visit.key, reply_id)
    if isinstance(row, PostRow) or row.post_id != reply.post_id:
        raise Conflict("reply_moved")
    left = posts[reply.post_id]
    going = [each for each in find_quoting(visit, reply) if each.id in wanted.along]
    settling.forget_answer(row)
    post = rows.to_post(row, PostKind(wanted.kind), wanted.title, now)
    for each in going:
        _take_along(visit, each, post, wanted.reason, now)
    readers.copy_reads(post.community_id, left.id, post.id)
    log.note(post, Deed.SPLIT, visit.reader.person_id, now, wanted.reason).from_post_id = left.id
    return _counted(visit, left, post)


def _locked(visit: Visit, ids: Collection[str]) -> dict[str, PostRow]:
    """Lock a thread, and the place to which a reply goes back that was a post."""
    there = select(PostRow.id).where(PostRow.community_id == store.community(visit.key), PostRow.id.in_(ids))
    return {each: store.locked(PostRow, visit.key, each) for each in sorted(db.session.scalars(there))}


def _take_along(visit: Visit, reply: Reply, post: PostRow, reason: str, now: datetime) -> None:
    row: ReplyRow = store.locked(ReplyRow, visit.key, reply.id)
    settling.forget_answer(row)
    log.note(row, Deed.MOVED, visit.reader.person_id, now, reason).from_post_id = row.post_id
    row.post_id = post.id


def _counted(visit: Visit, left: PostRow, post: PostRow) -> Post:
    db.session.flush()
    for each in (left, post):
        store.count_replies(visit.key, each.id)
        settling.settle(each)
    db.session.refresh(post)
    return pieces.post_of(post)
