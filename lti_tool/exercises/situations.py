"""Reads what decides where a person reads and writes, in one statement, and names the workspace."""

from datetime import datetime
from functools import cache

from sqlalchemy import Executable, Integer, String, bindparam, select

from lti_tool.database import db
from lti_tool.exercises import access, arrangements, owners, stages, voting
from lti_tool.exercises.access import Situation
from lti_tool.exercises.modes import Stage
from lti_tool.exercises.owners import Owner, OwnerKind
from lti_tool.exercises.tables import ArrangementRow, StageRow
from lti_tool.groups import store as groups
from lti_tool.groups.rules import Group, Membership, Source, Trouble, of_platform
from lti_tool.groups.tables import MemberRow
from lti_tool.lti.roles import Role
from lti_tool.lti.tables import AttendanceRow, CourseRow


def find(course_id: int, exercise: str, person_id: int, role: Role) -> Situation:
    """Give a person's situation in an exercise of a course."""
    asked = {"course_id": course_id, "exercise": exercise, "person_id": person_id}
    arranged, stage, platform_ids, made_id = db.session.execute(_situation(), asked).one()
    return Situation(
        person_id=person_id,
        role=role,
        arrangement=arrangements.arrangement_of(arranged) if arranged else arrangements.inherited(course_id, exercise),
        stage=stages.stage_of(stage) if stage else Stage(),
        membership=Membership(platform_ids=platform_ids, made_id=made_id),
    )


@cache
def _situation() -> Executable:
    """Write the query once: every save asks it."""
    course, person = bindparam("course_id", type_=Integer), bindparam("person_id", type_=Integer)
    exercise = bindparam("exercise", type_=String)
    return (
        select(ArrangementRow, StageRow, AttendanceRow.group_ids, MemberRow.group_id)
        .select_from(CourseRow)
        .outerjoin(ArrangementRow, (ArrangementRow.course_id == CourseRow.id) & (ArrangementRow.exercise == exercise))
        .outerjoin(StageRow, (StageRow.course_id == CourseRow.id) & (StageRow.exercise == exercise))
        .outerjoin(AttendanceRow, (AttendanceRow.course_id == CourseRow.id) & (AttendanceRow.person_id == person))
        .outerjoin(
            MemberRow,
            (MemberRow.course_id == CourseRow.id) & (MemberRow.exercise == exercise) & (MemberRow.person_id == person),
        )
        .where(CourseRow.id == course)
        .execution_options(populate_existing=True)
    )


def home(course_id: int, situation: Situation, kind: OwnerKind) -> Owner | Trouble:
    """Name the workspace of a kind in which a person works; a group of the platform's is kept when first met."""
    match kind:
        case OwnerKind.TRIAL:
            return owners.trial(situation.person_id)
        case OwnerKind.PERSON:
            return owners.person(situation.person_id)
        case OwnerKind.COURSE:
            return owners.COURSE
        case OwnerKind.GROUP:
            return _group(course_id, situation)


def _group(course_id: int, situation: Situation) -> Owner | Trouble:
    membership, counting = situation.membership, situation.arrangement.counting
    if counting.source is Source.MADE:
        return owners.group(membership.made_id) if membership.made_id else Trouble.NONE
    found = of_platform(membership, counting)
    return found if isinstance(found, Trouble) else owners.group(groups.met(course_id, found).id)


def may_read(course_id: int, situation: Situation, owner: Owner) -> bool:
    """Tell whether a person reads a workspace of this course."""
    return access.may_read(situation, owner, group_of(course_id, owner))


def refusal(course_id: int, situation: Situation, owner: Owner, now: datetime) -> access.Refusal | None:
    """Tell what keeps a person from writing in a workspace of this course now."""
    return access.refusal(situation, owner, group_of(course_id, owner), now)


def vote_refusal(course_id: int, situation: Situation, owner: Owner, now: datetime) -> access.Refusal | None:
    """Tell what keeps a person from voting in a workspace of this course now, if a ballot is open."""
    return voting.refusal(situation, owner, group_of(course_id, owner), now)


def group_of(course_id: int, owner: Owner) -> Group | None:
    """Give the group of this course whose workspace it is, where it is a group's."""
    return groups.find(course_id, owner.group_id) if owner.group_id else None
