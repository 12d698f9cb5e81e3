"""Writes into a post how far it is, after something in its thread changed; in the caller's transaction.

Whoever asks for it holds the post's lock, or what another writes meanwhile would be missed.
"""

from datetime import datetime

from sqlalchemy import func, select

from lti_tool.community.finding import index
from lti_tool.community.offers.tables import OfferRow
from lti_tool.community.outcomes.rules import Held
from lti_tool.community.outcomes.tables import OutcomeRow
from lti_tool.community.posts import State
from lti_tool.community.tables import PostRow, ReplyRow
from lti_tool.database import db


def settle(post: PostRow) -> None:
    """Say when the post was closed, how far its offers and its outcome bring it, and by which words it is found."""
    db.session.flush()
    outcome, answer = current_outcome(post), _answer(post)
    if outcome:
        post.answered_at = post.answered_at or outcome.created_at
    elif answer:
        is_up = answer.deleted_at is None and answer.hidden_at is None
        post.answered_at = (post.answered_at or answer.created_at) if is_up else None
    begun, post.newest_offer_at = _offered(post)
    post.stage = _ended(outcome) if outcome else begun
    db.session.flush()
    index.keep(post.community_id, post.id)


def forget_answer(reply: ReplyRow | OutcomeRow) -> None:
    """Open a post again whose answer is deleted; where an outcome closes it too, `settle` closes it again."""
    if isinstance(reply, ReplyRow) and reply.helped:
        reply.helped = False
        db.session.get_one(PostRow, (reply.community_id, reply.post_id)).answered_at = None


def current_outcome(post: PostRow) -> OutcomeRow | None:
    """Give the outcome that closes a need."""
    of_post = (OutcomeRow.community_id == post.community_id, OutcomeRow.post_id == post.id)
    return db.session.scalar(select(OutcomeRow).where(*of_post, OutcomeRow.reopened_at.is_(None)))


def has_answer(post: PostRow) -> bool:
    """Tell whether a reply is named as what answered a post."""
    return _answer(post) is not None


def _answer(post: PostRow) -> ReplyRow | None:
    of_post = (ReplyRow.community_id == post.community_id, ReplyRow.post_id == post.id)
    return db.session.scalar(select(ReplyRow).where(*of_post, ReplyRow.helped))


def _ended(outcome: OutcomeRow) -> State:
    return State.HELD if outcome.held is Held.YES else State.CLOSED


def _offered(post: PostRow) -> tuple[State, datetime | None]:
    """Tell how far the offers that everybody can read bring a need, and when the newest of them was made."""
    counts = select(func.count(), func.count(OfferRow.accepted_at), func.max(OfferRow.created_at))
    of_post = (OfferRow.community_id == post.community_id, OfferRow.post_id == post.id)
    up = (OfferRow.deleted_at.is_(None), OfferRow.hidden_at.is_(None))
    count, accepted, newest = db.session.execute(counts.where(*of_post, *up)).one()
    if accepted:
        return State.ACCEPTED, newest
    return State.OFFERED if count else State.OPEN, newest
