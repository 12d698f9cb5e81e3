"""Copying a course, without its people.

Moodle takes those along too unless the option `users` is 0; the miniature never does.
"""

from typing import Any

from sqlalchemy import select

from lti_tool.demo.moodle.copying import copy_course, copy_into
from lti_tool.demo.moodle.tables import Course
from lti_tool.demo.moodle.webservice.courses import course_of
from lti_tool.demo.moodle.webservice.refusal import refuse
from lti_tool.demo.moodle.webservice.registry import Call, function
from lti_tool.demo.moodle.webservice.tables import Category


@function("core_course_duplicate_course")
def duplicate_course(call: Call) -> Any:
    """Make a copy of a course, which remembers what it is a copy of."""
    given = call.given
    if call.db.get(Category, given["categoryid"]) is None:
        refuse("errorcatcontextnotvalid", "You cannot execute functions in the category context")
    original = course_of(call, given["courseid"])
    for right in ("moodle/course:create", "moodle/restore:restorecourse", "moodle/backup:backupcourse"):
        call.require(right)
    leaves_people = any(option["name"] == "users" and option["value"] == "0" for option in given["options"])
    if leaves_people and not (call.may("moodle/backup:userinfo") and call.may("moodle/backup:configure")):
        refuse("setting_locked_by_permission", "error/setting_locked_by_permission")
    if call.db.scalars(select(Course).filter_by(shortname=given["shortname"])).first():
        refuse("shortnametaken", f"Short name is already used for another course ({given['shortname']})")
    names = {"fullname": given["fullname"], "shortname": given["shortname"], "idnumber": ""}
    own = {"category_id": given["categoryid"], "visible": given["visible"], "manual_enrolment": True}
    copy = copy_course(call.db, original, **names, **own, original_id=original.id)
    return {"id": copy.id, "shortname": copy.shortname}


@function("core_course_import_course")
def import_course(call: Call) -> Any:
    """Bring what a course has into another one, beside what is there."""
    given = call.given
    original, target = course_of(call, given["importfrom"]), course_of(call, given["importto"])
    for right in ("moodle/backup:backuptargetimport", "moodle/restore:restoretargetimport"):
        call.require(right)
    if given["deletecontent"]:
        refuse("notinminiature", "The miniature deletes nothing.")
    copy_into(call.db, original, target)
