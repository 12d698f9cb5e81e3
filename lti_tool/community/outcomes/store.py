"""Reads and writes of what came of needs, within one community of one site."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy import and_, select, update

from lti_tool.community import pieces, rewriting, rules, settling, store
from lti_tool.community.offers.rules import Offer
from lti_tool.community.offers.tables import OfferRow
from lti_tool.community.outcomes.rules import ASKED_AFTER, Held, HeldDraft, Outcome, can_say, judge_later, says_the_same
from lti_tool.community.outcomes.tables import OutcomeRow
from lti_tool.community.posts import TAKE_HELP, Draft, Post
from lti_tool.community.rules import Verdict
from lti_tool.community.store import CommunityKey, Saved, Visit
from lti_tool.community.tables import CommunityRow, PostRow
from lti_tool.database import db, found_or_added
from lti_tool.errors import NotAllowed, NotFound

SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A need whose owner is asked whether what came of it still holds."""

    post: Post
    outcome: Outcome


# Reading


def find(key: CommunityKey, post_id: str) -> Sequence[Outcome]:
    """Give all that came of a need so far, the newest first; hidden words included."""
    query = select(OutcomeRow).where(OutcomeRow.community_id == store.community(key), OutcomeRow.post_id == post_id)
    rows = db.session.scalars(query.order_by(OutcomeRow.created_at.desc(), OutcomeRow.id))
    return [pieces.outcome_of(row) for row in rows]


def credited(outcome: Outcome, offers: Sequence[Offer]) -> Sequence[Offer]:
    """Tell whose help an outcome goes back to: what is accepted, or was until the need was opened again."""
    if outcome.is_current:
        return [offer for offer in offers if offer.is_accepted]
    return [offer for offer in offers if offer.is_up and offer.id in outcome.credited]


def find_questions(visit: Visit, now: datetime) -> Sequence[Question]:
    """Give the reader's own needs of which it is time to ask whether the outcome still holds, the oldest first."""
    of_need = (OutcomeRow.community_id == PostRow.community_id, OutcomeRow.post_id == PostRow.id)
    theirs = (PostRow.author_id == visit.reader.person_id, PostRow.kind.in_(TAKE_HELP), PostRow.deleted_at.is_(None))
    unsaid = (OutcomeRow.reopened_at.is_(None), OutcomeRow.held.is_(None), OutcomeRow.dismissed_at.is_(None))
    due = (*unsaid, OutcomeRow.created_at <= now - ASKED_AFTER)
    query = select(PostRow, OutcomeRow).join(OutcomeRow, and_(*of_need))
    query = query.where(PostRow.community_id == store.community(visit.key), *theirs, *due)
    rows = db.session.execute(query.order_by(OutcomeRow.created_at, OutcomeRow.id).limit(SHOWN)).all()
    return [Question(post=pieces.post_of(post), outcome=pieces.outcome_of(outcome)) for post, outcome in rows]


# Writing, in the caller's transaction


def close(visit: Visit, post_id: str, draft: Draft, now: datetime) -> Saved:
    """Say what came of a need, which closes it; sending the same form twice makes one.

    Where another window closed it meanwhile, `piece` is what was written there; where it went or is no need any
    more, `piece` is the post.

    Raises:
        NotFound: this community has no such post, or the outcome's id is somebody else's.
        NotAllowed: the reader neither wrote the need nor teaches its course.
    """
    row: PostRow = store.locked(PostRow, visit.key, post_id)
    post = pieces.post_of(row)
    if not rules.can_close(visit.reader, post):
        if rules.is_author(visit.reader, post):
            return Saved(verdict=Verdict.CLOSED, piece=post)
        raise NotAllowed("piece_of_others")
    current = settling.current_outcome(row)
    if current and current.id != draft.id:
        is_theirs = current.author_id != visit.reader.person_id
        return Saved(verdict=Verdict.CLOSED if is_theirs else Verdict.CONFLICT, piece=pieces.outcome_of(current))
    draft = store.as_nameless_as(post, draft, visit.reader.person_id)
    author = rules.writing_under(post, visit.reader)
    home = found_or_added(CommunityRow, asdict(visit.key), {})
    values = {"post_id": post_id, "credited": [], **rewriting.words(author, draft, now)}
    outcome_row = found_or_added(OutcomeRow, {"community_id": home.id, "id": draft.id}, values)
    if outcome_row.author_id != visit.reader.person_id:
        raise NotFound("id_of_others")
    settling.settle(row)
    outcome = pieces.outcome_of(outcome_row)
    return Saved(verdict=rules.judge(outcome, replace(draft, version=0)), piece=outcome)


def set_aside(post: PostRow, now: datetime) -> None:
    """Keep what came of a need that is opened again, with whom it credits; offers wait to be accepted anew."""
    outcome = settling.current_outcome(post)
    if outcome is None:
        return
    of_post = (OfferRow.community_id == post.community_id, OfferRow.post_id == post.id)
    accepted = (*of_post, OfferRow.accepted_at.is_not(None))
    ids = db.session.scalars(select(OfferRow.id).where(*accepted).order_by(OfferRow.id))
    outcome.reopened_at, outcome.credited = now, list(ids)
    db.session.execute(update(OfferRow).where(*accepted).values(accepted_at=None))


def answer(visit: Visit, draft: HeldDraft, now: datetime) -> Saved:
    """Say whether what came of one's need still holds.

    Raises:
        NotFound: this community has no such outcome.
        NotAllowed: the need is somebody else's.
    """
    post, row = _own(visit, draft.id)
    outcome = pieces.outcome_of(row)
    verdict = judge_later(outcome, draft) if can_say(visit.reader, pieces.post_of(post), outcome) else Verdict.CLOSED
    if verdict is Verdict.SAVED and not says_the_same(outcome.later, draft):
        row.held, row.held_text, row.held_language = Held(draft.held), draft.text, draft.language
        row.held_at, row.version = now, row.version + 1
        settling.settle(post)
    return Saved(verdict=verdict, piece=pieces.outcome_of(row))


def dismiss(visit: Visit, outcome_id: str, now: datetime) -> Outcome:
    """Put the question away; whoever wants to can still answer it in the thread.

    Raises:
        NotFound: this community has no such outcome.
        NotAllowed: the need is somebody else's.
    """
    _, row = _own(visit, outcome_id)
    row.dismissed_at = row.dismissed_at or now
    return pieces.outcome_of(row)


def find_own(visit: Visit, outcome_id: str) -> Question:
    """Give an outcome of one's own need.

    Raises:
        NotFound: this community has no such outcome.
        NotAllowed: the need is somebody else's.
    """
    row: OutcomeRow = store.row_of(OutcomeRow, visit.key, outcome_id)
    post: PostRow = store.row_of(PostRow, visit.key, row.post_id)
    store.permitted(post, visit.reader, rules.is_author)
    return Question(post=pieces.post_of(post), outcome=pieces.outcome_of(row))


def _own(visit: Visit, outcome_id: str) -> tuple[PostRow, OutcomeRow]:
    row: OutcomeRow = store.locked_with_post(Outcome, visit.key, outcome_id)
    post: PostRow = store.row_of(PostRow, visit.key, row.post_id)
    store.permitted(post, visit.reader, rules.is_author)
    return post, row
