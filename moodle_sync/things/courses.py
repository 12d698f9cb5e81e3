"""What makes courses as the file has them, and what somebody changed in Moodle."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final
from zoneinfo import ZoneInfo

from moodle_sync.sameness import same
from moodle_sync.things.action import Action
from moodle_sync.things.applied import Applied
from moodle_sync.things.change import Change
from moodle_sync.things.comparison import Comparison
from moodle_sync.things.course import COURSES, ChangeCourse, CreateCourse
from moodle_sync.things.course_settings import SETTINGS, TEXTS, Course, told, values
from moodle_sync.things.drifting import Values, changed_fields, held_of
from moodle_sync.things.finding import Drift, Remark
from moodle_sync.things.ids import Ids
from moodle_sync.things.kept import (
    FIELDS,
    drift,
    farewells,
    is_left,
    last,
    reason,
    returned,
    taken_leave,
    unheld,
)
from moodle_sync.things.state import State
from moodle_sync.things.thing import Targets, Thing

LOST: Final = "is gone, or has another ID number and another short name"
EMPTIED: Final = ", and emptying it in Moodle does for it alone"


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
    """Tell whether a course is a copy of its template that has no idnumber yet: it has the template's settings.

    One that had its idnumber already has only lost it.
    """
    wanted, found = sides.wanted[COURSES].get(key), sides.site[COURSES].get(key)
    had_it = last(sides, ("course", key, "idnumber")) is not None
    return bool(wanted and wanted.template and found and not found.idnumber and not had_it)


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
