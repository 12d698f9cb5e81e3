"""Courses and their settings: nothing of them is ever removed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from typing import ClassVar, Final

from moodle_sync.multilang import told as told_name
from moodle_sync.sameness import same
from moodle_sync.things.action import Action, Alteration, Creation, Looking, Making, Name, Step
from moodle_sync.things.applied import Applied
from moodle_sync.things.back import Back, stays
from moodle_sync.things.category import CATEGORIES
from moodle_sync.things.change import Aim, Change, changes_line
from moodle_sync.things.course_settings import SETTINGS, Course, as_course, as_page, told, values
from moodle_sync.things.finding import Conflict
from moodle_sync.things.ids import Ids
from moodle_sync.things.kept import (
    holding,
)
from moodle_sync.things.kind import Kind
from moodle_sync.things.place import InCourse
from moodle_sync.webservice.encoding import Row
from moodle_sync.webservice.functions import CREATE_COURSES, GET_COURSES, UPDATE_COURSES
from moodle_sync.webservice.replies import CourseReply

__all__ = ["COURSES", "NAMES", "ChangeCourse", "Course", "CreateCourse", "course_with"]
NAMES: Final = ("idnumber", "shortname", "fullname", "category")
OWN_END: Final[tuple[Row, ...]] = ({"name": "automaticenddate", "value": 0},)
"""Else a course in weeks ends with the last of them, whatever is written; other formats don't know it."""
SHOWN, HIDDEN = "1", "0"
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
        named = f'"{told_name(course.fullname)}" ({course.shortname})'
        end = ", without an end" if course.ends == 0 else ""
        return f"course {course.idnumber}: make {named} in {course.category}{end}"

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
            "summary": course.page or as_page(course.summary),
            "lang": course.lang,
            "visible": visible,
            "enablecompletion": course.completion,
            "groupmode": course.group_mode,
            "courseformatoptions": () if course.ends is None else OWN_END,
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

    def undone(self, back: Back) -> Iterator[Action | Conflict]:
        """Hide it; what is in it stays."""
        return hidden(self.course.idnumber, back)

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
        kept_end = OWN_END if changes.keys() & {"enddate", "format"} else ()
        return {"id": making.ids[COURSES][self.course], **changes, "courseformatoptions": kept_end}

    def names(self) -> tuple[Name, ...]:
        """Name the course, and the category that it comes into."""
        moved = (("category", change.after) for change in self.changes if change.field == "category")
        return ("course", self.course), *moved

    def aims(self) -> Iterator[Aim]:
        """Name the fields that it writes."""
        return (("course", self.course, change) for change in self.changes)

    def keeps_off(self, change: Change, there: str | None, back: Back) -> str:
        """Say why a setting isn't put back: the journal has no categories but those of the configuration."""
        if change.field == "category" and not change.before:
            return "stood in a category that isn't one of the configuration: if it is to go back, move it in Moodle"
        return Alteration.keeps_off(self, change, there, back)

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


def hidden(key: str, back: Back) -> Iterator[Action | Conflict]:
    """Give what hides a course that a run made, and say that it stays."""
    if back.there("course", key, "visible") == SHOWN:
        yield ChangeCourse(key, (Change("visible", SHOWN, HIDDEN),))
    if back.has(("course", key)):
        yield stays(("course", key), "stays, hidden and with its sections: the sync deletes nothing")


def course_with(looking: Looking, name: str, value: str | int) -> CourseReply | None:
    """Find a course by a field."""
    courses = looking.ask(GET_COURSES, field=name, value=value).courses
    return courses[0] if courses else None
