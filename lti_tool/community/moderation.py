"""What is said about a piece rather than in it: hidden by a trainer, or a need or doubt that found its answer."""

from datetime import datetime

from sqlalchemy import case, select, update

from lti_tool.community import pieces, rules, settling, store, threads
from lti_tool.community.caring import log
from lti_tool.community.caring.rules import Deed
from lti_tool.community.outcomes import store as outcomes
from lti_tool.community.posts import Piece
from lti_tool.community.store import Sort, Visit
from lti_tool.community.tables import PostRow, ReplyRow
from lti_tool.database import db
from lti_tool.errors import NotFound


def find_moderated(sort: Sort, visit: Visit, piece_id: str) -> Piece:
    """Give a post or a reply to a trainer of the course it was written in.

    Raises:
        NotFound: this community has none of that id.
        NotAllowed: the reader is no such trainer.
    """
    row = store.row_now(sort, visit.key, piece_id)
    return store.permitted(row, visit.reader, rules.can_moderate)


def hide(sort: Sort, visit: Visit, piece_id: str, reason: str, now: datetime) -> Piece:
    """Keep a post or reply from everybody but its author and the course's trainers.

    Raises:
        NotFound: this community has none of that id.
        NotAllowed: the reader doesn't teach the course it was written in.
    """
    row = store.locked_with_post(sort, visit.key, piece_id)
    store.permitted(row, visit.reader, rules.can_moderate)
    is_known = row.hidden_at is not None and row.hidden_reason == reason
    row.hidden_at, row.hidden_by_id, row.hidden_reason = now, visit.reader.person_id, reason
    if isinstance(row, PostRow):
        row.pinned_at = None
    log.close_reports(row, now)
    if not is_known:
        log.note(row, Deed.HID, visit.reader.person_id, now, reason)
    return store.settled(visit.key, row)


def bring_back(sort: Sort, visit: Visit, piece_id: str, now: datetime) -> Piece:
    """Show what was hidden to everybody again; the answer and what was accepted count again.

    Raises:
        NotFound: this community has none of that id.
        NotAllowed: the reader doesn't teach the course it was written in.
    """
    row = store.locked_with_post(sort, visit.key, piece_id)
    store.permitted(row, visit.reader, rules.can_moderate)
    if row.hidden_at:
        row.hidden_at = row.hidden_by_id = row.hidden_reason = None
        log.note(row, Deed.SHOWED, visit.reader.person_id, now)
    return store.settled(visit.key, row)


def mark_answered(visit: Visit, post_id: str, reply_id: str, now: datetime) -> Piece:
    """Say which reply answered a need or a doubt.

    Raises:
        NotFound: this community has no such post, or the post no such reply that can be read.
        NotAllowed: the reader neither wrote it nor teaches its course, or it asks for no answer.
    """
    row = _markable(visit, post_id)
    its_replies = threads.of_post(visit.key, post_id)
    if not db.session.scalar(select(ReplyRow.id).where(its_replies, ReplyRow.id == reply_id, store.is_up(ReplyRow))):
        raise NotFound("reply_unknown")
    row.answered_at = row.answered_at or now
    _name_helpful(row, reply_id)
    return pieces.piece_of(row)


def reopen(visit: Visit, post_id: str, now: datetime) -> Piece:
    """Say that a need or a doubt still waits; what came of it so far stays in its thread.

    Raises:
        NotFound: this community has no such post.
        NotAllowed: the reader neither wrote it nor teaches its course, or it asks for no answer.
    """
    row = _markable(visit, post_id)
    row.answered_at = None
    _name_helpful(row, None)
    outcomes.set_aside(row, now)
    settling.settle(row)
    return pieces.piece_of(row)


def _markable(visit: Visit, post_id: str) -> PostRow:
    row = store.locked_post(visit.key, post_id)
    store.permitted(row, visit.reader, rules.can_mark)
    return row


def _name_helpful(post: PostRow, reply_id: str | None) -> None:
    of_post = update(ReplyRow).where(ReplyRow.community_id == post.community_id, ReplyRow.post_id == post.id)
    helped = case((ReplyRow.id == (reply_id or ""), True), else_=False)
    db.session.execute(of_post.values(helped=helped), execution_options={"synchronize_session": False})
