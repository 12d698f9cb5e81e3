"""Copying a course, without its people.

Moodle takes those along too unless the option `users` is 0; the miniature never does.
"""

from typing import Any

from lti_tool.demo.moodle.copying import copy_course
from lti_tool.demo.moodle.webservice.courses import course_of
from lti_tool.demo.moodle.webservice.registry import Call, function


@function("core_course_duplicate_course")
def duplicate_course(call: Call) -> Any:
    """Make a copy of a course, which remembers what it is a copy of."""
    given = call.given
    original = course_of(call, given["courseid"])
    call.require("moodle/course:create")
    names = {"fullname": given["fullname"], "shortname": given["shortname"], "idnumber": ""}
    copy = copy_course(call.db, original, **names, category_id=given["categoryid"], original_id=original.id)
    return {"id": copy.id, "shortname": copy.shortname}
