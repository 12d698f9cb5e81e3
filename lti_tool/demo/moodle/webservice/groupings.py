"""Groupings of a course: sets of its groups."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from lti_tool.demo.moodle.tables import Group
from lti_tool.demo.moodle.webservice.courses import valid_course_of
from lti_tool.demo.moodle.webservice.lengths import GROUPING, require_fit
from lti_tool.demo.moodle.webservice.refusal import refuse, refuse_missing, refuse_parameters
from lti_tool.demo.moodle.webservice.registry import Call, function
from lti_tool.demo.moodle.webservice.tables import Grouping, GroupingGroup

RIGHT = "moodle/course:managegroups"


@function("core_group_get_course_groupings")
def get_course_groupings(call: Call) -> Any:
    """List a course's groupings, without what is in them."""
    course = valid_course_of(call, call.given["courseid"])
    call.require(RIGHT)
    rows = call.db.scalars(select(Grouping).filter_by(course_id=course.id).order_by(Grouping.name))
    return [_told(row) for row in rows]


@function("core_group_get_groupings")
def get_groupings(call: Call) -> Any:
    """Tell of groupings by their numbers; without any group in one, there is no list of them."""
    return [_with_groups(call, _open(call, number)) for number in call.given["groupingids"]]


@function("core_group_create_groupings")
def create_groupings(call: Call) -> Any:
    """Make groupings, all or none; whoever gives no idnumber is answered with an error, when all is done."""
    return [_create(call, given) for given in call.given["groupings"]]


@function("core_group_update_groupings")
def update_groupings(call: Call) -> Any:
    """Change groupings, all or none. A format that isn't given is HTML; an idnumber stays then."""
    for given in call.given["groupings"]:
        _change(call, given)


@function("core_group_assign_grouping")
def assign_grouping(call: Call) -> Any:
    """Put groups into groupings, all or none; what is in already stays."""
    for grouping, group in _pairs(call, "assignments"):
        if call.db.get(GroupingGroup, (grouping.id, group.id)) is None:
            call.db.add(GroupingGroup(grouping_id=grouping.id, group_id=group.id))
            call.db.flush()


@function("core_group_unassign_grouping")
def unassign_grouping(call: Call) -> Any:
    """Take groups out of groupings, all or none; what isn't in is no error."""
    for grouping, group in _pairs(call, "unassignments"):
        if row := call.db.get(GroupingGroup, (grouping.id, group.id)):
            call.db.delete(row)
            call.db.flush()


def _pairs(call: Call, rows: str) -> Iterator[tuple[Grouping, Group]]:
    for given in call.given[rows]:
        group = call.db.get(Group, given["groupid"]) or refuse_missing("groups")
        yield _open(call, given["groupingid"]), group


def _open(call: Call, number: int) -> Grouping:
    row = call.db.get(Grouping, number) or refuse_missing("groupings")
    valid_course_of(call, row.course_id)
    call.require(RIGHT)
    return row


def _create(call: Call, given: dict[str, Any]) -> dict[str, Any]:
    _require_free(call, given["courseid"], given)
    course = valid_course_of(call, given["courseid"])
    call.require(RIGHT)
    require_fit(GROUPING, given)
    row = Grouping(
        course_id=course.id,
        name=given["name"].strip(),
        idnumber=given.get("idnumber", "").strip(),
        description=given["description"],
        description_format=int(given["descriptionformat"]),
    )
    call.db.add(row)
    call.db.flush()
    told = _told(row)
    return told if "idnumber" in given else {key: value for key, value in told.items() if key != "idnumber"}


def _change(call: Call, given: dict[str, Any]) -> None:
    row = call.db.get(Grouping, given["id"]) or refuse_parameters()
    _require_free(call, row.course_id, given, row)
    _open(call, row.id)
    require_fit(GROUPING, given)
    row.description_format = int(given["descriptionformat"])
    for key in ("name", "idnumber", "description"):
        setattr(row, key, given.get(key, getattr(row, key)).strip())


def _require_free(call: Call, course: int, given: dict[str, Any], row: Grouping | None = None) -> None:
    """Refuse a name that a grouping of the course has, its own in other capitals too, and an idnumber of another."""
    same_name = select(Grouping).filter_by(course_id=course, name=given["name"])
    is_new = row is None or given["name"] != row.name
    if not given["name"].strip() or (is_new and call.db.scalars(same_name).first()):
        refuse_parameters()
    idnumber = given.get("idnumber", "").strip()
    others = call.db.scalars(select(Grouping).filter_by(course_id=course, idnumber=idnumber)).all() if idnumber else ()
    if any(other is not row for other in others):
        refuse("idnumbertaken", "This ID number is already in use")


def _with_groups(call: Call, row: Grouping) -> dict[str, Any]:
    query = select(Group).join(GroupingGroup, GroupingGroup.group_id == Group.id)
    groups = call.db.scalars(query.where(GroupingGroup.grouping_id == row.id).order_by(Group.id)).all()
    told = _told(row)
    return {**told, "groups": list(map(_told_group, groups))} if groups and call.given["returngroups"] else told


def _told(row: Grouping) -> dict[str, Any]:
    return {
        "id": row.id,
        "courseid": row.course_id,
        "name": row.name,
        "description": row.description,
        "descriptionformat": row.description_format,
        "idnumber": row.idnumber,
    }


def _told_group(row: Group) -> dict[str, Any]:
    return {
        "id": row.id,
        "courseid": row.course_id,
        "name": row.name,
        "description": row.description,
        "descriptionformat": row.description_format,
        "enrolmentkey": "",
        "idnumber": row.idnumber,
    }
