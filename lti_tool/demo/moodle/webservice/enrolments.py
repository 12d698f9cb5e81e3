"""Into a course and out of it, by hand: Moodle's manual enrolment."""

from collections import defaultdict
from typing import Any

from sqlalchemy import delete, select

from lti_tool.demo.moodle.tables import SITE_COURSE, Course, Enrolment, Grade, GradeItem, Group, GroupMember, User
from lti_tool.demo.moodle.webservice import mails
from lti_tool.demo.moodle.webservice.courses import require_open
from lti_tool.demo.moodle.webservice.lookup import Place, active_account_of, by_id, enrolments_of
from lti_tool.demo.moodle.webservice.refusal import refuse, refuse_missing, refuse_parameters
from lti_tool.demo.moodle.webservice.registry import Call, function
from lti_tool.demo.moodle.webservice.roles import assignable_role

NO_METHOD = "Manual enrolment plugin instance doesn't exist or is disabled for the course"


@function("enrol_manual_enrol_users")
def enrol_users(call: Call) -> Any:
    """Enrol, all or none. Doing it again mails again, and what is left out of dates and status is wiped."""
    rows = call.given["enrolments"]
    courses, people, there = _look_up(call, rows)
    for given in rows:
        course = courses.get(given["courseid"]) or refuse_parameters()
        require_open(call, course.id)
        call.require("enrol/manual:enrol")
        user = active_account_of(people, given["userid"])
        role = _role(call, course, given["roleid"])
        mails.welcome(call, course, user)
        enrolment = _enrol(call, there, (course.id, user.id), role)
        enrolment.time_start, enrolment.time_end = given.get("timestart", 0), given.get("timeend", 0)
        enrolment.suspended = bool(given.get("suspend", 0))


@function("enrol_manual_unenrol_users")
def unenrol_users(call: Call) -> Any:
    """Put people out, all or none, whatever role is named: roles, groups and grades go. Who isn't in is no error.

    Who is in by another method too keeps everything.
    """
    rows = call.given["enrolments"]
    courses, people, there = _look_up(call, rows)
    leaving: dict[int, set[int]] = defaultdict(set)
    for given in rows:
        course = courses.get(given["courseid"]) or refuse_missing("course")
        require_open(call, course.id)
        call.require("enrol/manual:unenrol")
        user = active_account_of(people, given["userid"])
        enrolment = there.get((course.id, user.id))
        if enrolment and enrolment.otherwise:
            enrolment.by_hand = False
        elif enrolment:
            leaving[course.id].add(user.id)
    for course_id, accounts in leaving.items():
        _put_out(call, course_id, accounts)


def _role(call: Call, course: Course, number: int) -> str:
    """Pick the role, where the course takes people in by hand at all."""
    role = assignable_role(call, number)
    if role is None:
        refuse("wsusercannotassign", "You don't have the permission to assign")
    if not course.manual_enrolment or course.id == SITE_COURSE:
        refuse("wsnoinstance", NO_METHOD)
    return role


def _look_up(
    call: Call, rows: list[dict[str, Any]]
) -> tuple[dict[int, Course], dict[int, User], dict[Place, Enrolment]]:
    courses, people = {row["courseid"] for row in rows}, {row["userid"] for row in rows}
    found = enrolments_of(call.db, courses, people)
    return by_id(call.db, Course, courses), by_id(call.db, User, people), found


def _enrol(call: Call, there: dict[Place, Enrolment], place: Place, role: str) -> Enrolment:
    """Give a role in a course, and the place where there was none."""
    if place not in there:
        there[place] = Enrolment(course_id=place[0], user_id=place[1], role=role, more_roles="")
        call.db.add(there[place])
    enrolment = there[place]
    enrolment.by_hand = True
    if role not in enrolment.roles:
        enrolment.roles = [*enrolment.roles, role]
    return enrolment


def _put_out(call: Call, course_id: int, people: set[int]) -> None:
    """Take away all that people had in a course; grades are kept in the history alone."""
    groups = select(Group.id).filter_by(course_id=course_id)
    items = select(GradeItem.id).filter_by(course_id=course_id)
    call.db.execute(delete(GroupMember).where(GroupMember.user_id.in_(people), GroupMember.group_id.in_(groups)))
    call.db.execute(delete(Grade).where(Grade.user_id.in_(people), Grade.item_id.in_(items)))
    call.db.execute(delete(Enrolment).where(Enrolment.user_id.in_(people), Enrolment.course_id == course_id))
