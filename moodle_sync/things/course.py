"""Courses and their settings: nothing of them is ever removed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from typing import ClassVar, Final
from zoneinfo import ZoneInfo

from moodle_sync.sameness import same
from moodle_sync.things.action import Action, Alteration, Creation, Looking, Making, Name, Step
from moodle_sync.things.applied import Applied
from moodle_sync.things.category import CATEGORIES
from moodle_sync.things.change import Aim, Change, Field, changes_line
from moodle_sync.things.comparison import Comparison
from moodle_sync.things.course_settings import SETTINGS, TEXTS, Course, as_page, told, values
from moodle_sync.things.finding import Remark
from moodle_sync.things.ids import Ids
from moodle_sync.things.kept import FIELDS, drift, holding, is_left, last, unheld
from moodle_sync.things.kind import Kind
from moodle_sync.things.place import InCourse
from moodle_sync.things.state import State
from moodle_sync.things.thing import Thing
from moodle_sync.webservice.encoding import Row
from moodle_sync.webservice.functions import CREATE_COURSES, GET_COURSES, UPDATE_COURSES
from moodle_sync.webservice.replies import CourseReply

__all__ = ["COURSE", "COURSES", "NAMES", "ChangeCourse", "Course", "CreateCourse", "course_with", "is_unfinished"]

NAMES: Final = ("idnumber", "shortname", "fullname", "category")
COURSES: Final[Kind[str, Mapping[str, Course]]] = Kind("course", {})
"""By idnumber."""


@dataclass(frozen=True, slots=True)
class CreateCourse(Creation):
    """Make a course with as many sections as it shall have, all without names."""

    noun: ClassVar = "new courses"
    step: ClassVar = Step(CREATE_COURSES, "courses", 5)
    course: Course

    def line(self, zone: tzinfo) -> str:
        """Say what becomes of what."""
        course = self.course
        end = ", without an end" if course.ends == 0 else ""
        return f'course {course.idnumber}: make "{course.fullname}" ({course.shortname}) in {course.category}{end}'

    def row(self, making: Making) -> Row:
        """Write it as a row of a request."""
        course = self.course
        visible = course.visible if course.visible is not None or not course.hidden_at_first else False
        return {
            "fullname": course.fullname,
            "shortname": course.shortname,
            "idnumber": course.idnumber,
            "categoryid": making.ids[CATEGORIES][course.category],
            "format": course.format,
            "numsections": len(course.sections),
            "startdate": course.starts,
            "enddate": course.ends,
            "summary": as_page(course.summary),
            "lang": course.lang,
            "visible": visible,
            "enablecompletion": course.completion,
            "groupmode": course.group_mode,
        }

    def names(self) -> tuple[Name, ...]:
        """Name the course and its category."""
        return ("course", self.course.idnumber), ("category", self.course.category)

    def touches(self) -> frozenset[Name]:
        """Give the course, and the order in its category."""
        return frozenset(self.names())

    def lane(self) -> Name:
        """Give its category."""
        return "category", self.course.category

    def makes(self) -> Name:
        """Give the course."""
        return "course", self.course.idnumber

    def aims(self) -> Iterator[Aim]:
        """Name the fields that it writes."""
        given = ((name, value) for name, value in values(self.course) if name in NAMES)
        return (("course", self.course.idnumber, Change(name, "", value)) for name, value in given)

    def keeps(self) -> Applied:
        """Say what its settings are."""
        return holding("course", self.course.idnumber, dict(values(self.course)))

    def found(self, looking: Looking) -> int | None:
        """Give its number, if it is there."""
        found = looking.once(course_with, "idnumber", self.course.idnumber)
        return found.id if found else None

    def learn(self, number: int, ids: Ids) -> None:
        """Keep its number."""
        ids[COURSES][self.course.idnumber] = number


@dataclass(frozen=True, slots=True)
class ChangeCourse(InCourse, Alteration):
    """Change a course's settings."""

    noun: ClassVar = "changed courses"
    step: ClassVar = Step(UPDATE_COURSES, "courses")
    course: str
    changes: tuple[Change, ...]

    def within(self) -> str:
        """Give the course."""
        return self.course

    def line(self, zone: tzinfo) -> str:
        """Say what becomes of what."""
        return f"course {self.course}: {changes_line(told(change, zone) for change in self.changes)}"

    def row(self, making: Making) -> Row:
        """Write it as a row of a request."""
        changes: dict[str, str | int] = {change.field: change.after for change in self.changes}
        if category := changes.pop("category", None):
            changes["categoryid"] = making.ids[CATEGORIES][str(category)]
        return {"id": making.ids[COURSES][self.course], **changes}

    def names(self) -> tuple[Name, ...]:
        """Name the course, and the category that it comes into."""
        moved = (("category", change.after) for change in self.changes if change.field == "category")
        return ("course", self.course), *moved

    def aims(self) -> Iterator[Aim]:
        """Name the fields that it writes."""
        return (("course", self.course, change) for change in self.changes)

    def keeps(self) -> Applied:
        """Say what its settings are."""
        return holding("course", self.course, {change.field: change.after for change in self.changes})

    def is_done(self, looking: Looking) -> bool:
        """Tell whether all fields are as written."""
        found = looking.once(course_with, "id", looking.ids[COURSES][self.course])
        if found is None:
            return False
        there = as_course(found, {number: key for key, number in looking.ids[CATEGORIES].items()})
        return all(same(SETTINGS[change.field](there) or "") == same(change.after) for change in self.changes)


def as_course(reply: CourseReply, categories: Mapping[int, str], sections: tuple[str, ...] = ()) -> Course:
    """Say in our words what Moodle tells of a course; `categories` are ours by their numbers."""
    return Course(
        idnumber=reply.idnumber,
        shortname=reply.shortname,
        fullname=reply.fullname,
        category=categories.get(reply.categoryid, ""),
        sections=sections,
        format=reply.format,
        ends=reply.enddate,
        starts=reply.startdate,
        page=reply.summary,
        kept_format=reply.format or None,
        lang=reply.lang,
        visible=reply.visible,
        completion=reply.enablecompletion,
        group_mode=reply.groupmode,
    )


def want(sides: Comparison) -> State:
    """Leave out what conflicts concern; a course that is there stays where it is if its category is left alone."""
    return State().having(COURSES, dict(_wanted(sides)))


def _wanted(sides: Comparison) -> Iterator[tuple[str, Course]]:
    for key, course in sides.desired[COURSES].items():
        if ("course", key) not in sides.left:
            yield key, replace(course, category="") if ("category", course.category) in sides.left else course


def compare(sides: Comparison) -> Iterator[Action]:
    """Make what is missing, and change what is called otherwise."""
    for key in sorted(sides.wanted[COURSES]):
        if key not in sides.site[COURSES]:
            yield from () if sides.wanted[COURSES][key].template else (CreateCourse(sides.wanted[COURSES][key]),)
        elif is_unfinished(sides, key):
            continue
        elif changes := tuple(change for change in differences(sides, key) if _is_written(sides, key, change)):
            yield ChangeCourse(key, changes)


def is_unfinished(sides: Comparison, key: str) -> bool:
    """Tell whether a course is a copy of its template that has no idnumber yet: it has the template's settings."""
    wanted, found = sides.wanted[COURSES].get(key), sides.site[COURSES].get(key)
    return bool(wanted and wanted.template and found and not found.idnumber)


def _is_written(sides: Comparison, key: str, change: Change) -> bool:
    """Tell whether a setting is written: not what somebody changed in Moodle, nor what Moodle made of it itself."""
    return (
        sides.tries("course", key, change)
        and not _is_left(sides, key, change)
        and not _was_there_before(sides, key, change)
    )


def _is_left(sides: Comparison, key: str, change: Change) -> bool:
    """Tell whether somebody changed a setting in Moodle and it stays so; the community's course never gets an end."""
    is_to_last = change.field == "enddate" and key in sides.desired.lasting
    return not is_to_last and is_left(sides, "course", key, change)


def _was_there_before(sides: Comparison, key: str, change: Change) -> bool:
    """Tell whether nobody knows who wrote a text, and nobody asked for another one."""
    unknown = change.field in TEXTS and last(sides, ("course", key, change.field)) is None
    return unknown and bool(change.before) and not sides.options.file_wins


def differences(sides: Comparison, key: str) -> Iterator[Change]:
    """Compare a course's settings with what the source says."""
    wanted, found = sides.wanted[COURSES].get(key), sides.site[COURSES].get(key)
    if wanted is None or found is None:
        return
    for name, after in values(wanted):
        before = SETTINGS[name](found)
        if before is not None and same(before) != same(after):
            yield Change(name, before, after)


def adopt(sides: Comparison) -> Applied:
    """Take over the settings that are there as wanted."""
    fields: dict[Field, str] = {}
    for key, course in sides.wanted[COURSES].items():
        if key in sides.site[COURSES] and not is_unfinished(sides, key):
            others = {change.field for change in differences(sides, key)}
            found = sides.site[COURSES][key]
            there = {name: value for name, value in values(course) if name not in others and SETTINGS[name](found)}
            fields |= unheld(sides, "course", key, there)
    return Applied().having(FIELDS, fields)


def remarks(sides: Comparison, actions: Sequence[Action]) -> Iterator[Remark]:
    """Show what somebody changed in Moodle."""
    zone = ZoneInfo(sides.options.zone)
    for key in sorted(sides.wanted[COURSES].keys() & sides.site[COURSES].keys()):
        for change in () if is_unfinished(sides, key) else differences(sides, key):
            if sides.tries("course", key, change) and not _is_written(sides, key, change):
                yield drift("course", key, told(change, zone))


def course_with(looking: Looking, name: str, value: str | int) -> CourseReply | None:
    """Find a course by a field."""
    courses = looking.ask(GET_COURSES, field=name, value=value).courses
    return courses[0] if courses else None


COURSE: Final = Thing(
    name="course",
    actions=(CreateCourse, ChangeCourse),
    want=want,
    compare=compare,
    adopt=adopt,
    differences=differences,
    remarks=remarks,
)
