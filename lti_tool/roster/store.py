"""Reads and writes of rosters."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import case, delete, func, insert, select

from lti_tool.database import db, found_or_added
from lti_tool.lti.platform.roster import Member
from lti_tool.lti.tables import AttendanceRow, CourseRow, PersonRow, RosterAddressRow
from lti_tool.readings import store as readings
from lti_tool.readings.rules import Reading
from lti_tool.readings.store import Kind
from lti_tool.roster.rules import Participant
from lti_tool.roster.tables import ExemptionRow, MemberRow, RosterRow

ROSTERS = Kind(table=RosterRow, key=RosterRow.course_id)


def find(course_id: int) -> Reading | None:
    """Give what is known of a course's roster; nothing where the platform never said that there is one."""
    row = db.session.execute(
        select(*ROSTERS.columns)
        .select_from(RosterAddressRow)
        .outerjoin(RosterRow, RosterRow.course_id == RosterAddressRow.course_id)
        .where(RosterAddressRow.course_id == course_id)
    ).one_or_none()
    return readings.reading(row) if row else None


def want(course_id: int, now: datetime) -> None:
    """Have a worker read a roster, once the caller's transaction is committed, at most once a minute."""
    readings.want(ROSTERS, course_id, now)


def participants(course_id: int) -> Sequence[Participant]:
    """Give everybody in a course's roster, and what is known of them in this course, in one query.

    Where Moodle says no name there, one that it said in a launch before isn't told either; a chosen one is.
    """
    chosen = case((PersonRow.name.is_(None), PersonRow.called))
    rows = db.session.execute(
        select(
            func.coalesce(MemberRow.name, chosen),
            MemberRow.role,
            MemberRow.sub,
            PersonRow.id,
            PersonRow.number,
            AttendanceRow.role,
        )
        .add_columns(ExemptionRow.sub.is_not(None))
        .join(CourseRow, CourseRow.id == MemberRow.course_id)
        .outerjoin(PersonRow, (PersonRow.site_id == CourseRow.site_id) & (PersonRow.sub == MemberRow.sub))
        .outerjoin(
            AttendanceRow,
            (AttendanceRow.course_id == MemberRow.course_id) & (AttendanceRow.person_id == PersonRow.id),
        )
        .outerjoin(ExemptionRow, (ExemptionRow.course_id == MemberRow.course_id) & (ExemptionRow.sub == MemberRow.sub))
        .where(MemberRow.course_id == course_id)
    )
    return [
        Participant(
            name=name,
            role=role,
            sub=sub,
            person_id=person_id,
            number=number,
            last_role=last_role,
            is_exempt=is_exempt,
        )
        for name, role, sub, person_id, number, last_role, is_exempt in rows
    ]


def exempt(course_id: int, sub: str) -> None:
    """Keep that somebody is no trainee in a course, in the caller's transaction."""
    found_or_added(ExemptionRow, {"course_id": course_id, "sub": sub}, {})


def end_exemption(course_id: int, sub: str) -> None:
    """Forget that somebody is no trainee in a course, in the caller's transaction."""
    db.session.execute(delete(ExemptionRow).where(ExemptionRow.course_id == course_id, ExemptionRow.sub == sub))


def address(course_id: int) -> tuple[int, str, str]:
    """Say which registration may read a course's roster, where it is, and what the platform calls the course."""
    row, course = db.session.get_one(RosterAddressRow, course_id), db.session.get_one(CourseRow, course_id)
    return row.registration_id, row.url, course.context_id


def put(course_id: int, members: Sequence[Member]) -> None:
    """Put what was read in the place of what we held, in the caller's transaction."""
    db.session.execute(delete(MemberRow).where(MemberRow.course_id == course_id))
    rows = [{"course_id": course_id, "sub": member.sub, "name": member.name, "role": member.role} for member in members]
    if rows:
        db.session.execute(insert(MemberRow), rows)
