"""A digest ends by itself for whoever never comes back: when they were last heard of, and what follows from it.

Who reads their mail never opens the community; a press in a mail counts as much as a visit does.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, update

from lti_tool.community.digest import rules, store
from lti_tool.community.digest.rules import ENDED, Rhythm, Standing
from lti_tool.community.digest.store import WITHOUT_SESSION
from lti_tool.community.digest.tables import DigestRow
from lti_tool.community.tables import MemberRow
from lti_tool.database import db
from lti_tool.i18n import zone_of
from lti_tool.lti.launch import mailing
from lti_tool.lti.tables import PersonRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """Since when nothing was heard of somebody, and what their next digest says of it."""

    since: datetime
    standing: Standing


def silence(community_id: int, person_id: int, now: datetime) -> Silence:
    """Tell how somebody's digest stands."""
    digest = db.session.get_one(DigestRow, (community_id, person_id), populate_existing=True)
    member = db.session.get(MemberRow, (community_id, person_id), populate_existing=True)
    here_at = (member.seen_at or member.here_since) if member else digest.told_until
    heard_at = max(here_at, digest.kept_at or here_at)
    return Silence(since=heard_at, standing=rules.standing(heard_at, digest.asked_at, now))


# In the caller's transaction


def asked(community_id: int, person_id: int, since: datetime, now: datetime) -> None:
    """Note that somebody was asked whether the digest should go on; the first time since they were heard of counts."""
    theirs = (DigestRow.community_id == community_id, DigestRow.person_id == person_id)
    is_first = or_(DigestRow.asked_at.is_(None), DigestRow.asked_at <= since)
    noted = update(DigestRow).where(*theirs, is_first).values(asked_at=now)
    db.session.execute(noted, execution_options=WITHOUT_SESSION)


def end(community_id: int, person_id: int, now: datetime) -> None:
    """End a digest with the mail that said so, unless its reader was heard of meanwhile, or was erased."""
    is_there = db.session.get(DigestRow, (community_id, person_id), populate_existing=True) is not None
    if is_there and silence(community_id, person_id, now).standing is Standing.LAST:
        store.stop(community_id, person_id, now, ENDED)


def keep(community_id: int, person_id: int, rhythm: Rhythm, now: datetime) -> bool:
    """Let a digest go on, or begin again where it ended by itself; tell whether it comes.

    What its reader turned off themselves stays off, and so does what can't be sent.
    """
    row = db.session.get_one(DigestRow, (community_id, person_id), populate_existing=True)
    if row.rhythm is Rhythm.NEVER:
        if row.problem != ENDED or mailing.address(person_id) is None:
            return False
        person = db.session.get_one(PersonRow, person_id)
        store.turn_on(row, rhythm, row.weekday, zone_of(person.timezone), now)
    row.kept_at = now
    return True
