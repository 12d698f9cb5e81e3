"""Roles of people in a course."""

from typing import Any

from lti_tool.demo.moodle.tables import Course, Enrolment, User
from lti_tool.demo.moodle.webservice.courses import require_open
from lti_tool.demo.moodle.webservice.lookup import by_id, enrolments_of
from lti_tool.demo.moodle.webservice.refusal import refuse_parameters, refuse_slip
from lti_tool.demo.moodle.webservice.registry import Call, function


@function("core_role_assign_roles")
def assign_roles(call: Call) -> Any:
    """Give people in a course one more role, all or none; nobody is mailed, and nobody comes in by it.

    Of those who aren't in the course Moodle keeps the role and shows it when they are; the miniature forgets it.
    """
    rows = call.given["assignments"]
    people = by_id(call.db, User, (row["userid"] for row in rows))
    for given, role, enrolment in _assignments(call, rows):
        if given["userid"] not in people:
            refuse_slip("User ID does not exist or is deleted!")
        if enrolment is not None and role not in enrolment.roles:
            enrolment.roles = [*enrolment.roles, role]


@function("core_role_unassign_roles")
def unassign_roles(call: Call) -> Any:
    """Take roles from people, all or none; whose last one goes stays in the course, and who had none is no error."""
    for _, role, enrolment in _assignments(call, call.given["unassignments"]):
        if enrolment is not None:
            enrolment.roles = [other for other in enrolment.roles if other != role]


def assignable_role(call: Call, number: int) -> str | None:
    """Find the short name of a role that the caller may give and take, by its number."""
    name = next((name for name, role in call.settings.role_ids.items() if role == number), None)
    mine = call.may("moodle/role:assign") and name in call.user.assigns.split()
    return name if call.user.is_admin or mine else None


def _assignments(call: Call, rows: list[dict[str, Any]]) -> list[tuple[dict[str, Any], str, Enrolment | None]]:
    """Check where and which: only courses are places for roles here."""
    numbers = {row.get("instanceid", 0) for row in rows}
    courses = by_id(call.db, Course, numbers)
    there = enrolments_of(call.db, numbers, {row["userid"] for row in rows})
    found = []
    for row in rows:
        if row.get("contextlevel") != "course" or row.get("instanceid") not in courses:
            refuse_parameters()
        require_open(call, row["instanceid"])
        call.require("moodle/role:assign")
        role = assignable_role(call, row["roleid"]) or refuse_parameters()
        found.append((row, role, there.get((row["instanceid"], row["userid"]))))
    return found
