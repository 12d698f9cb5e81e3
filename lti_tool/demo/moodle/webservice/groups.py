"""Groups of a course and who is in them."""

from typing import Any

from sqlalchemy import select

from lti_tool.demo.moodle.tables import Enrolment, Group, GroupMember
from lti_tool.demo.moodle.webservice.courses import course_of
from lti_tool.demo.moodle.webservice.refusal import refuse, refuse_parameters
from lti_tool.demo.moodle.webservice.registry import Call, function


@function("core_group_get_course_groups")
def get_course_groups(call: Call) -> Any:
    """List a course's groups."""
    course = course_of(call, call.given["courseid"])
    rows = call.db.scalars(select(Group).filter_by(course_id=course.id).order_by(Group.name))
    return [_told(call, row) for row in rows]


@function("core_group_create_groups")
def create_groups(call: Call) -> Any:
    """Make groups, all or none; a name is there once in a course."""
    return [_create(call, given) for given in call.given["groups"]]


@function("core_group_get_group_members")
def get_group_members(call: Call) -> Any:
    """List who is in each group."""
    return [_members(call, number) for number in call.given["groupids"]]


@function("core_group_add_group_members")
def add_group_members(call: Call) -> Any:
    """Put people into groups, all or none; who is there already stays."""
    for given in call.given["members"]:
        group = _group(call, given["groupid"])
        enrolled = select(Enrolment).filter_by(course_id=group.course_id, user_id=given["userid"])
        if call.db.scalars(enrolled).first() is None:
            refuse_parameters()
        key = {"group_id": group.id, "user_id": given["userid"]}
        if call.db.get(GroupMember, key) is None:
            call.db.add(GroupMember(**key))
            call.db.flush()


def _create(call: Call, given: dict[str, Any]) -> dict[str, Any]:
    same_name = select(Group).filter_by(course_id=given["courseid"], name=given["name"])
    if not given["name"].strip() or call.db.scalars(same_name).first():
        refuse_parameters()
    course = course_of(call, given["courseid"])
    row = Group(course_id=course.id, name=given["name"])
    call.db.add(row)
    call.db.flush()
    return _told(call, row)


def _members(call: Call, number: int) -> dict[str, Any]:
    group = _group(call, number)
    users = call.db.scalars(select(GroupMember.user_id).filter_by(group_id=group.id).order_by(GroupMember.user_id))
    return {"groupid": group.id, "userids": list(users)}


def _group(call: Call, number: int) -> Group:
    group = call.db.get(Group, number)
    if group is None:
        refuse("invalidrecord", "Can't find data record in database table groups.")
    course_of(call, group.course_id)
    return group


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
