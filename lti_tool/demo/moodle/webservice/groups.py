"""Groups of a course."""

from typing import Any

from sqlalchemy import select

from lti_tool.demo.moodle.tables import Group
from lti_tool.demo.moodle.webservice.courses import valid_course_of
from lti_tool.demo.moodle.webservice.lengths import GROUP, require_fit
from lti_tool.demo.moodle.webservice.refusal import refuse, refuse_parameters
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


@function("core_group_update_groups")
def update_groups(call: Call) -> Any:
    """Change groups, all or none. A format that isn't given is HTML; what else isn't given stays."""
    for given in call.given["groups"]:
        _change(call, given)


def _change(call: Call, given: dict[str, Any]) -> None:
    row = call.db.get(Group, given["id"]) or refuse_parameters()
    same_name = select(Group).filter_by(course_id=row.course_id, name=given["name"])
    if not given["name"].strip() or (given["name"] != row.name and call.db.scalars(same_name).first()):
        refuse_parameters()
    valid_course_of(call, row.course_id)
    call.require("moodle/course:managegroups")
    _require_free(call, row.course_id, given, row)
    require_fit(GROUP, given)
    row.description_format = int(given["descriptionformat"])
    for key in ("name", "idnumber", "description"):
        setattr(row, key, given.get(key, getattr(row, key)).strip())


def _require_free(call: Call, course: int, given: dict[str, Any], row: Group | None = None) -> None:
    """Refuse an idnumber that another group of the course has."""
    idnumber = given.get("idnumber", "").strip()
    others = call.db.scalars(select(Group).filter_by(course_id=course, idnumber=idnumber)).all() if idnumber else ()
    if any(other is not row for other in others):
        refuse("idnumbertaken", "This ID number is already in use")


def _create(call: Call, given: dict[str, Any]) -> dict[str, Any]:
    same_name = select(Group).filter_by(course_id=given["courseid"], name=given["name"])
    if not given["name"].strip() or call.db.scalars(same_name).first():
        refuse_parameters()
    course = valid_course_of(call, given["courseid"])
    call.require("moodle/course:managegroups")
    require_fit(GROUP, given)
    _require_free(call, course.id, given)
    row = Group(
        course_id=course.id,
        name=given["name"].strip(),
        idnumber=given.get("idnumber", "").strip(),
        description=given["description"],
        description_format=int(given["descriptionformat"]),
    )
    call.db.add(row)
    call.db.flush()
    return {**_told(call, row), "name": row.name}


def _told(call: Call, row: Group) -> dict[str, Any]:
    return {
        "id": row.id,
        "courseid": row.course_id,
        "name": call.shown.text(row.name),
        "description": row.description,
        "descriptionformat": row.description_format,
        "enrolmentkey": "",
        "idnumber": row.idnumber,
        "visibility": 0,
        "participation": True,
    }
