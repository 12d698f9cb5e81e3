"""Reads and writes of rosters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, or_, select, update

from lti_tool.database import db, found_or_added
from lti_tool.delivery.wakeups import ring_after_commit
from lti_tool.lti.platform.roster import Member
from lti_tool.lti.tables import AttendanceRow, CourseRow, PersonRow, RosterAddressRow
from lti_tool.roster.rules import ASK_EVERY, Participant, Roster
from lti_tool.roster.tables import MemberRow, RosterRow

LEASE = timedelta(minutes=3)
"""For which a roster is one worker's; longer than a fetch can take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A roster that a worker took."""

    course_id: int
    context_id: str
    """What the platform calls the course."""
    registration_id: int
    url: str
    attempts: int
    leased_until: datetime


def find(course_id: int) -> Roster | None:
    """Give what is known of a course's roster; nothing where the platform never said that there is one."""
    row = db.session.execute(
        select(RosterRow.fetched_at, RosterRow.asked_at, RosterRow.due_at, RosterRow.failed_at)
        .select_from(RosterAddressRow)
        .outerjoin(RosterRow, RosterRow.course_id == RosterAddressRow.course_id)
        .where(RosterAddressRow.course_id == course_id)
    ).one_or_none()
    if row is None:
        return None
    fetched_at, asked_at, due_at, failed_at = row
    return Roster(fetched_at=fetched_at, asked_at=asked_at, is_wanted=due_at is not None, failed_at=failed_at)


def want(course_id: int, now: datetime) -> None:
    """Have a worker read a roster, once the caller's transaction is committed, at most once a minute."""
    found_or_added(RosterRow, {"course_id": course_id}, {"attempts": 0})
    db.session.execute(
        update(RosterRow)
        .where(RosterRow.course_id == course_id)
        .where(or_(RosterRow.asked_at.is_(None), RosterRow.asked_at <= now - ASK_EVERY))
        .values(asked_at=now, due_at=now, attempts=0)
    )
    ring_after_commit(db.session)


def participants(course_id: int) -> Sequence[Participant]:
    """Give everybody in a course's roster, and what is known of them in this course, in one query."""
    rows = db.session.execute(
        select(MemberRow.name, MemberRow.role, PersonRow.id, PersonRow.number, AttendanceRow.role)
        .join(CourseRow, CourseRow.id == MemberRow.course_id)
        .outerjoin(PersonRow, (PersonRow.site_id == CourseRow.site_id) & (PersonRow.sub == MemberRow.sub))
        .outerjoin(
            AttendanceRow,
            (AttendanceRow.course_id == MemberRow.course_id) & (AttendanceRow.person_id == PersonRow.id),
        )
        .where(MemberRow.course_id == course_id)
    )
    return [
        Participant(name=name, role=role, person_id=person_id, number=number, last_role=last_role)
        for name, role, person_id, number, last_role in rows
    ]


def take_due(now: datetime) -> Due | None:
    """Take one roster that is due, in a transaction of its own; no two workers get the same."""
    found = db.session.execute(
        select(RosterRow.course_id, CourseRow.context_id, RosterAddressRow.registration_id, RosterAddressRow.url)
        .join(RosterAddressRow, RosterAddressRow.course_id == RosterRow.course_id)
        .join(CourseRow, CourseRow.id == RosterRow.course_id)
        .where(RosterRow.due_at <= now)
        .order_by(RosterRow.due_at)
        .limit(1)
    ).one_or_none()
    if found is None:
        return None
    course_id, context_id, registration_id, url = found
    attempts = db.session.scalar(
        update(RosterRow)
        .where(RosterRow.course_id == course_id, RosterRow.due_at <= now)
        .values(due_at=now + LEASE, attempts=RosterRow.attempts + 1)
        .returning(RosterRow.attempts)
    )
    db.session.commit()
    if attempts is None:
        return None
    return Due(
        course_id=course_id,
        context_id=context_id,
        registration_id=registration_id,
        url=url,
        attempts=attempts,
        leased_until=now + LEASE,
    )


def keep(due: Due, members: Sequence[Member], now: datetime) -> None:
    """Put what was read in the place of what we held, unless the roster is no longer this worker's."""
    if _end(due, fetched_at=now, due_at=None, attempts=0, failed_at=None, problem=None):
        db.session.execute(delete(MemberRow).where(MemberRow.course_id == due.course_id))
        rows = [
            {"course_id": due.course_id, "sub": member.sub, "name": member.name, "role": member.role}
            for member in members
        ]
        if rows:
            db.session.execute(insert(MemberRow), rows)
    db.session.commit()


def put_off(due: Due, until: datetime | None, problem: str, now: datetime) -> None:
    """Record a failed try, and when to try next, if at all; what we held stays."""
    _end(due, due_at=until, failed_at=now, problem=problem)
    db.session.commit()


def _end(due: Due, **values: object) -> bool:
    """Change a roster that this worker took, and nobody else took or asked for since."""
    changed = (
        update(RosterRow)
        .where(RosterRow.course_id == due.course_id, RosterRow.due_at == due.leased_until)
        .values(**values)
        .returning(RosterRow.course_id)
    )
    return db.session.scalar(changed, execution_options={"synchronize_session": False}) is not None
