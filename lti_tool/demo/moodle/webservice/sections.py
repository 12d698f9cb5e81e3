"""A course's sections, as its own editor handles them: JSON within JSON."""

import json
from typing import Any

from sqlalchemy import func, select

from lti_tool.demo.moodle.tables import GENERAL, Section
from lti_tool.demo.moodle.webservice.courses import course_of
from lti_tool.demo.moodle.webservice.refusal import refuse, refuse_parameters
from lti_tool.demo.moodle.webservice.registry import Call, function
from lti_tool.demo.moodle.webservice.types import plain_text

MOST = 52
UNNAMED = "New section"


@function("core_courseformat_get_state")
def get_state(call: Call) -> Any:
    """Describe a course and its sections; the general one is number 0."""
    course = course_of(call, call.given["courseid"])
    query = select(Section).filter_by(course_id=course.id).where(Section.position > GENERAL).order_by(Section.position)
    rows = [_told(call, row) for row in call.db.scalars(query)]
    general = {**_described("0", GENERAL, None), "title": "General"}
    listed = [section["id"] for section in (general, *rows)]
    about = {"id": str(course.id), "numsections": len(rows), "sectionlist": listed, "editmode": False}
    return json.dumps({"course": about, "section": [general, *rows], "cm": []})


@function("core_courseformat_update_course")
def update_course(call: Call) -> Any:
    """Add a section at the end; the other actions are not in the miniature."""
    course = course_of(call, call.given["courseid"])
    call.require("moodle/course:update")
    if call.given["action"] != "section_add":
        refuse("invalidaction", f"Invalid course state action {call.given['action']} in format_{course.format}")
    last = call.db.scalar(select(func.max(Section.position)).filter_by(course_id=course.id)) or 0
    if last >= MOST:
        refuse("maxsectionslimit", f"Number of sections is limited to {MOST}")
    row = Section(course_id=course.id, position=last + 1, name="")
    call.db.add(row)
    call.db.flush()
    return json.dumps([{"name": "section", "action": "put", "fields": _told(call, row)}])


@function("core_update_inplace_editable")
def update_inplace_editable(call: Call) -> Any:
    """Name a section; tags are taken out of the name."""
    given = call.given
    row = call.db.get(Section, int(given["itemid"])) if given["itemid"].isdigit() else None
    if row is None or given["itemtype"] != "sectionname":
        refuse_parameters()
    if given["component"] != f"format_{course_of(call, row.course_id).format}":
        refuse_parameters()
    call.require("moodle/course:update")
    row.name = plain_text(given["value"])
    shown = {key: given[key] for key in ("component", "itemtype", "itemid", "value")}
    return {**shown, "displayvalue": call.shown.text(row.name)}


def _told(call: Call, row: Section) -> dict[str, Any]:
    described = _described(str(row.id), row.position, row.name or None)
    return {**described, "title": call.shown.text(row.name) or UNNAMED}


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
