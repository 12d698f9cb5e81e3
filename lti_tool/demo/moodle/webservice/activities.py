"""A course's activities, as its own editor sees them."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select

from lti_tool.demo.moodle.tables import Activity, Course, CourseModule, Section
from lti_tool.demo.moodle.webservice.registry import Call

FORUM = "Announcements"
"""What Moodle calls the forum that it makes in every course."""


def described(call: Call, course: Course) -> list[dict[str, Any]]:
    """Describe all activities, in the order of the page."""
    return [_described(call, module, section) for module, section in _placed(call, course)]


def listed(call: Call, section: Section) -> list[str]:
    """List the numbers of a section's activities."""
    return [str(module.id) for module in _modules(call, section)]


def _placed(call: Call, course: Course) -> Iterator[tuple[CourseModule, Section]]:
    for section in call.db.scalars(select(Section).filter_by(course_id=course.id).order_by(Section.position)).all():
        yield from ((module, section) for module in _modules(call, section))


def _modules(call: Call, section: Section) -> Sequence[CourseModule]:
    return call.db.scalars(select(CourseModule).filter_by(section_id=section.id).order_by(CourseModule.id)).all()


def _described(call: Call, module: CourseModule, section: Section) -> dict[str, Any]:
    name = FORUM if module.kind == "forum" else call.db.get_one(Activity, module.instance).name
    return {
        "id": str(module.id),
        "name": call.shown.text(name),
        "module": module.kind,
        "plugin": f"mod_{module.kind}",
        "sectionid": str(section.id),
        "sectionnumber": section.position,
        "visible": True,
        "stealth": False,
    }
