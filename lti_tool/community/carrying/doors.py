"""Finds by which of Moodle's activities somebody can go into a community, wherever on the site they work."""

from collections.abc import Sequence

from sqlalchemy import and_, func, select

from lti_tool.community.carrying import rules
from lti_tool.community.carrying.rules import Door
from lti_tool.community.posts import Reader
from lti_tool.community.store import CommunityKey, Visit
from lti_tool.community.tables import CommunityRow, MemberRow
from lti_tool.community.visiting import SLUGS
from lti_tool.database import db
from lti_tool.learning.links import page_of
from lti_tool.lti.launch.session import Session
from lti_tool.lti.roles import Role
from lti_tool.lti.tables import AttendanceRow, CourseRow, PersonRow, PlacementRow, RegistrationRow, SiteRow, State
from lti_tool.roster.tables import MemberRow as EnrolledRow
from lti_tool.roster.tables import RosterRow

KIND = "community/"


def find(site_id: int, person_id: int) -> Sequence[Door]:
    """Give all doors of a site, the newest placements last, as they are for a person."""
    came = and_(AttendanceRow.course_id == CourseRow.id, AttendanceRow.person_id == person_id)
    enrolled = and_(EnrolledRow.course_id == CourseRow.id, EnrolledRow.sub == PersonRow.sub)
    is_gone = and_(RosterRow.fetched_at > AttendanceRow.seen_at, EnrolledRow.sub.is_(None))
    rows = db.session.execute(
        select(PlacementRow.activity, CourseRow.id, SiteRow.issuer, PlacementRow.resource_link_id)
        .add_columns(AttendanceRow.role, AttendanceRow.seen_at, func.coalesce(is_gone, False))
        .join(CourseRow, CourseRow.id == PlacementRow.course_id)
        .join(SiteRow, SiteRow.id == CourseRow.site_id)
        .join(RegistrationRow, RegistrationRow.id == PlacementRow.registration_id)
        .join(PersonRow, PersonRow.id == person_id)
        .outerjoin(AttendanceRow, came)
        .outerjoin(RosterRow, RosterRow.course_id == CourseRow.id)
        .outerjoin(EnrolledRow, enrolled)
        .where(CourseRow.site_id == site_id, PlacementRow.activity.startswith(KIND))
        .where(RegistrationRow.state == State.ACTIVE)
        .order_by(PlacementRow.id)
    )
    known = _known(site_id, person_id)
    return [
        Door(
            slug=slug,
            course_id=course_id,
            url=page_of(issuer, link),
            role=None if is_gone else role,
            came_at=came_at,
            is_member=slug in known,
        )
        for activity, course_id, issuer, link, role, came_at, is_gone in rows
        if SLUGS.fullmatch(slug := activity.removeprefix(KIND))
    ]


def _known(site_id: int, person_id: int) -> frozenset[str]:
    """Name the communities that the person has been in."""
    been = select(CommunityRow.slug).join(MemberRow, MemberRow.community_id == CommunityRow.id)
    theirs = (CommunityRow.site_id == site_id, MemberRow.person_id == person_id)
    return frozenset(db.session.scalars(been.where(*theirs)))


def chosen(site_id: int, person_id: int, course_id: int, role: Role) -> Door | None:
    """Choose the door for what a person brings from an exercise of a course; guests have none."""
    return None if role is Role.GUEST else rules.door(find(site_id, person_id), course_id, role)


def of_reader(session: Session) -> Door | None:
    """Choose the door for what the person who asks brings from an exercise."""
    return chosen(session.site_id, session.person_id, session.course_id, session.role)


def visit(site_id: int, person_id: int, door: Door) -> Visit:
    """Tell as whom somebody writes: as in the course of the door, whose trainers look after what is written."""
    reader = Reader(person_id=person_id, course_id=door.course_id, is_trainer=door.role is Role.TRAINER)
    return Visit(key=CommunityKey(site_id=site_id, slug=door.slug), reader=reader)
