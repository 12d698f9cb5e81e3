"""What is remembered of somebody in a community: their territory."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select

from lti_tool.community import store
from lti_tool.community.store import Visit
from lti_tool.community.tables import CommunityRow, MemberRow
from lti_tool.database import db, found_or_added


def territory_of(visit: Visit) -> str | None:
    """Give the territory that this person wrote from last."""
    return db.session.scalar(
        select(MemberRow.territory).where(
            MemberRow.community_id == store.community(visit.key), MemberRow.person_id == visit.reader.person_id
        )
    )


def remember_territory(visit: Visit, territory: str | None, now: datetime) -> None:
    """Keep where this person writes from, in the caller's transaction."""
    home = found_or_added(CommunityRow, asdict(visit.key), {})
    key = {"community_id": home.id, "person_id": visit.reader.person_id}
    found_or_added(MemberRow, key, {"joined_at": now, "here_since": now}).territory = territory
