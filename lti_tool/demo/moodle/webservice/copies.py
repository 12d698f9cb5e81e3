"""Copying a course: its activities come along with their parameters and columns, its people and grades don't.

Moodle takes those along too unless the option `users` is 0; the miniature never does.
"""

from typing import Any, TypeVar

from sqlalchemy import inspect, select

from lti_tool.demo.moodle.tables import Activity, Base, Course, CourseModule, GradeItem, LineItem, Section
from lti_tool.demo.moodle.webservice.courses import course_of
from lti_tool.demo.moodle.webservice.registry import Call, function

Row = TypeVar("Row", bound=Base)


@function("core_course_duplicate_course")
def duplicate_course(call: Call) -> Any:
    """Make a copy of a course, which remembers what it is a copy of."""
    given = call.given
    original = course_of(call, given["courseid"])
    call.require("moodle/course:create")
    names = {"fullname": given["fullname"], "shortname": given["shortname"], "idnumber": ""}
    copy = _copied(call, original, **names, category_id=given["categoryid"], original_id=original.id)
    for section in _of(call, Section, original):
        new = _copied(call, section, course_id=copy.id)
        for module in call.db.scalars(select(CourseModule).filter_by(section_id=section.id).order_by(CourseModule.id)):
            _copy_module(call, module, new)
    return {"id": copy.id, "shortname": copy.shortname}


def _copy_module(call: Call, module: CourseModule, section: Section) -> None:
    instance = section.course_id if module.kind == "forum" else _copy_activity(call, module.instance, section)
    _copied(call, module, course_id=section.course_id, section_id=section.id, instance=instance)


def _copy_activity(call: Call, number: int, section: Section) -> int:
    """Copy an activity, with its own column; columns that stand alone stay behind."""
    new = _copied(call, call.db.get_one(Activity, number), course_id=section.course_id)
    for item in call.db.scalars(select(GradeItem).filter_by(activity_id=number)):
        column = _copied(call, item, course_id=new.course_id, activity_id=new.id)
        line = call.db.get(LineItem, item.id)
        if line:
            _copied(call, line, item_id=column.id, course_id=new.course_id, activity_id=new.id)
    return new.id


def _of(call: Call, table: type[Section], course: Course) -> list[Section]:
    return list(call.db.scalars(select(table).filter_by(course_id=course.id).order_by(table.position)))


def _copied(call: Call, row: Row, **changes: Any) -> Row:
    names = inspect(type(row)).columns.keys()
    values = {name: getattr(row, name) for name in names if name != "id"}
    copy = type(row)(**{**values, **changes})
    call.db.add(copy)
    call.db.flush()
    return copy
