"""Reads and writes of offers, within one community of one site."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from lti_tool.community import pieces, rewriting, rules, settling, store
from lti_tool.community.offers.rules import Offer, OfferDraft, judge, says_the_same
from lti_tool.community.offers.tables import OfferRow
from lti_tool.community.posts import Piece, Post
from lti_tool.community.rules import Verdict
from lti_tool.community.store import CommunityKey, Saved, Visit
from lti_tool.community.tables import CommunityRow, PostRow
from lti_tool.database import db, found_or_added
from lti_tool.errors import NotAllowed, NotFound

SHOWN = 10


class Acceptance(StrEnum):
    """What became of an offer that somebody wanted to accept."""

    DONE = "done"
    GONE = "gone"
    """It was withdrawn or hidden meanwhile."""
    CHANGED = "changed"
    """It says something else than what was read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """What became of a wish to accept an offer; `offer` is what is there now."""

    outcome: Acceptance
    offer: Offer


# Reading


def find(key: CommunityKey, post_id: str) -> Sequence[Offer]:
    """Give a need's offers, the accepted first, each part in the order they were made; hidden and deleted included."""
    query = select(OfferRow).where(OfferRow.community_id == store.community(key), OfferRow.post_id == post_id)
    offers = [pieces.offer_of(row) for row in db.session.scalars(query.order_by(OfferRow.created_at, OfferRow.id))]
    return sorted(offers, key=lambda offer: not offer.is_accepted)


def find_accepted(visit: Visit) -> Sequence[Post]:
    """Give the needs that wait for the help that this reader offered and that was accepted, the newest word first."""
    mine = (OfferRow.author_id == visit.reader.person_id, OfferRow.accepted_at.is_not(None), store.is_up(OfferRow))
    accepted = select(OfferRow.post_id).where(OfferRow.community_id == store.community(visit.key), *mine)
    needs = select(PostRow).where(PostRow.community_id == store.community(visit.key), PostRow.id.in_(accepted))
    newest = (PostRow.active_at.desc(), PostRow.id.desc())
    rows = db.session.scalars(needs.where(PostRow.waits).order_by(*newest).limit(SHOWN))
    return [pieces.post_of(row) for row in rows]


# Writing, in the caller's transaction


def add(visit: Visit, post_id: str, draft: OfferDraft, now: datetime) -> Saved:
    """Offer help, unless the need was closed or went meanwhile; sending the same form twice makes one.

    Raises:
        NotFound: this community has no such post, or the offer's id is somebody else's.
        NotAllowed: it is the reader's own need.
    """
    row = store.locked_thread(visit.key, post_id)
    post = pieces.post_of(row)
    if post.id == post_id and rules.is_author(visit.reader, post):
        raise NotAllowed("need_of_ones_own")
    if not rules.can_offer(visit.reader, post):
        return Saved(verdict=Verdict.CLOSED, piece=post)
    values = {"post_id": post.id, "available": draft.available, **rewriting.words(visit.reader, draft, now)}
    home = found_or_added(CommunityRow, asdict(visit.key), {})
    offer_row = found_or_added(OfferRow, {"community_id": home.id, "id": draft.id}, values)
    if offer_row.author_id != visit.reader.person_id:
        raise NotFound("id_of_others")
    settling.settle(row)
    offer = pieces.offer_of(offer_row)
    return Saved(verdict=judge(offer, replace(draft, version=0)), piece=offer)


def edit(visit: Visit, draft: OfferDraft, now: datetime) -> Saved:
    """Change an offer of one's own, unless it was changed or withdrawn elsewhere meanwhile.

    Raises:
        NotFound: this community has none of that id.
        NotAllowed: it is somebody else's.
    """
    row: OfferRow = store.locked_with_post(Offer, visit.key, draft.id)
    store.permitted(row, visit.reader, rules.is_author)
    offer = pieces.offer_of(row)
    verdict = judge(offer, draft)
    if verdict is Verdict.SAVED and not says_the_same(offer, draft):
        row.text, row.language, row.available = draft.text, draft.language, draft.available
        row.version, row.edited_at = row.version + 1, now
        store.let_find(row)
    return Saved(verdict=verdict, piece=pieces.offer_of(row))


def accept(visit: Visit, offer_id: str, version: int, now: datetime) -> Accepted:
    """Accept an offer as it was read, in `version`; the others may be accepted too.

    Raises:
        NotFound: this community has none of that id.
        NotAllowed: the reader neither wrote the need nor teaches its course.
    """
    post, row = _acceptable(visit, offer_id)
    offer = pieces.offer_of(row)
    if not offer.is_up:
        return Accepted(outcome=Acceptance.GONE, offer=offer)
    if offer.version != version:
        return Accepted(outcome=Acceptance.CHANGED, offer=offer)
    row.accepted_at = row.accepted_at or now
    settling.settle(post)
    return Accepted(outcome=Acceptance.DONE, offer=pieces.offer_of(row))


def take_back(visit: Visit, offer_id: str) -> Piece:
    """Say that an offer isn't accepted after all.

    Raises:
        NotFound: this community has none of that id.
        NotAllowed: the reader neither wrote the need nor teaches its course.
    """
    post, row = _acceptable(visit, offer_id)
    row.accepted_at = None
    settling.settle(post)
    return pieces.offer_of(row)


def _acceptable(visit: Visit, offer_id: str) -> tuple[PostRow, OfferRow]:
    row: OfferRow = store.locked_with_post(Offer, visit.key, offer_id)
    post: PostRow = store.row_of(PostRow, visit.key, row.post_id)
    store.permitted(post, visit.reader, rules.can_close)
    return post, row
