"""What a draft puts into a row, and what a deletion takes out of it; in the caller's transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import or_, select, update

from lti_tool.community import settling
from lti_tool.community.files import store as files
from lti_tool.community.history import store as history
from lti_tool.community.offers.tables import OfferRow
from lti_tool.community.outcomes.tables import OutcomeRow
from lti_tool.community.posts import Draft, PostKind, Reader
from lti_tool.community.tables import PostRow, ReplyRow, TagRow
from lti_tool.community.translating.tables import TranslationRow
from lti_tool.database import db

Row: TypeAlias = PostRow | ReplyRow | OfferRow | OutcomeRow | TranslationRow


def words(reader: Reader, draft: Draft, now: datetime) -> Mapping[str, Any]:
    """Give the columns that everything has that is written."""
    return {
        "author_id": reader.person_id,
        "course_id": reader.course_id,
        "is_by_trainer": reader.is_trainer,
        "text": draft.text,
        "language": draft.language,
        "is_nameless": draft.is_nameless,
        "version": 1,
        "created_at": now,
    }


def heading(draft: Draft) -> Mapping[str, Any]:
    """Give the columns that only posts have."""
    return {
        "kind": PostKind(draft.kind),
        "title": draft.title,
        "details": dict(draft.details),
        "territory": draft.territory,
        "summary": draft.summary or None,
        "summary_language": draft.summary_language or None,
    }


def heading_kept(draft: Draft) -> dict[str, Any]:
    """Write what only posts have for a reply that was one."""
    return {**heading(draft), "kind": str(draft.kind), "tags": list(draft.tags)}


def tag(community_id: int, draft: Draft) -> None:
    """Put the tags to a new post."""
    db.session.add_all(TagRow(community_id=community_id, post_id=draft.id, tag=tag) for tag in draft.tags)
    db.session.flush()


def rewrite(row: Row, draft: Draft) -> None:
    """Put a draft in the place of what a row says."""
    row.text, row.language, row.is_nameless = draft.text, draft.language, draft.is_nameless
    if isinstance(row, TranslationRow):
        row.title, row.of = draft.title, draft.of
    if isinstance(row, ReplyRow) and row.heading:
        row.heading = heading_kept(draft)
    if isinstance(row, PostRow):
        put_heading(row, draft)
    if isinstance(row, PostRow | ReplyRow) and row.is_nameless:
        hide_name_below(row)


def put_heading(row: PostRow, draft: Draft) -> None:
    """Put what only posts have in the place of what a row says."""
    for name, value in heading(draft).items():
        setattr(row, name, value)
    _retag(row, draft.tags)


def _retag(row: PostRow, tags: Sequence[str]) -> None:
    kept = [tag for tag in row.tags if tag.tag in tags]
    new = set(tags) - {tag.tag for tag in kept}
    row.tags = kept + [TagRow(community_id=row.community_id, post_id=row.id, tag=tag) for tag in sorted(new)]


def hide_name_below(row: PostRow | ReplyRow) -> None:
    """Take the author's name off what they wrote under their own nameless post: it would name them.

    Only the trainers of the post's course still learn it, wherever each piece was written. Under a reply something
    stands only where it was a post: translations.
    """
    here = (ReplyRow.community_id == row.community_id, ReplyRow.post_id == row.id, ReplyRow.author_id == row.author_id)
    merged = select(ReplyRow.id).where(*here, ReplyRow.heading.is_not(None))
    for table in (ReplyRow, OutcomeRow, TranslationRow):
        is_below = or_(table.post_id == row.id, table.post_id.in_(merged))
        theirs = (table.community_id == row.community_id, is_below, table.author_id == row.author_id)
        db.session.execute(update(table).where(*theirs).values(is_nameless=True, course_id=row.course_id))


def forget(row: Row, now: datetime) -> None:
    """Take the words out of a row for good, and out of what was said of them in other languages."""
    empty(row, now)
    if isinstance(row, PostRow | ReplyRow):
        history.forget(row)
        files.forget(row)
    if isinstance(row, PostRow | ReplyRow):
        _empty_translations(row, now)
    if isinstance(row, ReplyRow | OutcomeRow):
        settling.forget_answer(row)
    db.session.flush()


def empty(row: Row, now: datetime) -> None:
    """Take the words out of a row alone."""
    row.deleted_at, row.text = row.deleted_at or now, ""
    if isinstance(row, ReplyRow):
        row.heading = None
    if isinstance(row, OfferRow):
        row.available, row.accepted_at = "", None
    if isinstance(row, PostRow | TranslationRow):
        row.title = ""
    if isinstance(row, PostRow):
        row.details, row.tags, row.territory = {}, [], None
        row.summary = row.summary_language = None


def _empty_translations(row: PostRow | ReplyRow, now: datetime) -> None:
    of_post = (TranslationRow.community_id == row.community_id, TranslationRow.post_id == row.id)
    for translation in db.session.scalars(select(TranslationRow).where(*of_post)):
        empty(translation, now)
