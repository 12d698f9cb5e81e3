"""Keeps who looks after which territory, within the caller's transaction."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, delete, or_, select

from lti_tool.community import pieces, store
from lti_tool.community.connectors import rules
from lti_tool.community.connectors.rules import Connector
from lti_tool.community.connectors.tables import ConnectorRow
from lti_tool.community.posts import TAKE_HELP, Author, Post
from lti_tool.community.store import CommunityKey, Visit
from lti_tool.community.tables import MemberRow, PostRow
from lti_tool.database import INSERTS, bounded, db
from lti_tool.errors import NotAllowed, NotFound
from lti_tool.lti.tables import PersonRow

MOST_WAITING = 20
"""Needs that are shown at once."""


def find_all(key: CommunityKey) -> Mapping[str, Connector]:
    """Give the community's connectors by their territories."""
    query = (
        select(ConnectorRow.territory, PersonRow, MemberRow)
        .join(PersonRow, PersonRow.id == ConnectorRow.person_id)
        .join(
            MemberRow,
            (MemberRow.community_id == ConnectorRow.community_id) & (MemberRow.person_id == ConnectorRow.person_id),
        )
        .where(ConnectorRow.community_id == store.community(key))
    )
    found = {}
    for territory, person, member in db.session.execute(query):
        here_at = member.seen_at or member.here_since
        found[territory] = Connector(territory=territory, person=_author(person), here_at=here_at)
    return found


def members(key: CommunityKey) -> Sequence[Author]:
    """Give everybody who was in the community, in no order."""
    query = select(PersonRow).join(MemberRow, MemberRow.person_id == PersonRow.id)
    return [_author(row) for row in db.session.scalars(query.where(MemberRow.community_id == store.community(key)))]


def waiting(visit: Visit, now: datetime) -> Sequence[Post]:
    """Give a connector the needs that nobody answered for too long, who waits longest first; to others nothing."""
    waits = waits_for(store.community(visit.key), visit.reader.person_id, now)
    if waits is None:
        return []
    query = select(PostRow).where(waits).order_by(PostRow.created_at, PostRow.id).limit(MOST_WAITING)
    return [pieces.post_of(row) for row in db.session.scalars(query)]


def waits_for(community: ScalarSelect[int] | int, person_id: int, now: datetime) -> ColumnElement[bool] | None:
    """Say of a need that it waits for somebody as a connector; nothing waits for who is none.

    One that names no territory waits for the connectors of all.
    """
    theirs = (ConnectorRow.community_id == community, ConnectorRow.person_id == person_id)
    territories = db.session.scalars(select(ConnectorRow.territory).where(*theirs)).all()
    if not territories:
        return None
    return and_(
        PostRow.community_id == community,
        PostRow.kind.in_(TAKE_HELP),
        PostRow.waits,
        PostRow.replies == 0,
        PostRow.newest_offer_at.is_(None),
        PostRow.created_at < now - rules.PATIENCE,
        PostRow.author_id != person_id,
        or_(PostRow.territory.in_(territories), PostRow.territory.is_(None)),
    )


def name(visit: Visit, territory: str, person_id: int, territories: Collection[str], now: datetime) -> None:
    """Let a member look after a territory, in the place of whoever did.

    Raises:
        NotAllowed: the reader is no trainer.
        NotFound: there is no such territory, or the person was never in the community.
    """
    if not rules.can_name(visit.reader):
        raise NotAllowed("connector_named_by_others")
    found = select(MemberRow).where(
        MemberRow.community_id == store.community(visit.key), MemberRow.person_id == bounded(person_id)
    )
    member = db.session.scalar(found)
    if territory not in territories or member is None:
        raise NotFound("connector_unknown")
    values: dict[str, Any] = {"person_id": person_id, "named_by_id": visit.reader.person_id, "named_at": now}
    key = {"community_id": member.community_id, "territory": territory}
    put = INSERTS[db.engine.dialect.name](ConnectorRow).values(**key, **values)
    db.session.execute(put.on_conflict_do_update(index_elements=list(key), set_=values))


def end(visit: Visit, territory: str) -> None:
    """Let nobody look after a territory.

    Raises:
        NotAllowed: it is somebody else's, and the reader is no trainer.
        NotFound: nobody looks after it.
    """
    connector = find_all(visit.key).get(territory)
    if connector is None:
        raise NotFound("connector_unknown")
    if not rules.can_end(visit.reader, connector):
        raise NotAllowed("connector_of_others")
    gone = delete(ConnectorRow).where(
        ConnectorRow.community_id == store.community(visit.key),
        ConnectorRow.territory == territory,
        ConnectorRow.person_id == connector.person.person_id,
    )
    db.session.execute(gone, execution_options={"synchronize_session": False})


def _author(row: PersonRow) -> Author:
    return Author(person_id=row.id, name=row.called, number=row.number)
