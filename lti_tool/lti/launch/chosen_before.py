"""What the tool knows of a course's activities, a hint for the picker: what was opened there, and what was handed back.

No message says what a platform made of a choice, nor what was deleted since.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select, update

from lti_tool.database import db
from lti_tool.lti.statements import put
from lti_tool.lti.tables import CourseRow, HandedBackRow, PlacementRow


def find_opened(course_id: int) -> frozenset[str]:
    """Give the activities that launches opened in a course."""
    opened = select(PlacementRow.activity).where(
        PlacementRow.course_id == course_id, PlacementRow.activity.is_not(None)
    )
    return frozenset(activity for activity in db.session.scalars(opened) if activity)


def find_handed_back(course_id: int) -> frozenset[str]:
    """Give the activities that trainers chose for a course."""
    chosen = select(HandedBackRow.activity).where(HandedBackRow.course_id == course_id)
    return frozenset(db.session.scalars(chosen))


def titles(course_id: int) -> str | None:
    """Give the language in which activities were last named in a course."""
    return db.session.scalar(select(CourseRow.language).where(CourseRow.id == course_id))


def remember(course_id: int, activities: Iterable[str], titles: str, now: datetime) -> None:
    """Keep that activities were handed back to the platform for a course, with titles of this language."""
    db.session.execute(update(CourseRow).where(CourseRow.id == course_id).values(language=titles))
    for activity in activities:
        put(HandedBackRow, {"course_id": course_id, "activity": activity}, {"handed_back_at": now})
