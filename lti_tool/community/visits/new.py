"""What is new to somebody: selects of what others wrote since a moment, that they may read and haven't.

The moment is that of their last visit, or one that is given. Posts and replies are new to everybody; offers of help,
their acceptance and outcomes to those whom they concern: who follows the need.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from lti_tool.community import store
from lti_tool.community.following import concerns
from lti_tool.community.offers.tables import OfferRow
from lti_tool.community.outcomes.tables import OutcomeRow
from lti_tool.community.posts import TAKE_HELP
from lti_tool.community.store import Table
from lti_tool.community.tables import PostRow, ReplyRow
from lti_tool.community.visits.rules import Stay
from lti_tool.community.visits.tables import ReadRow


def posts(stay: Stay, since: datetime | None = None) -> Select[Any]:
    """Select the ids of posts."""
    new = _is_new(PostRow, PostRow.created_at, stay, since)
    return select(PostRow.id).outerjoin(ReadRow, _read_of(stay, PostRow.id)).where(new, _is_of_others(PostRow, stay))


def replies(stay: Stay, since: datetime | None = None) -> Select[Any]:
    """Select the ids of replies; under a post that is gone nothing counts."""
    return _beneath(ReplyRow, ReplyRow.created_at, stay, since).where(_is_of_others(ReplyRow, stay))


def offers(stay: Stay, since: datetime | None = None) -> Select[Any]:
    """Select the ids of offers of help on needs that somebody follows."""
    made = _beneath(OfferRow, OfferRow.created_at, stay, since, PostRow.kind.in_(TAKE_HELP))
    return made.where(_is_of_others(OfferRow, stay), OfferRow.post_id.in_(concerns.followed(stay)))


def accepted(stay: Stay, since: datetime | None = None) -> Select[Any]:
    """Select the ids of offers that were accepted on needs that somebody follows, and didn't write."""
    theirs = (PostRow.kind.in_(TAKE_HELP), PostRow.author_id != stay.person_id)
    told = _beneath(OfferRow, OfferRow.accepted_at, stay, since, *theirs)
    return told.where(OfferRow.post_id.in_(concerns.followed(stay)))


def outcomes(stay: Stay, since: datetime | None = None) -> Select[Any]:
    """Select the ids of what came of needs that somebody follows, where that still closes them."""
    said = _beneath(OutcomeRow, OutcomeRow.created_at, stay, since, PostRow.kind.in_(TAKE_HELP))
    concerned = OutcomeRow.post_id.in_(concerns.followed(stay))
    return said.where(_is_of_others(OutcomeRow, stay), OutcomeRow.reopened_at.is_(None), concerned)


def _beneath(
    table: type[ReplyRow | OfferRow | OutcomeRow],
    moment: InstrumentedAttribute[Any],
    stay: Stay,
    since: datetime | None,
    *of_post: ColumnElement[bool],
) -> Select[Any]:
    is_under = and_(PostRow.community_id == table.community_id, PostRow.id == table.post_id, store.is_up(PostRow))
    return (
        select(table.id)
        .join(PostRow, and_(is_under, *of_post))
        .outerjoin(ReadRow, _read_of(stay, table.post_id))
        .where(_is_new(table, moment, stay, since))
    )


def _read_of(stay: Stay, post_id: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    return and_(
        ReadRow.community_id == stay.community_id, ReadRow.person_id == stay.person_id, ReadRow.post_id == post_id
    )


def _is_of_others(table: Table, stay: Stay) -> ColumnElement[bool]:
    return table.author_id != stay.person_id


def _is_new(
    table: Table, moment: InstrumentedAttribute[Any], stay: Stay, since: datetime | None
) -> ColumnElement[bool]:
    """Say that something is up, and neither read nor older than a moment; in a first visit nothing is new."""
    return and_(
        table.community_id == stay.community_id,
        moment >= begin if (begin := since or stay.since) else false(),
        store.is_up(table),
        or_(ReadRow.read_until.is_(None), moment > ReadRow.read_until),
    )
