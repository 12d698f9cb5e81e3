"""Copies of courses: activities come along with their parameters and columns, people and grades don't."""

from typing import Any, TypeVar

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from lti_tool.demo.moodle.tables import Activity, Base, Course, CourseModule, GradeItem, LineItem, Section, page_order

Row = TypeVar("Row", bound=Base)


def copy_course(db: Session, original: Course, **changes: Any) -> Course:
    """Make a copy of a course."""
    copy = _copied(db, original, **changes)
    for section in db.scalars(select(Section).filter_by(course_id=original.id).order_by(Section.position)).all():
        new = _copied(db, section, course_id=copy.id)
        modules = select(CourseModule).filter_by(section_id=section.id).order_by(*page_order())
        for module in db.scalars(modules).all():
            _copy_module(db, module, new)
    return copy


def copy_into(db: Session, original: Course, target: Course) -> None:
    """Bring what a course has into another one: each section into the one with its number, which keeps its name."""
    there = {one.position: one for one in db.scalars(select(Section).filter_by(course_id=target.id)).all()}
    for section in db.scalars(select(Section).filter_by(course_id=original.id).order_by(Section.position)).all():
        own = there.get(section.position) or _copied(db, section, course_id=target.id)
        own.name = own.name or section.name
        modules = select(CourseModule).filter_by(section_id=section.id).order_by(*page_order())
        for module in db.scalars(modules).all():
            _copy_module(db, module, own)


def restore_course(db: Session, original: Course) -> Course:
    """Make a copy as from the backup of another site, which knew the tools by other numbers and addresses.

    Moodle then finds an activity's tool by the activity's address, and knows of no column which tool's it is.
    """
    name = f"{original.shortname} restored"
    copy = copy_course(db, original, shortname=name, idnumber="", original_id=None)
    for activity in db.scalars(select(Activity).filter_by(course_id=copy.id)):
        activity.tool_id = None
    for line in db.scalars(select(LineItem).filter_by(course_id=copy.id)):
        line.tool_id = 0
    return copy


def _copy_module(db: Session, module: CourseModule, section: Section) -> None:
    instance = section.course_id if module.kind == "forum" else _copy_activity(db, module.instance, section)
    _copied(db, module, course_id=section.course_id, section_id=section.id, instance=instance)


def _copy_activity(db: Session, number: int, section: Section) -> int:
    """Copy an activity, with its own column; columns that stand alone stay behind."""
    new = _copied(db, db.get_one(Activity, number), course_id=section.course_id)
    for item in db.scalars(select(GradeItem).filter_by(activity_id=number)).all():
        column = _copied(db, item, course_id=new.course_id, activity_id=new.id)
        line = db.get(LineItem, item.id)
        if line:
            _copied(db, line, item_id=column.id, course_id=new.course_id, activity_id=new.id)
    return new.id


def _copied(db: Session, row: Row, **changes: Any) -> Row:
    names = inspect(type(row)).columns.keys()
    values = {name: getattr(row, name) for name in names if name != "id"}
    copy = type(row)(**{**values, **changes})
    db.add(copy)
    db.flush()
    return copy
