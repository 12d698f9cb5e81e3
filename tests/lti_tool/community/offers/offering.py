"""Writes needs and offers of help into the store, where no page is needed."""

from lti_tool.clock import now
from lti_tool.community import store as core
from lti_tool.community.offers import store
from lti_tool.community.offers.rules import OfferDraft
from lti_tool.community.offers.store import Acceptance
from lti_tool.community.posts import Draft, State
from lti_tool.community.store import Saved, Visit
from lti_tool.database import db
from tests.lti_tool.community.talking import new_id


def publish(visit: Visit, kind: str = "need", title: str = "Title") -> str:
    """Publish a post; give its id."""
    draft = Draft(id=new_id(), kind=kind, title=title, text="Text", language="en")
    core.add_post(visit, draft, now())
    db.session.commit()
    return draft.id


def draft(text: str = "I can", **given: str) -> OfferDraft:
    """Give an offer as its form sends it."""
    return OfferDraft(**{"id": new_id(), "text": text, "language": "en", "available": "Fridays", **given})  # type: ignore[arg-type]


def offer(visit: Visit, post_id: str, given: OfferDraft | None = None) -> Saved:
    """Offer help; give what became of it."""
    saved = store.add(visit, post_id, given or draft(), now())
    db.session.commit()
    return saved


def offered(visit: Visit, post_id: str) -> str:
    """Offer help; give the offer’s id."""
    return offer(visit, post_id).piece.id


def accept(visit: Visit, offer_id: str, version: int = 1) -> Acceptance:
    """Accept an offer as it was read; give what became of it."""
    accepted = store.accept(visit, offer_id, version, now())
    db.session.commit()
    return accepted.outcome


def state(visit: Visit, post_id: str) -> State | None:
    """Tell how far a post is."""
    return core.find_post(visit.key, post_id).state
