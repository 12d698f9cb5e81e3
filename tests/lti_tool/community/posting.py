"""Writes posts and replies into the store, where no page is needed."""

from lti_tool.clock import now
from lti_tool.community import listing, store
from lti_tool.community.listing import Filters
from lti_tool.community.posts import Draft, Piece, PostKind, Reader
from lti_tool.community.rules import Verdict
from lti_tool.community.store import CommunityKey, Saved, Visit
from lti_tool.database import db
from tests.lti_tool.community.talking import new_id
from tests.lti_tool.entering import Client


def visit_of(client: Client, *, is_trainer: bool = False, site_id: int = 1, slug: str = "practice") -> Visit:
    """Tell who is asking: the person of a browser, in a community."""
    reader = Reader(person_id=client.person_id, course_id=client.course_id, is_trainer=is_trainer)
    return Visit(key=CommunityKey(site_id=site_id, slug=slug), reader=reader)


def draft(kind: str = "need", title: str = "Title", text: str = "Text", **given: str) -> Draft:
    """Give a post as its form sends it."""
    return Draft(**{"id": new_id(), "kind": kind, "title": title, "text": text, "language": "en", **given})  # type: ignore[arg-type]


def words(text: str = "A reply") -> Draft:
    """Give a reply as its form sends it."""
    return Draft(id=new_id(), text=text, language="en")


def publish(visit: Visit, given: Draft) -> Piece:
    """Publish a post and insist that it was."""
    saved = store.add_post(visit, given, now())
    db.session.commit()
    assert saved.verdict is Verdict.SAVED
    return saved.piece


def answer(visit: Visit, post: Piece, given: Draft | None = None) -> Saved:
    """Reply to a post; give what became of it."""
    saved = store.add_reply(visit, post.id, given or words(), now())
    db.session.commit()
    return saved


def titles(visit: Visit, kind: PostKind | None = None) -> list[str]:
    """Give the titles on the first page of the list, in their order."""
    return [post.title for post in listing.find_page(visit, Filters(kind=kind), None).posts]
