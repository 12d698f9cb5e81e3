"""What the rows of a community say: posts, replies and all that is written under posts."""

from collections.abc import Mapping
from typing import Any

from lti_tool.community.offers.rules import Offer
from lti_tool.community.offers.tables import OfferRow
from lti_tool.community.outcomes.rules import Later, Outcome
from lti_tool.community.outcomes.tables import OutcomeRow
from lti_tool.community.posts import Author, Piece, Post, PostKind, Reply, State
from lti_tool.community.rewriting import Row
from lti_tool.community.tables import PostRow, ReplyRow
from lti_tool.community.translating.rules import Translation
from lti_tool.community.translating.tables import TranslationRow
from lti_tool.lti.tables import PersonRow


def post_of(row: PostRow) -> Post:
    """Take a post out of its row."""
    return Post(
        **_common(row),
        kind=row.kind,
        title=row.title,
        answered_at=row.answered_at,
        stage=row.stage or State.OPEN,
        active_at=row.active_at,
        replies=row.replies,
        details=row.details,
        tags=tuple(sorted(tag.tag for tag in row.tags)),
        territory=row.territory,
        summary=row.summary,
        summary_language=row.summary_language,
        locked_reason=row.locked_reason if row.locked_at else None,
        is_pinned=row.pinned_at is not None,
    )


def reply_of(row: ReplyRow) -> Reply:
    """Take a reply out of its row."""
    return Reply(**_common(row), post_id=row.post_id, helped=row.helped, was=_was(row))


def _was(row: ReplyRow) -> Post | None:
    if row.heading is None:
        return None
    heading = {**row.heading, "kind": PostKind(row.heading["kind"]), "tags": tuple(row.heading["tags"])}
    return Post(**_common(row), **heading, answered_at=None, active_at=row.created_at, replies=0)


def translation_of(row: TranslationRow) -> Translation:
    """Take a translation out of its row."""
    return Translation(**_common(row), post_id=row.post_id, title=row.title, of=row.of)


def offer_of(row: OfferRow) -> Offer:
    """Take an offer out of its row."""
    return Offer(**_common(row), post_id=row.post_id, available=row.available, accepted_at=row.accepted_at)


def outcome_of(row: OutcomeRow) -> Outcome:
    """Take an outcome out of its row."""
    return Outcome(
        **_common(row),
        post_id=row.post_id,
        reopened_at=row.reopened_at,
        credited=row.credited,
        later=_later(row),
        dismissed_at=row.dismissed_at,
    )


def _later(row: OutcomeRow) -> Later | None:
    if row.held is None or row.held_at is None:
        return None
    return Later(held=row.held, text=row.held_text or "", language=row.held_language or "", said_at=row.held_at)


def piece_of(row: Row) -> Piece:
    """Take a piece out of its row."""
    if isinstance(row, TranslationRow):
        return translation_of(row)
    if isinstance(row, OfferRow):
        return offer_of(row)
    if isinstance(row, OutcomeRow):
        return outcome_of(row)
    return post_of(row) if isinstance(row, PostRow) else reply_of(row)


def _common(row: Row) -> Mapping[str, Any]:
    return {
        "id": row.id,
        "author": _author(row.author),
        "course_id": row.course_id,
        "text": row.text,
        "language": row.language,
        "version": row.version,
        "created_at": row.created_at,
        "edited_at": row.edited_at,
        "is_deleted": row.deleted_at is not None,
        "hidden_reason": row.hidden_reason if row.hidden_at else None,
        "is_nameless": row.is_nameless,
        "is_by_trainer": row.is_by_trainer,
    }


def _author(row: PersonRow) -> Author:
    return Author(person_id=row.id, name=row.called, number=row.number)
