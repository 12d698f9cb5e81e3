"""Courses and their settings: nothing of them is ever removed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from typing import ClassVar, Final
from zoneinfo import ZoneInfo

from moodle_sync.multilang import told as told_name
from moodle_sync.sameness import same
from moodle_sync.things.action import Action, Alteration, Creation, Looking, Making, Name, Step
from moodle_sync.things.applied import Applied
from moodle_sync.things.back import Back, stays
from moodle_sync.things.category import CATEGORIES
from moodle_sync.things.change import Aim, Change, changes_line
from moodle_sync.things.comparison import Comparison
from moodle_sync.things.course_settings import SETTINGS, TEXTS, Course, as_course, as_page, told, values
from moodle_sync.things.drifting import Values, changed_fields, held_of
from moodle_sync.things.finding import Conflict, Drift, Remark
from moodle_sync.things.ids import Ids
from moodle_sync.things.kept import (
    FIELDS,
    drift,
    farewells,
    holding,
    is_left,
    last,
    reason,
    returned,
    taken_leave,
    unheld,
)
from moodle_sync.things.kind import Kind
from moodle_sync.things.place import InCourse
from moodle_sync.things.state import State
from moodle_sync.things.thing import Targets, Thing
from moodle_sync.webservice.encoding import Row
from moodle_sync.webservice.functions import CREATE_COURSES, GET_COURSES, UPDATE_COURSES
from moodle_sync.webservice.replies import CourseReply

__all__ = ["COURSE", "COURSES", "NAMES", "ChangeCourse", "Course", "CreateCourse", "course_with", "is_unfinished"]

LOST: Final = "is gone, or has another ID number and another short name"
NAMES: Final = ("idnumber", "shortname", "fullname", "category")
EMPTIED: Final = ", and emptying it in Moodle does for it alone"
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
        key = self.course.idnumber
        visible = back.there("course", key, "visible")
        if visible == SHOWN:
            yield ChangeCourse(key, (Change("visible", SHOWN, HIDDEN),))
        if back.has(self.makes()):
            yield stays(self.makes(), "stays, hidden and with its sections: the sync deletes nothing")

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
        elif changes := () if is_unfinished(sides, key) else sides.once(_written, key):
            yield ChangeCourse(key, changes)


def is_unfinished(sides: Comparison, key: str) -> bool:
    """Tell whether a course is a copy of its template that has no idnumber yet: it has the template's settings."""
    wanted, found = sides.wanted[COURSES].get(key), sides.site[COURSES].get(key)
    return bool(wanted and wanted.template and found and not found.idnumber)


def format_of(sides: Comparison, key: str) -> str:
    """Give the format that a course has once its settings are written: it keeps the names of sections."""
    there = sides.site[COURSES].get(key)
    formats = (change.after for change in sides.once(_written, key) if change.field == "format")
    return next(formats, (there or sides.wanted[COURSES][key]).format)


def _written(sides: Comparison, key: str) -> tuple[Change, ...]:
    return tuple(change for change in sides.once(_differences, key) if _is_written(sides, key, change))


def _is_written(sides: Comparison, key: str, change: Change) -> bool:
    """Tell whether a setting is written: not what somebody changed in Moodle, nor what Moodle made of it itself."""
    return (
        sides.tries("course", key, change)
        and not _is_left(sides, key, change)
        and not _was_there_before(sides, key, change)
    )


def _is_left(sides: Comparison, key: str, change: Change) -> bool:
    """Tell whether somebody changed a setting in Moodle and it stays so.

    The community's course never gets an end, and without its idnumber a course would be made anew once it is renamed.
    """
    is_to_last = change.field == "enddate" and key in sides.desired.lasting
    return not is_to_last and change.field != "idnumber" and is_left(sides, "course", key, change)


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


def _differences(sides: Comparison, key: str) -> tuple[Change, ...]:
    return tuple(differences(sides, key))


def adopt(sides: Comparison) -> Applied:
    """Take over the settings that are there as wanted."""
    fields = taken_leave(sides, "course", sides.desired[COURSES])
    for key, course in sides.wanted[COURSES].items():
        if key in sides.site[COURSES] and not is_unfinished(sides, key):
            others = {change.field for change in sides.once(_differences, key)}
            found = sides.site[COURSES][key]
            there = {name: value for name, value in values(course) if name not in others and SETTINGS[name](found)}
            fields |= unheld(sides, "course", key, there)
    return Applied().having(FIELDS, fields)


def forget(sides: Comparison) -> Applied:
    """Let go that somebody was told that it is gone, where it is back."""
    return returned(sides, "course", sides.desired[COURSES])


def remarks(sides: Comparison, actions: Sequence[Action]) -> Iterator[Remark]:
    """Show what somebody changed in Moodle or wrote there before the sync, and what is kept no more."""
    yield from farewells(sides, "course", sides.desired[COURSES])
    zone = ZoneInfo(sides.options.zone)
    for key in sorted(sides.wanted[COURSES].keys() & sides.site[COURSES].keys()):
        for change in () if is_unfinished(sides, key) else sides.once(_differences, key):
            if sides.tries("course", key, change) and change not in sides.once(_written, key):
                yield drift("course", key, told(change, zone), _reason(sides, key, change))


def _reason(sides: Comparison, key: str, change: Change) -> str:
    """Say why a setting stays as it is, and how the file wins."""
    alone = EMPTIED if _was_there_before(sides, key, change) else ""
    return reason(sides, "course", key, change.field) + alone


def targets(desired: State, ids: Ids, applied: Applied) -> Mapping[str, str]:
    """Give the keys of courses by their idnumbers and short names; an idnumber stands before another's short name."""
    del ids, applied
    courses = desired[COURSES]
    return {course.shortname: key for key, course in courses.items()} | {key: key for key in courses}


def value(site: State, key: str, field: str) -> str | None:
    """Read a setting of a course."""
    found = site[COURSES].get(key)
    return SETTINGS[field](found) if found else None


def recall(applied: Applied, state: State) -> State:
    """Look for the courses that were applied."""
    held = held_of(applied, "course")
    return state.having(COURSES, {key: _recalled(key, values) for key, values in held.items()})


def _recalled(key: str, held: Mapping[str, str]) -> Course:
    return Course(
        idnumber=key,
        shortname=held.get("shortname", ""),
        fullname=held.get("fullname", ""),
        category=held.get("category", ""),
    )


def drifted(sides: Comparison) -> Iterator[Drift]:
    """Show what somebody changed since it was last applied; what can't be read is told apart from this."""
    zone, site = ZoneInfo(sides.options.zone), sides.site[COURSES]

    def there(key: str) -> Values | None:
        return {name: of(site[key]) for name, of in SETTINGS.items()} if key in site else None

    return changed_fields(sides, "course", there, LOST, lambda change: told(change, zone))


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
    forget=forget,
    differences=differences,
    targets=Targets(kind="course", keys=targets),
    value=value,
    remarks=remarks,
    recall=recall,
    drifted=drifted,
)
