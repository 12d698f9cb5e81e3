"""Reads and writes of what somebody chose: how often they get a digest, if at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, exists, or_, update

from lti_tool.community.digest import rules
from lti_tool.community.digest.rules import ENDED, LinkUse, MailState, Rhythm
from lti_tool.community.digest.tables import DigestRow, MailLinkRow, MailRow
from lti_tool.community.visits.rules import Stay
from lti_tool.database import db, found_or_added
from lti_tool.lti.launch import mailing
from lti_tool.lti.tables import PersonRow

WITHOUT_SESSION = {"synchronize_session": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What somebody chose."""

    rhythm: Rhythm
    weekday: int
    problem: str | None
    """Why the digest stopped by itself."""


def address(stay: Stay) -> str | None:
    """Give the address that Moodle says is a person's."""
    return mailing.address(stay.person_id)


def is_wanted() -> ColumnElement[bool]:
    """Tell of a person whether a digest goes to their address, or can again by a press where it ended by itself."""
    theirs = (MailLinkRow.community_id == DigestRow.community_id, MailLinkRow.person_id == DigestRow.person_id)
    link = exists().where(*theirs, MailLinkRow.use == LinkUse.KEEP)
    may_come_again = and_(DigestRow.problem == ENDED, link)
    return exists().where(DigestRow.person_id == PersonRow.id, or_(DigestRow.rhythm != Rhythm.NEVER, may_come_again))


def choice(stay: Stay) -> Choice | None:
    """Give what somebody chose; nothing as long as they haven't answered."""
    row = db.session.get(DigestRow, (stay.community_id, stay.person_id), populate_existing=True)
    return Choice(rhythm=row.rhythm, weekday=row.weekday, problem=row.problem) if row else None


# Writing, in the caller's transaction


def choose(stay: Stay, rhythm: Rhythm, weekday: int, zone: ZoneInfo, now: datetime) -> None:
    """Turn the digest on, off, or to another day; from being turned on it tells what is written from now on."""
    row = _row(stay.community_id, stay.person_id, now)
    if rhythm is Rhythm.NEVER:
        stop(stay.community_id, stay.person_id, now)
        return
    turn_on(row, rhythm, weekday, zone, now)


def turn_on(row: DigestRow, rhythm: Rhythm, weekday: int, zone: ZoneInfo, now: datetime) -> None:
    """Let a digest come; one that was off tells what is written from now on."""
    if row.rhythm is Rhythm.NEVER:
        row.told_until = now
    row.rhythm, row.weekday, row.problem = rhythm, weekday, None
    row.due_at = rules.next_due(rhythm, weekday, now, zone)
    mailing.settle(row.person_id)


def stop(community_id: int, person_id: int, now: datetime, problem: str | None = None) -> None:
    """Send somebody no more digests, those that are made already included.

    Of who was erased while a mail was on its way, nothing comes back.
    """
    off: Mapping[str, Any] = {"rhythm": Rhythm.NEVER, "due_at": None, "problem": problem}
    own = (DigestRow.community_id == community_id, DigestRow.person_id == person_id)
    db.session.execute(update(DigestRow).where(*own).values(**off))
    theirs = (MailRow.community_id == community_id, MailRow.person_id == person_id)
    made = update(MailRow).where(*theirs, MailRow.state == MailState.MADE)
    db.session.execute(made.values(state=MailState.STOPPED, ended_at=now), execution_options=WITHOUT_SESSION)
    mailing.settle(person_id)


def _row(community_id: int, person_id: int, now: datetime) -> DigestRow:
    key = {"community_id": community_id, "person_id": person_id}
    return found_or_added(DigestRow, key, {"rhythm": Rhythm.NEVER, "weekday": 0, "told_until": now})
