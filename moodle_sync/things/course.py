"""Courses and their settings: nothing of them is ever removed."""

import html
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from typing import ClassVar, Final

from moodle_sync.sameness import same
from moodle_sync.things.action import Action, Alteration, Creation, Looking, Making, Name, Step
from moodle_sync.things.category import CATEGORIES
from moodle_sync.things.change import Aim, Change, changes_line, moment
from moodle_sync.things.comparison import Comparison
from moodle_sync.things.ids import Ids
from moodle_sync.things.kind import Kind
from moodle_sync.things.place import InCourse
from moodle_sync.things.state import State
from moodle_sync.things.thing import Thing
from moodle_sync.webservice.encoding import Row
from moodle_sync.webservice.functions import CREATE_COURSES, GET_COURSES, UPDATE_COURSES
from moodle_sync.webservice.replies import CourseReply

FIELDS: Final = ("idnumber", "shortname", "fullname", "category")
END: Final = "enddate"
"""As Moodle calls a course's end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A course with the names of its sections, the general one left out; an empty name is a section without one."""

    idnumber: str
    shortname: str
    fullname: str
    category: str
    """The category's idnumber; empty for one that is none of ours."""
    sections: tuple[str, ...] = ()
    summary: str = field(default="", compare=False)
    """Plain text, for new courses only."""
    format: str = field(default="topics", compare=False)
    ends: int | None = field(default=None, compare=False)
    """When, in seconds since 1970, or 0 for never; None is what nobody manages, or nobody is told."""


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
        del zone
        course = self.course
        end = ", without an end" if course.ends == 0 else ""
        return f'course {course.idnumber}: make "{course.fullname}" ({course.shortname}) in {course.category}{end}'

    def row(self, making: Making) -> Row:
        """Write it as a row of a request."""
        course = self.course
        return {
            "fullname": course.fullname,
            "shortname": course.shortname,
            "idnumber": course.idnumber,
            "categoryid": making.ids[CATEGORIES][course.category],
            "format": course.format,
            "numsections": len(course.sections),
            "enddate": course.ends,
            "summary": f"<p>{html.escape(course.summary)}</p>" if course.summary else None,
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
        given = ((name, getattr(self.course, name)) for name in FIELDS)
        return (("course", self.course.idnumber, Change(name, "", value)) for name, value in given)

    def found(self, looking: Looking) -> int | None:
        """Give its number, if it is there."""
        found = looking.once(_course, "idnumber", self.course.idnumber)
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
        return f"course {self.course}: {changes_line(_dated(change, zone) for change in self.changes)}"

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

    def is_done(self, looking: Looking) -> bool:
        """Tell whether all fields are as written."""
        found = looking.once(_course, "id", looking.ids[COURSES][self.course])
        if found is None:
            return False
        values = {"category": found.categoryid, "idnumber": found.idnumber}
        values |= {"shortname": found.shortname, "fullname": found.fullname, END: str(found.enddate)}
        wanted = {change.field: change.after for change in self.changes}
        return all(
            values.get(name) == (looking.ids[CATEGORIES][value] if name == "category" else value)
            for name, value in wanted.items()
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
            yield CreateCourse(sides.wanted[COURSES][key])
        elif changes := tuple(change for change in differences(sides, key) if sides.tries("course", key, change)):
            yield ChangeCourse(key, changes)


def differences(sides: Comparison, key: str) -> Iterator[Change]:
    """Compare a course's settings with what the source says."""
    wanted, found = sides.wanted[COURSES].get(key), sides.site[COURSES].get(key)
    if wanted is None or found is None:
        return
    for name in FIELDS:
        before, after = getattr(found, name), getattr(wanted, name)
        if after and same(before) != same(after):
            yield Change(name, before, after)
    if None not in (wanted.ends, found.ends) and wanted.ends != found.ends:
        yield Change(END, str(found.ends), str(wanted.ends))


def _course(looking: Looking, name: str, value: str | int) -> CourseReply | None:
    courses = looking.ask(GET_COURSES, field=name, value=value).courses
    return courses[0] if courses else None


def _dated(change: Change, zone: tzinfo) -> Change:
    """Write a course's end as a date."""
    if change.field != END:
        return change
    return Change(END, _end(change.before, zone), _end(change.after, zone))


def _end(seconds: str, zone: tzinfo) -> str:
    return moment(int(seconds), zone) if int(seconds) else "none"


COURSE: Final = Thing(
    name="course", actions=(CreateCourse, ChangeCourse), want=want, compare=compare, differences=differences
)
