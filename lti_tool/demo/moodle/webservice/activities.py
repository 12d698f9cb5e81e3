"""A course's activities, as its own editor sees them."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select

from lti_tool.demo.moodle.tables import Activity, Course, CourseModule, Section, page_order
from lti_tool.demo.moodle.webservice.courses import course_of
from lti_tool.demo.moodle.webservice.refusal import refuse, refuse_parameters
from lti_tool.demo.moodle.webservice.registry import Call
from lti_tool.demo.moodle.webservice.types import plain_text

FORUM = "Announcements"
"""What Moodle calls the forum that it makes in every course."""


def described(call: Call, course: Course) -> list[dict[str, Any]]:
    """Describe all activities, in the order of the page."""
    return [_described(call, module, section) for module, section in _placed(call, course)]


def listed(call: Call, section: Section) -> list[str]:
    """List the numbers of a section's activities."""
    return [str(module.id) for module in _modules(call, section)]


def hide(call: Call, course: Course) -> list[dict[str, Any]]:
    """Hide activities."""
    return _show(call, course, visible=False)


def show(call: Call, course: Course) -> list[dict[str, Any]]:
    """Show activities."""
    return _show(call, course, visible=True)


def move(call: Call, course: Course) -> list[dict[str, Any]]:
    """Move activities before another one, else to the end of a section."""
    moved = _chosen(call, course, "moodle/course:manageactivities")
    target = call.given["targetcmid"]
    before = _module(call, course, target) if target else None
    section = call.db.get(Section, before.section_id if before else call.given["targetsectionid"])
    if section is None or section.course_id != course.id:
        refuse("unexistingsectionid", "error/unexistingsectionid")
    line = [module for module in _modules(call, section) if module not in moved or module is before]
    place = line.index(before) if before else len(line)
    line[place:place] = [module for module in moved if module is not before]
    for number, module in enumerate(line, 1):
        module.section_id, module.place = section.id, number
    return [_described(call, module, section) for module in moved]


def rename(call: Call) -> CourseModule:
    """Call an activity of the tool otherwise; tags are taken out of the name."""
    number = call.given["itemid"]
    module = call.db.get(CourseModule, int(number)) if number.isdigit() else None
    if module is None or module.kind != "lti":
        refuse_parameters()
    course_of(call, module.course_id)
    call.require("moodle/course:manageactivities")
    call.db.get_one(Activity, module.instance).name = plain_text(call.given["value"]).strip()
    return module


def _show(call: Call, course: Course, *, visible: bool) -> list[dict[str, Any]]:
    modules = _chosen(call, course, "moodle/course:activityvisibility")
    for module in modules:
        module.visible = visible
    return [_described(call, module, call.db.get_one(Section, module.section_id)) for module in modules]


def _chosen(call: Call, course: Course, right: str) -> list[CourseModule]:
    modules = [_module(call, course, number) for number in call.given["ids"]]
    call.require(right)
    return modules


def _module(call: Call, course: Course, number: int) -> CourseModule:
    module = call.db.get(CourseModule, number)
    if module is None or module.course_id != course.id:
        refuse("unexistingcmid", "error/unexistingcmid")
    return module


ACTIONS = {"cm_move": move, "cm_hide": hide, "cm_show": show}


def _placed(call: Call, course: Course) -> Iterator[tuple[CourseModule, Section]]:
    for section in call.db.scalars(select(Section).filter_by(course_id=course.id).order_by(Section.position)).all():
        yield from ((module, section) for module in _modules(call, section))


def _modules(call: Call, section: Section) -> Sequence[CourseModule]:
    return call.db.scalars(select(CourseModule).filter_by(section_id=section.id).order_by(*page_order())).all()


def _described(call: Call, module: CourseModule, section: Section) -> dict[str, Any]:
    name = FORUM if module.kind == "forum" else call.db.get_one(Activity, module.instance).name
    return {
        "id": str(module.id),
        "name": call.shown.text(name),
        "module": module.kind,
        "plugin": f"mod_{module.kind}",
        "sectionid": str(section.id),
        "sectionnumber": section.position,
        "visible": module.visible and section.visible,
        "stealth": False,
    }
