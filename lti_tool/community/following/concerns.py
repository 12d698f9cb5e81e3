"""Which posts concern somebody, for queries: those that they follow, and those about what they follow."""

from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, select, union

from lti_tool.community.following.tables import FollowedTagRow, FollowRow
from lti_tool.community.offers.tables import OfferRow
from lti_tool.community.tables import PostRow, ReplyRow, TagRow
from lti_tool.community.visits.rules import Stay


def followed(stay: Stay) -> Select[Any]:
    """Select the ids of the posts that somebody follows: unless they stopped it, also where they wrote themselves."""
    candidates = _candidates(stay).subquery()
    return select(candidates.c.id).where(candidates.c.id.not_in(_said(stay, is_on=False)))


def _candidates(stay: Stay) -> CompoundSelect[Any]:
    wrote = [
        select(id_.label("id")).where(
            table.community_id == stay.community_id, table.author_id == stay.person_id, table.deleted_at.is_(None)
        )
        for table, id_ in ((PostRow, PostRow.id), (ReplyRow, ReplyRow.post_id), (OfferRow, OfferRow.post_id))
    ]
    return union(*wrote, _said(stay, is_on=True))


def _said(stay: Stay, *, is_on: bool) -> Select[Any]:
    return select(FollowRow.post_id).where(*own(FollowRow, stay), FollowRow.is_on.is_(is_on))


def own(table: type[FollowRow] | type[FollowedTagRow], stay: Stay) -> tuple[ColumnElement[bool], ...]:
    """Say whose it is."""
    return table.community_id == stay.community_id, table.person_id == stay.person_id


def tagged(stay: Stay) -> Select[Any]:
    """Select the ids of the posts that carry a tag which somebody follows."""
    wanted = select(FollowedTagRow.tag).where(*own(FollowedTagRow, stay))
    return select(TagRow.post_id).where(TagRow.community_id == stay.community_id, TagRow.tag.in_(wanted))
