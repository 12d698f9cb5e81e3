"""Keeps the folded words of posts, in the transaction in which they change."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import and_, delete, or_, select, update

from lti_tool.community import placing
from lti_tool.community.finding.rules import indexed
from lti_tool.community.finding.tables import PostWordsRow
from lti_tool.community.kinds.catalogue import KINDS
from lti_tool.community.offers.tables import OfferRow
from lti_tool.community.outcomes.tables import OutcomeRow
from lti_tool.community.posts import PostKind
from lti_tool.community.tables import PostRow, ReplyRow
from lti_tool.community.translating.tables import TranslationRow
from lti_tool.database import INSERTS, db

AT_ONCE = 100
KEY = ("community_id", "post_id")
SAID: Sequence[tuple[Any, ...]] = (
    (ReplyRow, ReplyRow.text, ReplyRow.heading),
    (OfferRow, OfferRow.text, OfferRow.available),
    (OutcomeRow, OutcomeRow.text, OutcomeRow.held_text),
    (TranslationRow, TranslationRow.title, TranslationRow.text),
)
"""What stands under a post, and its texts."""
UP = and_(PostRow.deleted_at.is_(None), PostRow.hidden_at.is_(None))


def keep(community_id: int, post_id: str) -> None:
    """Let a post be found by what it and its replies say now; whoever asks for it holds the post's lock.

    Of one that was merged into another the words are found in that.
    """
    key = {"community_id": community_id, "post_id": post_id}
    columns = (PostRow.version, PostRow.kind, PostRow.title, PostRow.summary, PostRow.text, PostRow.details)
    query = select(*columns).where(PostRow.community_id == community_id, PostRow.id == post_id, UP)
    post = db.session.execute(query).first()
    if post is None:
        db.session.execute(delete(PostWordsRow).filter_by(**key))
        there = placing.thread_now(community_id, post_id)
        return keep(community_id, there) if there != post_id else None
    values = {"version": post.version, **_words(post), "replies": indexed(list(_thread(community_id, post_id)))}
    insert = INSERTS[db.engine.dialect.name](PostWordsRow).values(**key, **values)
    db.session.execute(insert.on_conflict_do_update(index_elements=KEY, set_=values))
    return None


def _words(post: Any) -> Mapping[str, str]:
    heading = indexed([post.title, post.summary or ""])
    return {"heading": heading, "body": indexed([post.text, *_shown(post)])}


def _shown(post: Any) -> Iterator[str]:
    """Go through the fields of the post's kind: what was typed in those of another is kept, and shown to nobody."""
    return (value for name, value in post.details.items() if name in KINDS[post.kind].names)


def _thread(community_id: int, post_id: str) -> Iterator[str]:
    """Go through what is said under a post; the replies come first."""
    for table, *columns in SAID:
        up = (table.deleted_at.is_(None), table.hidden_at.is_(None))
        there = (table.community_id == community_id, table.post_id.in_(_threads(table, community_id, post_id)))
        rows = db.session.execute(select(*columns).where(*there, *up).order_by(table.created_at, table.id))
        yield from (" ".join(_texts(row)) for row in rows)


def _threads(table: Any, community_id: int, post_id: str) -> Sequence[str]:
    """Name the posts whose words stand under one: itself, and for translations what was merged into it too."""
    if table is not TranslationRow:
        return [post_id]
    up = (ReplyRow.deleted_at.is_(None), ReplyRow.hidden_at.is_(None), ReplyRow.heading.is_not(None))
    merged = select(ReplyRow.id).where(ReplyRow.community_id == community_id, ReplyRow.post_id == post_id, *up)
    return [post_id, *db.session.scalars(merged)]


def _texts(row: Sequence[Any]) -> Iterator[str]:
    """Go through the words of a piece; of a reply that was a post its heading too."""
    for said in row:
        if isinstance(said, dict):
            own = KINDS[PostKind(said["kind"])].names
            yield from filter(None, [said["title"], said["summary"], *(said["details"].get(name) for name in own)])
        elif said:
            yield said


def catch_up() -> bool:
    """Take in some posts that a version before this one wrote or changed; tell whether there may be more."""
    joined = and_(PostWordsRow.community_id == PostRow.community_id, PostWordsRow.post_id == PostRow.id)
    is_behind = or_(PostWordsRow.id.is_(None), PostWordsRow.version != PostRow.version)
    behind = select(PostRow.community_id, PostRow.id).outerjoin(PostWordsRow, joined).where(UP, is_behind)
    found = db.session.execute(behind.limit(AT_ONCE)).all()
    for community_id, post_id in found:
        lock(community_id, post_id)
        keep(community_id, post_id)
    db.session.commit()
    return len(found) == AT_ONCE


def lock(community_id: int, post_id: str) -> None:
    """Keep out who changes the post until the transaction ends: older words must not take the place of theirs."""
    untouched = update(PostRow).where(PostRow.community_id == community_id, PostRow.id == post_id)
    db.session.execute(untouched.values(version=PostRow.version), execution_options={"synchronize_session": False})
