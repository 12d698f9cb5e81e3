"""Courses: found by one value, made and changed."""

from typing import Any

from sqlalchemy import func, select

from lti_tool.demo.moodle.tables import GENERAL, SITE_COURSE, Course, CourseModule, Enrolment, Section
from lti_tool.demo.moodle.webservice.lengths import COURSE, require_fit
from lti_tool.demo.moodle.webservice.refusal import Refusal, refuse, refuse_closed, refuse_missing, refuse_parameters
from lti_tool.demo.moodle.webservice.registry import Call, function
from lti_tool.demo.moodle.webservice.tables import Category
from lti_tool.demo.moodle.webservice.types import LANGUAGES

SEARCHED = {"id": Course.id, "shortname": Course.shortname, "idnumber": Course.idnumber, "category": Course.category_id}
CHANGED = {
    "categoryid": "category_id",
    "fullname": "fullname",
    "shortname": "shortname",
    "idnumber": "idnumber",
    "startdate": "startdate",
    "enddate": "enddate",
    "summary": "summary",
    "format": "format",
    "lang": "lang",
    "visible": "visible",
    "enablecompletion": "enablecompletion",
    "groupmode": "groupmode",
}
NUMBERS = ("visible", "enablecompletion", "groupmode")
WEEK = 7 * 24 * 60 * 60
USUALLY_LASTS = 365 * 24 * 60 * 60
"""Seconds after which a course ends that is made without a word of its end, as Moodle has it at first."""
RIGHTS = {
    "categoryid": "moodle/course:changecategory",
    "fullname": "moodle/course:changefullname",
    "shortname": "moodle/course:changeshortname",
    "idnumber": "moodle/course:changeidnumber",
    "summary": "moodle/course:changesummary",
    "visible": "moodle/course:visibility",
    "lang": "moodle/course:setforcedlanguage",
}


@function("core_course_get_courses_by_field")
def get_courses_by_field(call: Call) -> Any:
    """Find courses by one value of one field, or by several numbers; without a field, all of them."""
    field, value = call.given["field"], call.given["value"]
    query = select(Course).order_by(Course.id)
    if field == "ids":
        query = query.where(Course.id.in_(value.split(",")))
    elif field:
        if field not in SEARCHED:
            refuse_parameters()
        query = query.where(SEARCHED[field] == value)
    return {"courses": [_told(call, course) for course in call.db.scalars(query)], "warnings": []}


@function("core_course_get_courses")
def get_courses(call: Call) -> Any:
    """List all courses, or those with some numbers; how one enrols in them isn't told."""
    query = select(Course).order_by(Course.id)
    if numbers := call.given["options"].get("ids"):
        query = query.where(Course.id.in_(numbers))
    courses = call.db.scalars(query)
    return [{**_told(call, course), "startdate": course.startdate, "enddate": course.enddate} for course in courses]


@function("core_course_create_courses")
def create_courses(call: Call) -> Any:
    """Make courses, all or none, each with a forum and with sections that have no names."""
    return [_create(call, given) for given in call.given["courses"]]


@function("core_course_update_courses")
def update_courses(call: Call) -> Any:
    """Change courses; one that can't be changed is a warning, and the others go on."""
    warnings = []
    for given in call.given["courses"]:
        try:
            _change(call, given)
        except Refusal as refusal:
            warning = {"item": "course", "itemid": given["id"]}
            warnings.append({**warning, "warningcode": refusal.errorcode, "message": refusal.message})
    return {"warnings": warnings}


def course_of(call: Call, number: int) -> Course:
    """Find a course that the caller may view; what they may do there is asked for by the right's name."""
    course = call.db.get(Course, number) or refuse_missing("course")
    require_open(call, course.id)
    return course


def require_open(call: Call, course_id: int) -> None:
    """End the call of somebody who is not in the course and may not view it from outside."""
    own = select(Enrolment.id).filter_by(course_id=course_id, user_id=call.user.id)
    if not call.may("moodle/course:view") and call.db.scalars(own).first() is None:
        refuse_closed()


def valid_course_of(call: Call, number: int) -> Course:
    """Find a course that the caller may view; some functions wrap up whatever is wrong with it."""
    try:
        return course_of(call, number)
    except Refusal as refusal:
        message = f"You cannot execute functions in the course context (course id:{number})."
        raise Refusal("errorcoursecontextnotvalid", f"{message} {refusal.message}") from refusal


def _create(call: Call, given: dict[str, Any]) -> dict[str, Any]:
    if call.db.get(Category, given["categoryid"]) is None:
        refuse("errorcatcontextnotvalid", "You cannot execute functions in the category context")
    call.require("moodle/course:create")
    _require_named(given)
    _require_installed(given)
    _require_free(call, given)
    require_fit(COURSE, given)
    begins = given.get("startdate", call.now)
    course = Course(
        fullname=given["fullname"],
        shortname=given["shortname"],
        idnumber=given.get("idnumber", ""),
        summary=given.get("summary", ""),
        startdate=begins,
        enddate=given.get("enddate", begins + USUALLY_LASTS),
        category_id=given["categoryid"],
        format=given["format"],
        welcome=call.settings.welcome,
        lang=given.get("lang", ""),
        visible=given.get("visible", 1),
        enablecompletion=given.get("enablecompletion", 1),
        groupmode=given["groupmode"],
        automatic_end=_ends_by_itself(given, usually=True),
    )
    call.db.add(course)
    call.db.flush()
    _fill(call, course, given.get("numsections", 4))
    end_with_weeks(call, course)
    end_with_weeks(call, course)
    return {"id": course.id, "shortname": course.shortname}


def _fill(call: Call, course: Course, count: int) -> None:
    """Make the sections; the general one, which every course of Moodle's has, only where there is no other."""
    rows = [Section(course_id=course.id, position=place, name="") for place in range(1, count + 1) or [GENERAL]]
    call.db.add_all(rows)
    call.db.flush()
    call.db.add(CourseModule(course_id=course.id, section_id=rows[0].id, kind="forum", instance=course.id))


def _change(call: Call, given: dict[str, Any]) -> None:
    """Change what is given that is another, when all of it may be changed."""
    course = course_of(call, given["id"])
    call.require("moodle/course:update")
    changed = [key for key, column in CHANGED.items() if key in given and given[key] != getattr(course, column)]
    for key in changed:
        call.require(RIGHTS.get(key, "moodle/course:update"))
    _require_named(given)
    if given.get("lang", course.lang) != course.lang:
        _require_installed(given)
    _require_dates(course, given)
    _require_free(call, {key: given[key] for key in changed}, course.id)
    require_fit(COURSE, given)
    for key in changed:
        setattr(course, CHANGED[key], given[key])
    course.automatic_end = _ends_by_itself(given, usually=course.automatic_end)
    end_with_weeks(call, course)


def end_with_weeks(call: Call, course: Course) -> None:
    """Let a course in weeks end with the last of them, where nobody said that it doesn't."""
    if course.format == "weeks" and course.automatic_end:
        last = call.db.scalar(select(func.max(Section.position)).filter_by(course_id=course.id)) or 0
        course.enddate = course.startdate + max(last, 1) * WEEK


def _ends_by_itself(given: dict[str, Any], *, usually: bool) -> bool:
    options = {option["name"]: option["value"] for option in given.get("courseformatoptions", ())}
    return bool(int(options.get("automaticenddate", usually)))


def _require_named(given: dict[str, Any]) -> None:
    for key in ("fullname", "shortname"):
        if not given.get(key, key).strip():
            refuse("errorinvalidparam", f'The param "{key}" is invalid.')


def _require_installed(given: dict[str, Any]) -> None:
    """Refuse a language whose pack isn't installed; that a course has none can't be said either, once it has one."""
    if "lang" in given and given["lang"] not in LANGUAGES:
        refuse("errorinvalidparam", 'The param "lang" is invalid.')


def _require_dates(course: Course, given: dict[str, Any]) -> None:
    """Refuse an end before the beginning; a beginning alone is let through."""
    begins, ends = given.get("startdate", course.startdate), given.get("enddate", 0)
    if ends and not begins:
        refuse("nostartdatenoenddate", "A course end date can only be set if a start date is also set.")
    if ends and ends < begins:
        refuse("enddatebeforestartdate", "The course end date must be after the start date.")


def _require_free(call: Call, given: dict[str, Any], own: int = 0) -> None:
    """Refuse names that another course has."""
    names = {"shortname": ("shortnametaken", "Short name"), "idnumber": ("courseidnumbertaken", "ID number")}
    for key, (errorcode, what) in names.items():
        value = given.get(key, "")
        taken = select(Course).where(SEARCHED[key] == value, Course.id != own)
        if value and call.db.scalars(taken).first():
            refuse(errorcode, f"{what} is already used for another course ({value})")


def _told(call: Call, course: Course) -> dict[str, Any]:
    """Tell of a course; its idnumber and its dates are for those who may change it."""
    category = call.db.get(Category, course.category_id)
    told = {
        "id": course.id,
        "fullname": call.shown.text(course.fullname),
        "displayname": call.shown.text(course.fullname),
        "shortname": call.shown.text(course.shortname),
        "categoryid": course.category_id if course.id != SITE_COURSE else 0,
        "categoryname": call.shown.text(category.name) if category else "",
        "summary": course.summary,
        "summaryformat": 1,
        "format": course.format,
        "enrollmentmethods": ["manual"] if course.manual_enrolment else [],
        "overviewfiles": [],
        "contacts": [],
        "showactivitydates": True,
        "showcompletionconditions": True,
    }
    if not call.may("moodle/course:update"):
        return told
    numbers = {name: getattr(course, name) for name in NUMBERS}
    dates = {"startdate": course.startdate, "enddate": course.enddate}
    return {**told, "idnumber": course.idnumber, "lang": course.lang, **numbers, **dates}
