"""Reads and writes of visits, of what was read, and counts of what is new."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute

from lti_tool.community import store
from lti_tool.community.offers.tables import OfferRow
from lti_tool.community.outcomes.tables import OutcomeRow
from lti_tool.community.posts import MOST_URGENT, Post
from lti_tool.community.store import Visit
from lti_tool.community.tables import CommunityRow, MemberRow, PostRow, ReplyRow
from lti_tool.community.threads import Thread
from lti_tool.community.visits import new, rules
from lti_tool.community.visits.rules import MOST_COUNTED, Mark, News, Stay
from lti_tool.community.visits.tables import ReadRow
from lti_tool.database import db, found_or_added

# Writing, in the caller's transaction


def arrive(visit: Visit, now: datetime) -> Stay:
    """Note that somebody is in the community: the first time, again after an absence, or still."""
    home = found_or_added(CommunityRow, asdict(visit.key), {})
    key = {"community_id": home.id, "person_id": visit.reader.person_id}
    row = found_or_added(MemberRow, key, {"joined_at": now, "here_since": now, "seen_at": now})
    seen_at = row.seen_at or row.here_since
    if rules.begins(seen_at, now):
        row.here_before, row.here_since = row.here_since, now
    if row.seen_at is None or rules.is_to_note(seen_at, now):
        row.seen_at = now
    return Stay(**key, since=row.here_before)


def find(visit: Visit) -> Stay | None:
    """Give the visit that goes on; of somebody who never arrived there is none."""
    query = select(MemberRow).where(
        MemberRow.community_id == store.community(visit.key), MemberRow.person_id == visit.reader.person_id
    )
    row = db.session.scalar(query)
    return Stay(community_id=row.community_id, person_id=row.person_id, since=row.here_before) if row else None


def read(stay: Stay, thread: Thread) -> None:
    """Note that somebody was shown a page of a thread as it is; the last one shows what stands beside it too."""
    written = [piece.created_at for piece in (thread.post, *thread.replies)]
    newest = max([*written, *(_beside(stay, thread.post) if thread.is_last else [])])
    key = {"community_id": stay.community_id, "person_id": stay.person_id, "post_id": thread.post.id}
    row = found_or_added(ReadRow, key, {"read_until": newest})
    row.read_until = max(row.read_until, newest)


def _beside(stay: Stay, post: Post) -> Sequence[datetime]:
    """Tell when the newest of what stands beside a need was made: offers, their acceptance, outcomes."""
    if not post.kind.takes_help:
        return []
    newest = [
        select(func.max(moment)).where(table.community_id == stay.community_id, table.post_id == post.id)
        for table, moment in (
            (OfferRow, OfferRow.created_at),
            (OfferRow, OfferRow.accepted_at),
            (OutcomeRow, OutcomeRow.created_at),
        )
    ]
    found = db.session.execute(select(*(one.scalar_subquery() for one in newest))).one()
    return [moment for moment in found if moment is not None]


# Reading


def news(stay: Stay) -> News:
    """Count what is new, and the needs that wait for help."""
    looks = (new.posts(stay), new.replies(stay), new.offers(stay), new.outcomes(stay))
    open_needs = select(func.count()).where(*_waits(stay)).scalar_subquery()
    found = db.session.execute(select(open_needs, *(_count(look) for look in looks))).one()
    return News(new=min(sum(found[1:]), MOST_COUNTED + 1), open_needs=found[0])


def _count(look: Select[Any]) -> ColumnElement[int]:
    """Count no further than is told."""
    some = look.limit(MOST_COUNTED + 1).subquery()
    return select(func.count()).select_from(some).scalar_subquery()


def _waits(stay: Stay) -> Sequence[ColumnElement[bool]]:
    return (
        PostRow.community_id == stay.community_id,
        PostRow.urgency == MOST_URGENT,
        PostRow.author_id != stay.person_id,
    )


def marks(stay: Stay, posts: Collection[Post]) -> Mapping[str, Mark]:
    """Tell what is new of some posts, by their ids; of the others nothing is."""
    ids = [post.id for post in posts]
    written = set(db.session.scalars(new.posts(stay).where(PostRow.id.in_(ids))))
    replies = _counted(new.replies(stay), ReplyRow.post_id, ids)
    needs = [post.id for post in posts if post.kind.takes_help]
    offers = _counted(new.offers(stay), OfferRow.post_id, needs)
    outcomes = _counted(new.outcomes(stay), OutcomeRow.post_id, needs)
    return {
        id_: Mark(
            is_new=id_ in written,
            replies=replies.get(id_, 0),
            offers=offers.get(id_, 0),
            has_outcome=id_ in outcomes,
        )
        for id_ in {*written, *replies, *offers, *outcomes}
    }


def _counted(look: Select[Any], post_id: InstrumentedAttribute[str], ids: Collection[str]) -> Mapping[str, int]:
    """Count by posts; of none nothing is asked."""
    if not ids:
        return {}
    rows = db.session.execute(look.where(post_id.in_(ids)).with_only_columns(post_id, func.count()).group_by(post_id))
    return {row[0]: row[1] for row in rows}


def first_new(stay: Stay, post_id: str) -> str | None:
    """Give the first reply under a post that is new to somebody; nothing where none is."""
    look = new.replies(stay).where(ReplyRow.post_id == post_id)
    found: str | None = db.session.scalar(look.order_by(ReplyRow.created_at, ReplyRow.id).limit(1))
    return found
