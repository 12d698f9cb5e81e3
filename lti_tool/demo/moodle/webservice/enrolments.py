"""Who is in a course: listed, enrolled, given roles."""

from typing import Any

from sqlalchemy import select

from lti_tool.demo.moodle.tables import Course, Enrolment, User
from lti_tool.demo.moodle.webservice.courses import course_of
from lti_tool.demo.moodle.webservice.refusal import refuse, refuse_parameters
from lti_tool.demo.moodle.webservice.registry import Call, function
from lti_tool.demo.moodle.webservice.tables import Mail
from lti_tool.demo.moodle.webservice.users import FIELDS, details, sees

SORTED = {"id": User.id, "firstname": User.firstname, "lastname": User.lastname}


@function("core_enrol_get_enrolled_users")
def get_enrolled_users(call: Call) -> Any:
    """List who is in a course. The limit counts before whom the caller may not see is left out."""
    course = course_of(call, call.given["courseid"])
    options = {option["name"]: option["value"] for option in call.given["options"]}
    if options.get("sortby", "id") not in SORTED:
        refuse_parameters()
    fields = tuple(options["userfields"].split(",")) if "userfields" in options else (*FIELDS, "roles")
    enrolled = select(User, Enrolment).join(Enrolment, Enrolment.user_id == User.id)
    query = (
        enrolled.where(Enrolment.course_id == course.id)
        .order_by(SORTED[options.get("sortby", "id")])
        .offset(int(options.get("limitfrom", 0)))
    )
    if limit := int(options.get("limitnumber", 0)):
        query = query.limit(limit)
    return [_told(call, user, enrolment, fields) for user, enrolment in call.db.execute(query) if sees(call, user)]


@function("enrol_manual_enrol_users")
def enrol_users(call: Call) -> Any:
    """Enrol, all or none. Doing it again mails again, and what is left out of dates and status is wiped."""
    for given in call.given["enrolments"]:
        course = course_of(call, given["courseid"])
        call.require("enrol/manual:enrol")
        user = call.db.get(User, given["userid"]) or refuse("invaliduser", "Invalid user")
        if not course.manual_enrolment:
            refuse("wsnoinstance", "Manual enrolment plugin instance doesn't exist or is disabled for the course")
        role = _role(call, given["roleid"]) or refuse("wsusercannotassign", "You don't have the permission to assign")
        enrolment = _enrolment(call, course, user) or _new(call, course, user, role)
        _add_role(enrolment, role)
        enrolment.time_start, enrolment.time_end = given.get("timestart", 0), given.get("timeend", 0)
        enrolment.suspended = bool(given.get("suspend", 0))
        call.db.add(Mail(user_id=user.id, subject=f"Welcome to {course.fullname}"))


@function("core_role_assign_roles")
def assign_roles(call: Call) -> Any:
    """Give people in a course one more role, all or none; nobody is mailed."""
    for given in call.given["assignments"]:
        if given.get("contextlevel") != "course":
            refuse_parameters()
        course = course_of(call, given.get("instanceid", 0))
        call.require("moodle/role:assign")
        role, user = _role(call, given["roleid"]), call.db.get(User, given["userid"])
        enrolment = _enrolment(call, course, user) if user else None
        if role is None or enrolment is None:
            refuse_parameters()
        _add_role(enrolment, role)


def _told(call: Call, user: User, enrolment: Enrolment, fields: tuple[str, ...]) -> dict[str, Any]:
    told = details(user, fields)
    if "roles" in fields:
        told["roles"] = [
            {"roleid": call.settings.role_ids[name], "name": "", "shortname": name, "sortorder": 0}
            for name in enrolment.roles
        ]
    return told


def _role(call: Call, number: int) -> str | None:
    return next((name for name, role in call.settings.role_ids.items() if role == number), None)


def _enrolment(call: Call, course: Course, user: User) -> Enrolment | None:
    return call.db.scalars(select(Enrolment).filter_by(course_id=course.id, user_id=user.id)).first()


def _new(call: Call, course: Course, user: User, role: str) -> Enrolment:
    enrolment = Enrolment(course_id=course.id, user_id=user.id, role=role)
    call.db.add(enrolment)
    call.db.flush()
    return enrolment


def _add_role(enrolment: Enrolment, role: str) -> None:
    if role not in enrolment.roles:
        enrolment.more_roles = f"{enrolment.more_roles} {role}".strip()
