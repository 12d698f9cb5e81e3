"""The mails on their way: made when they are due, claimed before the mail server is spoken to, and never sent twice.

What a claimed mail became is either recorded by the worker that has it or never known. So a mail is claimed once, or
again only after a worker wrote down that it certainly wasn't sent. What a mail told counts as told once it is sent, and
not before: what one doesn't bring the next one does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, CursorResult, ScalarSelect, and_, exists, or_, select, update

from lti_tool.community.digest import contents, ending, rules
from lti_tool.community.digest.ending import Silence
from lti_tool.community.digest.rules import LEASE, SETTLES, Contents, MailState, Rhythm, Standing
from lti_tool.community.digest.store import WITHOUT_SESSION
from lti_tool.community.digest.tables import CallRow, DigestRow, MailRow
from lti_tool.community.tables import CommunityRow, PostRow
from lti_tool.community.visits.rules import Stay
from lti_tool.database import db, found_or_added
from lti_tool.i18n import zone_of
from lti_tool.keeping import delete_some
from lti_tool.lti.tables import PersonRow, RegistrationRow, State

MOST_MADE = 20
"""In one transaction."""
UNDER_WAY = (MailState.CLAIMED, MailState.UNKNOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail that this worker has claimed."""

    id: int
    stay: Stay
    since: datetime
    until: datetime
    attempts: int
    rhythm: Rhythm
    address: str | None
    silence: Silence
    language: str | None
    """The code of the language that the person reads."""
    site_id: int
    slug: str

    @property
    def is_last(self) -> bool:
        """Whether it says that it is the last one."""
        return self.silence.standing is Standing.LAST


# Making


def make(now: datetime) -> bool:
    """Make the mails that are due, a bounded number of them, in a transaction of its own; tell whether there were any.

    Of two workers one makes a mail: the moment at which it was due is used up.
    """
    due = (
        select(DigestRow, PersonRow.timezone)
        .join(PersonRow, PersonRow.id == DigestRow.person_id)
        .where(DigestRow.rhythm != Rhythm.NEVER, DigestRow.due_at <= now)
        .order_by(DigestRow.due_at, DigestRow.person_id)
        .limit(MOST_MADE)
    )
    rows = db.session.execute(due, execution_options={"populate_existing": True}).all()
    used_up = [_make_one(row, zone_of(timezone), now) for row, timezone in rows]
    db.session.commit()
    return any(used_up)


def _make_one(row: DigestRow, zone: ZoneInfo, now: datetime) -> bool:
    """Make one; tell whether the moment at which it was due is used up by it."""
    if not _use_up(row, rules.next_due(row.rhythm, row.weekday, now, zone), now):
        return False
    _give_up(row, now)
    if _is_let_in(row):
        _write(row, now)
    return True


def _write(row: DigestRow, now: datetime) -> None:
    stay = Stay(community_id=row.community_id, person_id=row.person_id, since=row.told_until)
    until = now - SETTLES
    if contents.is_any(stay, row.told_until, until):
        of_person = {"community_id": row.community_id, "person_id": row.person_id}
        db.session.add(MailRow(**of_person, state=MailState.MADE, told_until=until, made_at=now, due_at=now))


def _use_up(row: DigestRow, next_at: datetime, now: datetime) -> bool:
    """Move on to the next time, unless another worker did or the person stopped; wait while a mail is being sent."""
    is_sending = and_(_of(MailRow, row), MailRow.state == MailState.CLAIMED, MailRow.leased_until > now)
    still = and_(_of(DigestRow, row), DigestRow.due_at == row.due_at, DigestRow.rhythm != Rhythm.NEVER)
    moved = update(DigestRow).where(still, ~exists().where(is_sending)).values(due_at=next_at)
    return _changes(moved)


def _of(table: type[DigestRow] | type[MailRow], row: DigestRow) -> ColumnElement[bool]:
    return and_(table.community_id == row.community_id, table.person_id == row.person_id)


def _is_let_in(row: DigestRow) -> bool:
    """Tell whether whoever runs the tool still lets the person's platform in."""
    registered = (
        select(RegistrationRow.id)
        .join(CommunityRow, CommunityRow.site_id == RegistrationRow.site_id)
        .where(CommunityRow.id == row.community_id, RegistrationRow.state == State.ACTIVE)
    )
    return db.session.scalar(registered.limit(1)) is not None


def _give_up(row: DigestRow, now: datetime) -> None:
    """Let the next mail take the place of one that was never sent."""
    late = update(MailRow).where(_of(MailRow, row), MailRow.state == MailState.MADE)
    db.session.execute(late.values(state=MailState.LATE, ended_at=now), execution_options=WITHOUT_SESSION)


def give_up_lost(now: datetime) -> int:
    """Say of mails whose worker wasn't heard of again that nobody knows; in a transaction of its own."""
    lost = (
        update(MailRow)
        .where(MailRow.state == MailState.CLAIMED, MailRow.leased_until <= now)
        .values(state=MailState.UNKNOWN, ended_at=now)
        .returning(MailRow.community_id, MailRow.person_id, MailRow.is_last)
    )
    found = db.session.execute(lost, execution_options=WITHOUT_SESSION).all()
    for community_id, person_id, is_last in found:
        if is_last:
            ending.end(community_id, person_id, now)
    db.session.commit()
    return len(found)


# Sending


def is_due(now: datetime) -> bool:
    """Tell whether a mail may leave now."""
    return db.session.scalar(select(_first_due(now))) is not None


def claim(now: datetime) -> Mail | None:
    """Claim one mail that may leave, in the caller's transaction, which must end before a word goes to the server."""
    claimed = (
        update(MailRow)
        .where(MailRow.id == _first_due(now), MailRow.state == MailState.MADE)
        .values(state=MailState.CLAIMED, leased_until=now + LEASE, attempts=MailRow.attempts + 1)
        .returning(MailRow.id)
    )
    mail_id = db.session.scalar(claimed, execution_options=WITHOUT_SESSION)
    return None if mail_id is None else _mail(mail_id, now)


def _first_due(now: datetime) -> ScalarSelect[int]:
    """Choose what has been due for longest, of those who still want it; what others are just taking is skipped."""
    wanted = and_(DigestRow.community_id == MailRow.community_id, DigestRow.person_id == MailRow.person_id)
    return (
        select(MailRow.id)
        .join(DigestRow, wanted)
        .where(MailRow.state == MailState.MADE, MailRow.due_at <= now, DigestRow.rhythm != Rhythm.NEVER)
        .order_by(MailRow.due_at, MailRow.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=MailRow)
        .correlate(None)
        .scalar_subquery()
    )


def _mail(mail_id: int, now: datetime) -> Mail:
    found = (
        select(MailRow, DigestRow.told_until, DigestRow.rhythm, PersonRow, CommunityRow)
        .join(DigestRow, and_(DigestRow.community_id == MailRow.community_id, DigestRow.person_id == MailRow.person_id))
        .join(PersonRow, PersonRow.id == MailRow.person_id)
        .join(CommunityRow, CommunityRow.id == MailRow.community_id)
        .where(MailRow.id == mail_id)
    )
    row, since, rhythm, person, home = db.session.execute(found, execution_options={"populate_existing": True}).one()
    zone_of(person.timezone)
    return Mail(
        id=row.id,
        stay=Stay(community_id=home.id, person_id=person.id, since=since),
        since=since,
        until=row.told_until,
        attempts=row.attempts,
        rhythm=rhythm,
        address=person.email,
        silence=ending.silence(home.id, person.id, now),
        language=person.language or person.locale,
        site_id=home.site_id,
        slug=home.slug,
    )


def fill(mail: Mail, chosen: Contents) -> None:
    """Note what a claimed mail tells, in the caller's transaction: before it leaves."""
    for post_id in chosen.calls:
        found_or_added(CallRow, {"mail_id": mail.id, "community_id": mail.stay.community_id, "post_id": post_id}, {})
    db.session.execute(
        update(MailRow).where(MailRow.id == mail.id).values(contents=chosen.as_json(), is_last=mail.is_last),
        execution_options=WITHOUT_SESSION,
    )


def purge(before: datetime, most: int) -> int:
    """Forget mails that ended before a moment, in the caller's transaction; not those that called for what still waits.

    Else their connectors would be called for it again.
    """
    is_of_post = and_(PostRow.community_id == CallRow.community_id, PostRow.id == CallRow.post_id)
    calls = exists().where(CallRow.mail_id == MailRow.id, is_of_post, PostRow.waits)
    return delete_some(MailRow, and_(MailRow.ended_at < before, ~calls), most)


# What became of it, in the caller's transaction


def sent(mail: Mail, now: datetime) -> None:
    """Record that a mail was taken; what it told is told, even where its worker was late to say so."""
    _end(mail, MailState.SENT, now, None, UNDER_WAY)
    own = (DigestRow.community_id == mail.stay.community_id, DigestRow.person_id == mail.stay.person_id)
    told = update(DigestRow).where(*own, DigestRow.told_until < mail.until).values(told_until=mail.until)
    db.session.execute(told, execution_options=WITHOUT_SESSION)
    if mail.silence.standing is Standing.ASKED:
        ending.asked(mail.stay.community_id, mail.stay.person_id, mail.silence.since, now)
    _end_with(mail, now)


def lost(mail: Mail, now: datetime, problem: str | None) -> None:
    """Record that nobody knows whether a mail was sent."""
    ended(mail, MailState.UNKNOWN, now, problem)
    _end_with(mail, now)


def _end_with(mail: Mail, now: datetime) -> None:
    """End the digest that said so of itself, also where nobody knows whether it arrived: it is said once."""
    if mail.is_last:
        ending.end(mail.stay.community_id, mail.stay.person_id, now)


def ended(mail: Mail, state: MailState, now: datetime, problem: str | None = None) -> None:
    """Record that a mail ended otherwise."""
    _end(mail, state, now, problem, (MailState.MADE, *UNDER_WAY))


def try_again(mail: Mail, at: datetime, problem: str | None) -> None:
    """Put off a mail that certainly wasn't sent."""
    mine = update(MailRow).where(MailRow.id == mail.id, MailRow.state == MailState.CLAIMED)
    back = mine.values(state=MailState.MADE, due_at=at, leased_until=None, problem=problem)
    db.session.execute(back, execution_options=WITHOUT_SESSION)


def _end(mail: Mail, state: MailState, now: datetime, problem: str | None, before: Sequence[MailState]) -> None:
    mine = update(MailRow).where(MailRow.id == mail.id, or_(*(MailRow.state == one for one in before)))
    db.session.execute(mine.values(state=state, ended_at=now, problem=problem), execution_options=WITHOUT_SESSION)


def _changes(statement: Any) -> bool:
    done = db.session.execute(statement, execution_options=WITHOUT_SESSION)
    return isinstance(done, CursorResult) and done.rowcount == 1
