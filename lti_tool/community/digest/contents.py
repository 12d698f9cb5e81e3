"""What a digest tells somebody: chosen when it is due, and looked up again when it leaves."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, false, func, select

from lti_tool.community import pieces
from lti_tool.community.connectors import store as connectors
from lti_tool.community.digest.rules import MAYBE_SENT, MOST_BENEATH, MOST_TITLES, MOST_WHOLE, Contents, Event, Sort
from lti_tool.community.digest.tables import CallRow, MailRow
from lti_tool.community.following import concerns
from lti_tool.community.offers.tables import OfferRow
from lti_tool.community.outcomes.tables import OutcomeRow
from lti_tool.community.posts import MOST_URGENT, Piece, Post
from lti_tool.community.store import Table
from lti_tool.community.tables import PostRow, ReplyRow
from lti_tool.community.visits import new
from lti_tool.community.visits.rules import Stay
from lti_tool.database import db

MOST = 300
"""Posts, and replies, that one mail looks at: the newest."""
TABLES: Mapping[Sort, type[ReplyRow | OfferRow | OutcomeRow]] = {
    Sort.OUTCOME: OutcomeRow,
    Sort.ACCEPTED: OfferRow,
    Sort.OFFER: OfferRow,
    Sort.REPLY: ReplyRow,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A mail's posts and what stands beneath them, whole, and how many needs wait for help in all."""

    contents: Contents
    posts: Mapping[str, Post]
    beneath: Mapping[Event, Piece]
    open_needs: int


def is_any(stay: Stay, since: datetime, until: datetime) -> bool:
    """Tell whether there is anything to tell of what was written between two moments."""
    beneath = [look for _, look in _looks(stay, since, until)]
    looks = (_posts(stay, since, until), *beneath, _calls(stay, until))  # mostly the first one tells
    return any(db.session.scalar(look.limit(1)) is not None for look in looks)


def choose(stay: Stay, since: datetime, until: datetime, mail_id: int) -> Contents:
    """Choose what a mail tells: nothing that was read, is the reader's own, hidden or deleted; the newest first.

    A need that waits for the reader as a connector is told even if they read it, and in one mail only.
    """
    calls = db.session.scalars(_calls(stay, until, mail_id)).all()
    posts = _posts(stay, since, until).order_by(PostRow.created_at.desc(), PostRow.id).limit(MOST)
    written = db.session.execute(posts.with_only_columns(PostRow.id, PostRow.urgency)).all()
    needs = [id_ for id_, urgency in written if urgency == MOST_URGENT and id_ not in calls]
    by_tag = set(db.session.scalars(concerns.tagged(stay))) - {*calls, *needs}
    beneath = _beneath(stay, since, until)
    followed = {**beneath, **{id_: [] for id_, _ in written if id_ in by_tag and id_ not in beneath}}
    others = [id_ for id_, _ in written if id_ not in {*calls, *needs, *followed}]
    return Contents(calls=calls, needs=needs, followed=followed, others=others)


def _beneath(stay: Stay, since: datetime, until: datetime) -> dict[str, list[Event]]:
    """Give what is new beneath each post that somebody follows: what came of it first, replies last and as written."""
    found: dict[str, list[Event]] = {}
    for sort, look in _looks(stay, since, until):
        table = TABLES[sort]
        rows = db.session.execute(look.with_only_columns(table.post_id, table.id).limit(MOST)).all()
        for post_id, id_ in rows:
            of_post = found.setdefault(post_id, [])
            if (Sort.ACCEPTED, id_) not in of_post:  # that tells of the offer too
                of_post.append((sort, id_))
    return {post_id: [*_but_replies(events), *reversed(_replies_of(events))] for post_id, events in found.items()}


def _but_replies(events: Sequence[Event]) -> Sequence[Event]:
    return [event for event in events if event[0] is not Sort.REPLY]


def _replies_of(events: Sequence[Event]) -> Sequence[Event]:
    return [event for event in events if event[0] is Sort.REPLY]


def _calls(stay: Stay, until: datetime, mail_id: int | None = None) -> Select[Any]:
    """Select the needs that wait for somebody as a connector and that no other mail told them, the oldest first."""
    told = (
        select(CallRow.post_id)
        .join(MailRow, MailRow.id == CallRow.mail_id)
        .where(MailRow.community_id == stay.community_id, MailRow.person_id == stay.person_id)
        .where(MailRow.state.in_(MAYBE_SENT))
    )
    others = told if mail_id is None else told.where(MailRow.id != mail_id)
    waits = connectors.waits_for(stay.community_id, stay.person_id, until)
    waiting = select(PostRow.id).where(false() if waits is None else waits)
    return waiting.where(PostRow.id.not_in(others)).order_by(PostRow.created_at, PostRow.id).limit(MOST_WHOLE)


def _posts(stay: Stay, since: datetime, until: datetime) -> Select[Any]:
    return new.posts(stay, since).where(PostRow.created_at > since, PostRow.created_at <= until)


def _looks(stay: Stay, since: datetime, until: datetime) -> Iterator[tuple[Sort, Select[Any]]]:
    """Go through what may be new beneath the posts that somebody follows, the newest first."""
    replies = new.replies(stay, since).where(ReplyRow.post_id.in_(concerns.followed(stay)))
    for sort, look, moment in (
        (Sort.OUTCOME, new.outcomes(stay, since), OutcomeRow.created_at),
        (Sort.ACCEPTED, new.accepted(stay, since), OfferRow.accepted_at),
        (Sort.OFFER, new.offers(stay, since), OfferRow.created_at),
        (Sort.REPLY, replies, ReplyRow.created_at),
    ):
        yield sort, look.where(moment > since, moment <= until).order_by(moment.desc(), TABLES[sort].id)


def find(community_id: int, contents: Contents) -> Found:
    """Look up the words of what is told of what was chosen."""
    events = [event for beneath in contents.followed.values() for event in beneath[:MOST_BENEATH]]
    post_ids = [
        *contents.calls,
        *contents.needs[:MOST_WHOLE],
        *list(contents.followed)[:MOST_WHOLE],
        *contents.others[:MOST_TITLES],
    ]
    return Found(
        contents=contents,
        posts={row.id: pieces.post_of(row) for row in _rows(PostRow, community_id, post_ids)},
        beneath=dict(_pieces(community_id, events)),
        open_needs=db.session.scalar(_open_needs(community_id)) or 0,
    )


def _pieces(community_id: int, events: Sequence[Event]) -> Iterator[tuple[Event, Piece]]:
    for sort, table in TABLES.items():
        if ids := [id_ for of, id_ in events if of is sort]:
            for row in _rows(table, community_id, ids):
                yield (sort, row.id), pieces.piece_of(row)


def _rows(table: Table, community_id: int, ids: Sequence[str]) -> Sequence[Any]:
    return db.session.scalars(select(table).where(table.community_id == community_id, table.id.in_(ids))).all()


def _open_needs(community_id: int) -> Select[Any]:
    return select(func.count()).where(PostRow.community_id == community_id, PostRow.urgency == MOST_URGENT)
