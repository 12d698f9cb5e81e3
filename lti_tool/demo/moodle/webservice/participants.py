"""Who is in a course."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, false, not_, or_, select, true

from lti_tool.demo.moodle.tables import Course, Enrolment, Group, GroupMember, User
from lti_tool.demo.moodle.webservice.accounts import FIELDS, details, sees
from lti_tool.demo.moodle.webservice.courses import valid_course_of
from lti_tool.demo.moodle.webservice.profiles import Told, tell_profiles
from lti_tool.demo.moodle.webservice.refusal import refuse, refuse_missing, refuse_parameters, refuse_slip
from lti_tool.demo.moodle.webservice.registry import Call, function

SORTED = {"id": User.id, "firstname": User.firstname, "lastname": User.lastname}
IGNORED = (
    "address",
    "city",
    "country",
    "department",
    "description",
    "enrolledcourses",
    "firstaccess",
    "fullname",
    "id",
)
MORE_IGNORED = ("institution", "interests", "lastaccess", "lastcourseaccess", "phone1", "phone2", "preferences")
AROUND = ("profileimageurl", "profileimageurlsmall", "roles", "groups", "customfields")
KNOWN = frozenset({*FIELDS, *IGNORED, *MORE_IGNORED, *AROUND, "confirmed", "mailformat", "theme", "timezone"})
"""What Moodle has a name for; of what the miniature doesn't keep, nothing is told."""
ROUNDED = 100
"""Moodle rounds the time to so many seconds when it decides who is active."""
Pair = tuple[User, Enrolment]


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around the accounts of one answer, by account."""

    profiles: dict[int, Told]
    groups: dict[int, list[Group]]


@function("core_enrol_get_enrolled_users")
def get_enrolled_users(call: Call) -> Any:
    """List who is in a course. The limit counts before whom the caller may not see is left out."""
    options = {option["name"]: option["value"] for option in call.given["options"]}
    fields = tuple(options["userfields"].split(",")) if "userfields" in options else tuple(KNOWN)
    if options.get("sortby", "id") not in SORTED:
        refuse_parameters()
    course = call.db.get(Course, call.given["courseid"]) or refuse_missing("course")
    valid_course_of(call, course.id)
    call.require("moodle/course:viewparticipants")
    pairs = _pairs(call, course, options)
    if pairs and (unknown := sorted(set(fields) - KNOWN)):
        refuse("invaliduserfield", f"Invalid user field: {unknown[0]}")
    around = _around(call, [user for user, _ in pairs], course, fields)
    return [_told(call, pair, fields, around) for pair in pairs if sees(call, pair[0])]


def _pairs(call: Call, course: Course, options: dict[str, str]) -> list[Pair]:
    enrolled = select(User, Enrolment).join(Enrolment, Enrolment.user_id == User.id)
    query = enrolled.where(Enrolment.course_id == course.id, _condition(call, course, options))
    query = query.order_by(SORTED[options.get("sortby", "id")]).offset(_number(options, "limitfrom"))
    limit = _number(options, "limitnumber")
    return [(user, row) for user, row in call.db.execute(query.limit(limit) if limit else query)]


def _condition(call: Call, course: Course, options: dict[str, str]) -> ColumnElement[bool]:
    """Keep those whose enrolment is in force, or those where it isn't; a suspended account is no matter here."""
    active, suspended = _is_on(options, "onlyactive"), _is_on(options, "onlysuspended")
    if not active and not suspended:
        return true()
    call.require("moodle/course:enrolreview")
    if active and suspended:
        refuse_slip("Both onlyactive and onlysuspended are set, this is probably not what you want!")
    now = round(call.now / ROUNDED) * ROUNDED
    begun = Enrolment.time_start < now
    goes_on = (Enrolment.time_end == 0) | (Enrolment.time_end > now)
    by_hand = Enrolment.by_hand if course.manual_enrolment else false()
    in_force = or_(Enrolment.otherwise, and_(by_hand, ~Enrolment.suspended, begun, goes_on))
    return in_force if active else not_(in_force)


def _around(call: Call, users: list[User], course: Course, fields: tuple[str, ...]) -> Around:
    profiles = tell_profiles(call, users) if "customfields" in fields else {}
    groups: dict[int, list[Group]] = {}
    if "groups" in fields:
        members = select(GroupMember.user_id, Group).join(Group, Group.id == GroupMember.group_id)
        for user_id, group in call.db.execute(members.where(Group.course_id == course.id).order_by(Group.name)):
            groups.setdefault(user_id, []).append(group)
    return Around(profiles, groups)


def _told(call: Call, pair: Pair, fields: tuple[str, ...], around: Around) -> dict[str, Any]:
    """Tell what is asked for; groups and fields of the site only where there are any."""
    user, enrolment = pair
    told = details(call, user, fields)
    if "roles" in fields:
        told["roles"] = _roles(call, enrolment)
    if user.id in around.groups:
        told["groups"] = [_group(call, group) for group in around.groups[user.id]]
    if around.profiles.get(user.id):
        told["customfields"] = around.profiles[user.id]
    return told


def _roles(call: Call, enrolment: Enrolment) -> list[dict[str, Any]]:
    """Tell the roles in the order that the site has them in."""
    return [
        {"roleid": number, "name": "", "shortname": name, "sortorder": 0}
        for name, number in call.settings.role_ids.items()
        if name in enrolment.roles
    ]


def _group(call: Call, group: Group) -> dict[str, Any]:
    return {"id": group.id, "name": call.shown.text(group.name), "description": "", "descriptionformat": 1}


def _number(options: dict[str, str], name: str) -> int:
    value = options.get(name, "0")
    return int(value) if value.isdigit() else 0


def _is_on(options: dict[str, str], name: str) -> bool:
    return options.get(name, "") not in ("", "0")
