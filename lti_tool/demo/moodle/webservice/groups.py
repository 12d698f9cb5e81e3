"""Groups of a course."""

from typing import Any

from sqlalchemy import select

from lti_tool.demo.moodle.tables import Group
from lti_tool.demo.moodle.webservice.courses import valid_course_of
from lti_tool.demo.moodle.webservice.lengths import GROUP, require_fit
from lti_tool.demo.moodle.webservice.refusal import refuse_parameters
from lti_tool.demo.moodle.webservice.registry import Call, function


@function("core_group_get_course_groups")
def get_course_groups(call: Call) -> Any:
    """List a course's groups."""
    course = valid_course_of(call, call.given["courseid"])
    call.require("moodle/course:managegroups")
    rows = call.db.scalars(select(Group).filter_by(course_id=course.id).order_by(Group.name))
    return [_told(call, row) for row in rows]


@function("core_group_create_groups")
def create_groups(call: Call) -> Any:
    """Make groups, all or none; a name is there once in a course. Their names come back as they were given."""
    return [_create(call, given) for given in call.given["groups"]]


def _create(call: Call, given: dict[str, Any]) -> dict[str, Any]:
    same_name = select(Group).filter_by(course_id=given["courseid"], name=given["name"])
    if not given["name"].strip() or call.db.scalars(same_name).first():
        refuse_parameters()
    course = valid_course_of(call, given["courseid"])
    call.require("moodle/course:managegroups")
    require_fit(GROUP, given)
    row = Group(course_id=course.id, name=given["name"])
    call.db.add(row)
    call.db.flush()
    return {**_told(call, row), "name": row.name}


def _told(call: Call, row: Group) -> dict[str, Any]:
    return {
        "id": row.id,
        "courseid": row.course_id,
        "name": call.shown.text(row.name),
        "description": "",
        "descriptionformat": 1,
        "enrolmentkey": "",
        "idnumber": "",
        "visibility": 0,
        "participation": True,
    }
