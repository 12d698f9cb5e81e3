"""A course's sections, as its own editor handles them: JSON within JSON."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from lti_tool.demo.moodle.tables import GENERAL, Course, Section
from lti_tool.demo.moodle.webservice import activities
from lti_tool.demo.moodle.webservice.activities import described, listed
from lti_tool.demo.moodle.webservice.courses import course_of, end_with_weeks
from lti_tool.demo.moodle.webservice.refusal import refuse, refuse_parameters
from lti_tool.demo.moodle.webservice.registry import Call, function
from lti_tool.demo.moodle.webservice.types import plain_text

MOST = 52
LONGEST_NAME = 255
UNNAMED = "New section"


@function("core_courseformat_get_state")
def get_state(call: Call) -> Any:
    """Describe a course, its sections and its activities; the general section is number 0."""
    course = course_of(call, call.given["courseid"])
    rows = [_told(call, row) for row in _sections(call, course)]
    general = {**_described(str(general_of(course)), GENERAL, None), "title": "General"}
    listed = [section["id"] for section in (general, *rows)]
    about = {"id": str(course.id), "numsections": len(rows), "sectionlist": listed, "editmode": False}
    return json.dumps({"course": about, "section": [general, *rows], "cm": described(call, course)})


@function("core_courseformat_update_course")
def update_course(call: Call) -> Any:
    """Add a section at the end, move sections and activities, hide and show them; there is no more in the miniature."""
    course = course_of(call, call.given["courseid"])
    action = call.given["action"]
    if action in activities.ACTIONS:
        cms = activities.ACTIONS[action](call, course)
        return json.dumps([{"name": "cm", "action": "put", "fields": fields} for fields in cms])
    if action not in ACTIONS:
        refuse("invalidaction", f"Invalid course state action {action} in format_{course.format}")
    changed = ACTIONS[action](call, course)
    call.db.flush()
    return json.dumps([{"name": "section", "action": "put", "fields": _told(call, row)} for row in changed])


def _add(call: Call, course: Course) -> list[Section]:
    call.require("moodle/course:update")
    last = call.db.scalar(select(func.max(Section.position)).filter_by(course_id=course.id)) or 0
    if last >= MOST:
        refuse("maxsectionslimit", f"Number of sections is limited to {MOST}")
    row = Section(course_id=course.id, position=last + 1, name="")
    call.db.add(row)
    call.db.flush()
    end_with_weeks(call, course)
    return [row]


def _move(call: Call, course: Course) -> list[Section]:
    """Move sections behind another; behind the general one is the front, and behind itself is where it stands."""
    call.require("moodle/course:movesections")
    if not call.given["targetsectionid"]:
        message = "Action section_move_after requires targetsectionid"
        refuse(message, f"error/{message}")
    moved, target = _chosen(call, course), call.given["targetsectionid"]
    behind = None if target == general_of(course) else _section(call, course, target)
    line = [row for row in _sections(call, course) if row not in moved or row is behind]
    moved = [row for row in moved if row is not behind]
    place = line.index(behind) + 1 if behind else 0
    for position, row in enumerate([*line[:place], *moved, *line[place:]], 1):
        row.position = position
    return moved


def _hide(call: Call, course: Course) -> list[Section]:
    return _show(call, course, visible=False)


def _show(call: Call, course: Course, *, visible: bool = True) -> list[Section]:
    call.require("moodle/course:update")
    call.require("moodle/course:sectionvisibility")
    rows = _chosen(call, course)
    for row in rows:
        row.visible = visible
    return rows


ACTIONS = {"section_add": _add, "section_move_after": _move, "section_hide": _hide, "section_show": _show}


def general_of(course: Course) -> int:
    """Give the number of a course's general section, which has no row: no other has it."""
    return -course.id


def _chosen(call: Call, course: Course) -> list[Section]:
    return [_section(call, course, number) for number in call.given["ids"]]


def _section(call: Call, course: Course, number: int) -> Section:
    row = call.db.get(Section, number)
    if row is None or row.course_id != course.id:
        refuse("unexistingsectionid", "error/unexistingsectionid")
    return row


def _sections(call: Call, course: Course) -> Sequence[Section]:
    query = select(Section).filter_by(course_id=course.id).where(Section.position > GENERAL)
    return call.db.scalars(query.order_by(Section.position)).all()


@function("core_update_inplace_editable")
def update_inplace_editable(call: Call) -> Any:
    """Name a section or an activity; tags are taken out of the name."""
    given = call.given
    if (given["component"], given["itemtype"]) == ("core_course", "activityname"):
        activities.rename(call)
        return {key: given[key] for key in ("component", "itemtype", "itemid", "value")} | {
            "displayvalue": call.shown.text(given["value"])
        }
    row = call.db.get(Section, int(given["itemid"])) if given["itemid"].isdigit() else None
    if row is None or given["itemtype"] != "sectionname":
        refuse_parameters()
    if given["component"] != f"format_{course_of(call, row.course_id).format}":
        refuse_parameters()
    call.require("moodle/course:update")
    name = plain_text(given["value"])
    if len(name) > LONGEST_NAME:
        refuse("maximumchars", f"Maximum of {LONGEST_NAME} characters")
    row.name = name
    shown = {key: given[key] for key in ("component", "itemtype", "itemid", "value")}
    return {**shown, "displayvalue": call.shown.text(row.name)}


def _told(call: Call, row: Section) -> dict[str, Any]:
    about = _described(str(row.id), row.position, row.name or None)
    more = {"title": call.shown.text(row.name) or UNNAMED, "visible": row.visible, "cmlist": listed(call, row)}
    return {**about, **more}


def _described(number: str, position: int, name: str | None) -> dict[str, Any]:
    return {
        "id": number,
        "section": position,
        "number": position,
        "rawtitle": name,
        "visible": True,
        "cmlist": [],
        "component": None,
    }
