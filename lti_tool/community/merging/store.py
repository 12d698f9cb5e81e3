"""Merges a post into another, in the caller's transaction: its words, its author and its address stay."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, exists, select, union, update

from lti_tool.community import pieces, settling, store
from lti_tool.community.calendar.tables import MeetingRow
from lti_tool.community.caring import log
from lti_tool.community.caring.rules import Deed
from lti_tool.community.caring.tables import DeedRow
from lti_tool.community.finding import rules as finding
from lti_tool.community.finding import store as found
from lti_tool.community.merging import readers, rows, rules
from lti_tool.community.merging.rules import Obstacle, Under
from lti_tool.community.offers.tables import OfferRow
from lti_tool.community.outcomes.tables import OutcomeRow
from lti_tool.community.posts import Post, Reply
from lti_tool.community.store import Visit
from lti_tool.community.tables import PostRow, ReplyRow
from lti_tool.community.translating.tables import TranslationRow
from lti_tool.community.typed import is_id
from lti_tool.database import db
from lti_tool.errors import Conflict, NotFound

MOST_OFFERED = 20
HELP = (OfferRow, OutcomeRow, MeetingRow)
"""What stands under needs."""

# Reading


def find_post(visit: Visit, post_id: str) -> Post | Reply:
    """Give a post to whoever may merge it; where that was done, the reply that it is.

    Raises:
        NotFound: this community has no such post.
        NotAllowed: the reader doesn't teach the course it was written in.
    """
    row = store.row_now(Post, visit.key, post_id)
    if isinstance(row, ReplyRow):
        return pieces.reply_of(row)
    store.permitted(row, visit.reader, rules.can_merge)
    return pieces.post_of(row)


def find_targets(visit: Visit, post: Post, query: str) -> Sequence[Post]:
    """Give the posts that one can be merged into: those with the words that are looked for, or else the newest."""
    fitting = (
        PostRow.course_id == visit.reader.course_id,
        PostRow.locked_at.is_(None),
        PostRow.id != post.id,
    )
    if words := finding.words_of(query):
        return found.search(visit.key, words, fitting).posts
    newest = select(PostRow).where(found.is_up_in(visit.key), *fitting).order_by(PostRow.active_at.desc(), PostRow.id)
    return [pieces.post_of(row) for row in db.session.scalars(newest.limit(MOST_OFFERED))]


def find_target(visit: Visit, post_id: str) -> Post | None:
    """Give the post that was chosen, or the one that this was merged into meanwhile."""
    if not is_id(post_id):
        return None
    try:
        return pieces.post_of(store.row_of(PostRow, visit.key, store.standing(visit.key, post_id)))
    except NotFound:
        return None


def obstacle(visit: Visit, post: Post, target: Post | None) -> Obstacle | None:
    """Tell what keeps a post from being merged into another, as both are now."""
    return rules.obstacle(visit.reader, post, target, _under(visit, post))


def _under(visit: Visit, post: Post) -> Under:
    home = store.community(visit.key)
    ended = exists().where(*_at(OutcomeRow, home, post.id), OutcomeRow.reopened_at.is_(None))
    held = [exists().where(*_at(table, home, post.id)) for table in HELP]
    is_ended, *has = db.session.execute(select(ended, *held)).one()
    return Under(is_ended=bool(is_ended), has_help=any(has), named=_named(home, post))


def _named(home: Any, post: Post) -> Collection[int]:
    """Tell who wrote a post or something under it under their name."""
    tables: tuple[Any, ...] = (ReplyRow, OutcomeRow, TranslationRow)
    under = [select(table.author_id).where(*_at(table, home, post.id), ~table.is_nameless) for table in tables]
    own = () if post.is_nameless else (post.author.person_id,)
    return {*db.session.scalars(union(*under)), *own}


def _at(table: Any, home: Any, post_id: str) -> tuple[Any, ...]:
    return table.community_id == home, table.post_id == post_id


# Writing


def merge(visit: Visit, post_id: str, target_id: str, reason: str, now: datetime) -> Reply:
    """Make a post a reply to another, with a reason that its author reads, and put all that stood under it there.

    Raises:
        NotFound: this community has no such post.
        NotAllowed: the reader doesn't teach the course it was written in.
        Conflict: it was merged into another one meanwhile, or can't be merged into this one any more.
    """
    if not is_id(target_id):
        raise NotFound("piece_unknown")
    there = store.standing(visit.key, target_id)
    posts: dict[str, PostRow] = {each: store.locked(PostRow, visit.key, each) for each in sorted({post_id, there})}
    target = posts[there]
    post = find_post(visit, post_id)
    if isinstance(post, Reply):
        return _merged_already(post, target)
    if obstacle(visit, post, pieces.post_of(target)):
        raise Conflict("merging_meanwhile")
    return _merge(visit, posts[post_id], target, reason, now)


def _merged_already(reply: Reply, target: PostRow) -> Reply:
    if reply.post_id != target.id:
        raise Conflict("merged_elsewhere")
    return reply


def _merge(visit: Visit, row: PostRow, target: PostRow, reason: str, now: datetime) -> Reply:
    home, answered_at = row.community_id, row.answered_at
    keeps_answer = rules.takes_answer(pieces.post_of(row), pieces.post_of(target))
    readers.bring_follows(home, row.id, target.id)
    readers.join_reads(home, row.id, target.id)
    _keep_planner_nameless(row)
    reply = rows.to_reply(row, target.id, now)
    _bring(row, target, keeps_answer=keeps_answer)
    log.note(reply, Deed.MERGED, visit.reader.person_id, now, reason)
    if keeps_answer and settling.has_answer(target):
        target.answered_at = answered_at
    for each in (row, target):
        store.count_replies(visit.key, each.id)
        settling.settle(each)
    db.session.refresh(reply)
    return pieces.reply_of(reply)


def _keep_planner_nameless(row: PostRow) -> None:
    """Go on naming nobody who planned a meeting about their own nameless need."""
    if row.is_nameless:
        theirs = (*_at(MeetingRow, row.community_id, row.id), MeetingRow.planner_id == row.author_id)
        nameless = update(MeetingRow).where(*theirs).values(is_nameless=True, course_id=row.course_id)
        db.session.execute(nameless, execution_options=log.AS_IT_IS)


def _bring(row: PostRow, target: PostRow, *, keeps_answer: bool) -> None:
    """Put what stood under a post under another."""
    if not keeps_answer:
        _run(update(ReplyRow).where(*_at(ReplyRow, row.community_id, row.id)).values(helped=False))
    for table in (ReplyRow, *HELP):
        _run(update(table).where(*_at(table, row.community_id, row.id)).values(post_id=target.id))
    left = and_(DeedRow.community_id == row.community_id, DeedRow.from_post_id == row.id)
    _run(update(DeedRow).where(left).values(from_post_id=target.id))


def _run(statement: Any) -> None:
    db.session.execute(statement, execution_options=log.AS_IT_IS)
