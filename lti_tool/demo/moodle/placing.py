"""Putting activities into a course and taking them out, each with its column in the gradebook."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.demo.moodle.tables import Activity, CourseModule, GradeItem, LineItem, Section


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """The gradebook column that comes with an activity."""

    maximum: int = 100
    resource_id: str = ""
    tag: str = ""
    review_url: str = ""
    review_custom: str = ""


def place_activity(db: Session, section: Section, activity: Activity, column: Column | None) -> CourseModule:
    """Put an activity at the end of a section; its column is named after it."""
    db.add(activity)
    db.flush()
    module = CourseModule(course_id=section.course_id, section_id=section.id, kind="lti", instance=activity.id)
    db.add(module)
    if column:
        add_column(db, activity, column)
    db.flush()
    return module


def remove_activity(db: Session, module: CourseModule) -> None:
    """Take an activity out; its own column goes with it, columns that stand alone stay."""
    activity = db.get_one(Activity, module.instance)
    remove_column(db, activity)
    db.delete(activity)
    db.delete(module)


def has_column(db: Session, activity: Activity) -> bool:
    """Tell whether an activity has a column of its own."""
    return db.scalars(select(GradeItem).filter_by(activity_id=activity.id)).first() is not None


def remove_column(db: Session, activity: Activity) -> None:
    """Take an activity's own column away, with its grades; what LTI knew of it is left behind, as in Moodle."""
    for item in db.scalars(select(GradeItem).filter_by(activity_id=activity.id)):
        db.delete(item)


def add_column(db: Session, activity: Activity, column: Column) -> None:
    """Give an activity a column; it gets a line item with it."""
    item = GradeItem(
        course_id=activity.course_id, activity_id=activity.id, name=activity.name, grade_max=column.maximum
    )
    db.add(item)
    db.flush()
    if activity.tool_id is not None:
        db.add(_line_item(item, activity.tool_id, column))


def _line_item(item: GradeItem, tool_id: int, column: Column) -> LineItem:
    return LineItem(
        item_id=item.id,
        course_id=item.course_id,
        tool_id=tool_id,
        activity_id=item.activity_id,
        resource_id=column.resource_id,
        tag=column.tag,
        review_url=column.review_url,
        review_custom=column.review_custom,
    )
