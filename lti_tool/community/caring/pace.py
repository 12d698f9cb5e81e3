"""How much somebody wrote lately, by what is saved."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select

from lti_tool.community import store
from lti_tool.community.caring import rules
from lti_tool.community.caring.rules import Limit
from lti_tool.community.offers.rules import Offer
from lti_tool.community.offers.tables import OfferRow
from lti_tool.community.posts import Post
from lti_tool.community.store import Sort, Visit
from lti_tool.community.tables import MemberRow, PostRow, ReplyRow
from lti_tool.database import db


def reached(visit: Visit, sort: Sort, piece_id: str, now: datetime) -> Limit | None:
    """Give the limit that somebody reached who writes too much; what is saved already is never held back.

    Two that are sent at the same moment may both pass.
    """
    limit = rules.limit_of(visit.reader, _joined_at(visit), now)
    if sort is Post:
        is_over = _count(visit, PostRow, now) >= limit.posts
    else:
        is_over = _count(visit, ReplyRow, now) + _count(visit, OfferRow, now) >= limit.replies
    return limit if is_over and not _is_saved(visit, sort, piece_id) else None


def _joined_at(visit: Visit) -> datetime | None:
    return db.session.scalar(
        select(MemberRow.joined_at).where(
            MemberRow.community_id == store.community(visit.key), MemberRow.person_id == visit.reader.person_id
        )
    )


def _count(visit: Visit, table: Any, now: datetime) -> int:
    """Count what was written within the span; what was deleted since, too."""
    lately = (*_theirs(visit, table), table.created_at > now - rules.SPAN)
    return db.session.scalar(select(func.count()).select_from(table).where(*lately)) or 0


def _is_saved(visit: Visit, sort: Sort, piece_id: str) -> bool:
    table: Any = {Post: PostRow, Offer: OfferRow}.get(sort, ReplyRow)
    return db.session.scalar(select(table.id).where(*_theirs(visit, table), table.id == piece_id)) is not None


def _theirs(visit: Visit, table: Any) -> tuple[ColumnElement[bool], ...]:
    return table.community_id == store.community(visit.key), table.author_id == visit.reader.person_id
