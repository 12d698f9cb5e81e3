"""Compares the activities of a copy with its template's: what the template changed is brought over.

What somebody changed in the copy is left, and shown; what is new in the template is listed, since nothing brings that
over alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from moodle_sync.multilang import told
from moodle_sync.sameness import same
from moodle_sync.things.action import Action
from moodle_sync.things.activity import (
    ACTIVITIES,
    ORDER,
    Activity,
    MoveActivity,
    RenameActivity,
    ShowActivity,
    key_of,
    written_order,
)
from moodle_sync.things.applied import Applied
from moodle_sync.things.change import Change, Field, in_words
from moodle_sync.things.comparison import Comparison
from moodle_sync.things.course import COURSES
from moodle_sync.things.courses import is_unfinished
from moodle_sync.things.filling import FillCourse
from moodle_sync.things.finding import Remark
from moodle_sync.things.kept import FIELDS, LEFT, by_hand, drift, is_left, last, unheld
from moodle_sync.things.order import misplaced
from moodle_sync.things.section_changes import VISIBLE
from moodle_sync.things.template import TEMPLATES
from moodle_sync.things.thing import Thing

SHOWN: Final = 5
"""How many names a line has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """The activities of a template beside those of a copy."""

    course: str
    template: tuple[Activity, ...]
    copy: tuple[Activity, ...]
    found: Mapping[int, Activity]
    """The copy's, by the template's numbers."""

    @property
    def pairs(self) -> Iterator[tuple[Activity, Activity]]:
        """Give the template's and the copy's."""
        return ((one, self.found[one.number]) for one in self.template if one.number in self.found)


def compare(sides: Comparison) -> Iterator[Action]:
    """Call, show and move activities as the template's are now, where nobody changed them in the copy."""
    for key in _copies(sides):
        paired = sides.once(_pair, key)
        for one, there in paired.pairs:
            for change in _differences(one, there):
                if _is_written(sides, key, one, change):
                    yield _action(key, one, there, change)
        yield from sides.once(_moves, key)


def _action(course: str, one: Activity, there: Activity, change: Change) -> Action:
    if change.field == "name":
        return RenameActivity(course, one.number, change.before, change.after, there.number)
    return ShowActivity(course, one.number, one.name, one.visible, there.number)


def _copies(sides: Comparison) -> Iterator[str]:
    """Name the courses that are there whole, and whose template is."""
    for key, course in sorted(sides.wanted[COURSES].items()):
        if course.template in sides.site[TEMPLATES] and key in sides.site[COURSES] and not is_unfinished(sides, key):
            yield key


def _pair(sides: Comparison, key: str) -> Pairing:
    """Find which activity is which: as it was written down, else where only one of both has that kind and name."""
    template = sides.site[TEMPLATES][sides.wanted[COURSES][key].template or ""].activities
    left = {there.number: there for there in sides.site[ACTIVITIES].get(key, ())}
    numbers = {one.number: int(last(sides, _field(key, one, "number")) or 0) for one in template}
    found = {one: left.pop(number) for one, number in numbers.items() if number in left}
    unknown = [one for one in template if not numbers[one.number]]
    for one in unknown:
        alike = [there for there in left.values() if _name(there) == _name(one)]
        if len(alike) == 1 and [_name(other) for other in unknown].count(_name(one)) == 1:
            found[one.number] = left.pop(alike[0].number)
    return Pairing(course=key, template=template, copy=sides.site[ACTIVITIES].get(key, ()), found=found)


def _name(activity: Activity) -> tuple[str, str]:
    return activity.kind, same(activity.name)


def _field(course: str, one: Activity, name: str) -> Field:
    return "activity", key_of(course, one.number), name


def _differences(one: Activity, there: Activity) -> Iterator[Change]:
    if same(there.name) != same(one.name):
        yield Change("name", there.name, one.name)
    if there.visible is not one.visible and not (one.hidden_with_section or there.hidden_with_section):
        yield Change("visible", VISIBLE[there.visible], VISIBLE[one.visible])


def _is_written(sides: Comparison, key: str, one: Activity, change: Change) -> bool:
    """Tell whether a field is written: not where nobody knows what the template had when it was copied."""
    known = sides.options.file_wins or last(sides, _field(key, one, change.field)) is not None
    return known and not is_left(sides, "activity", key_of(key, one.number), change)


def _moves(sides: Comparison, key: str) -> tuple[Action, ...]:
    """Move what stands elsewhere, in the sections where the template's order is another than it was."""
    paired = sides.once(_pair, key)
    order, now = last(sides, ("course", key, ORDER)), written_order(paired.template)
    if order is None or (order == now and not sides.options.file_wins):
        return ()
    former = _by_section(order)
    steps: list[MoveActivity] = []
    for section, ones in groupby(paired.template, lambda one: one.section):
        wanted = [one for one in ones if one.number in paired.found]
        number = int(last(sides, ("corner", key_of(key, section), "number")) or 0)
        before = [one for one in former.get(section, ()) if one in paired.found]
        if number and (sides.options.file_wins or before != [one.number for one in wanted]):
            steps += _steps(paired, wanted, number)
    return (*steps[:-1], *(replace(step, order=now) for step in steps[-1:]))


def _steps(paired: Pairing, wanted: Sequence[Activity], section: int) -> Iterator[MoveActivity]:
    """Begin at the end, since Moodle puts an activity before another one."""
    here = {there.number: place for place, there in enumerate(paired.copy) if there.section == section}
    stay = [one.number for one in wanted if paired.found[one.number].number in here]
    line = sorted(stay, key=lambda number: here[paired.found[number].number])
    moved = {one.number for one in wanted if one.number not in stay} | set(misplaced(stay, line))
    behind: Activity | None = None
    for one in reversed(wanted):
        if one.number in moved:
            yield MoveActivity(
                paired.course,
                one.number,
                one.name,
                behind.number if behind else 0,
                behind.name if behind else "",
                paired.found[one.number].number,
                paired.found[behind.number].number if behind else 0,
                section,
            )
        behind = one


def _is_rearranged(sides: Comparison, paired: Pairing) -> bool:
    """Tell whether activities stand in another order than they last did, and the template's don't."""
    if last(sides, ("course", paired.course, ORDER)) is None or sides.once(_moves, paired.course):
        return False
    names = {there.number: one for one, there in paired.found.items()}
    for section, ones in groupby(paired.template, lambda one: one.section):
        number = int(last(sides, ("corner", key_of(paired.course, section), "number")) or 0)
        line = [names[there.number] for there in paired.copy if there.section == number and there.number in names]
        if number and line != [one.number for one in ones if one.number in paired.found]:
            return True
    return False


def _by_section(order: str) -> dict[int, list[int]]:
    sections: dict[int, list[int]] = {}
    for word in order.split():
        section, _, number = word.partition(":")
        sections.setdefault(int(section), []).append(int(number))
    return sections


def adopt(sides: Comparison) -> Applied:
    """Take over which activity is which, and what is as in the template."""
    fields: dict[Field, str] = {}
    for key in _copies(sides):
        paired = sides.once(_pair, key)
        for one, there in paired.pairs:
            others = {change.field for change in _differences(one, there)}
            values = {"number": str(there.number), "name": one.name, "visible": VISIBLE[one.visible]}
            alike = {name: value for name, value in values.items() if name not in others}
            fields |= unheld(sides, "activity", key_of(key, one.number), alike)
        if last(sides, ("course", key, ORDER)) is not None and not sides.once(_moves, key):
            fields |= unheld(sides, "course", key, {ORDER: written_order(paired.template)})
    return Applied().having(FIELDS, fields)


def forget(sides: Comparison) -> Applied:
    """Let go what is held of copies that aren't there, and of what their templates no longer have."""
    known = {key_of(key, one.number) for key in _copies(sides) for one in sides.once(_pair, key).template}
    gone = {key for key in sides.wanted[COURSES] if key not in sides.site[COURSES]} | set(_copies(sides))
    fields = {
        field: value
        for field, value in sides.applied[FIELDS].items()
        if field[0] == "activity" and field[1].rpartition("/")[0] in gone and field[1] not in known
    }
    return Applied().having(FIELDS, fields)


def remarks(sides: Comparison, actions: Sequence[Action]) -> Iterator[Remark]:
    """Show what somebody changed in copies, and list what is new in their templates."""
    for key in _copies(sides):
        paired = sides.once(_pair, key)
        for one, there in paired.pairs:
            for change in _differences(one, there):
                if not _is_written(sides, key, one, change):
                    yield _told(sides, key, one, change)
        if _is_rearranged(sides, paired):
            yield Remark("course", key, f"the order of its activities was {LEFT}", differs=True)
        filled = any(isinstance(action, FillCourse) and action.course == key for action in actions)
        yield from () if filled else _missing(sides, paired)


def _told(sides: Comparison, key: str, one: Activity, change: Change) -> Remark:
    if change.field == "name":
        return drift("course", key, in_words(Change("the name of an activity", change.before, change.after)))
    seen = "shown" if change.before == VISIBLE[True] else "hidden"
    why = LEFT if by_hand(sides, "activity", key_of(key, one.number), change) else "its template's isn't"
    return Remark("course", key, f'its activity "{told(one.name)}" is {seen}: {why}')


def _missing(sides: Comparison, paired: Pairing) -> Iterator[Remark]:
    """List what a copy lacks of its template: new there, or taken away here."""
    lacking = [one for one in paired.template if one.number not in paired.found]
    unknown = [one for one in lacking if last(sides, _field(paired.course, one, "number")) is None]
    here = {_name(there) for there in paired.copy}
    new = [one.name for one in unknown if _name(one) not in here]
    alike = [one.name for one in unknown if _name(one) in here]
    gone = [one.name for one in lacking if one not in unknown]
    number = sides.ids[COURSES].get(paired.course, 0)
    if new:
        where = f"/backup/import.php?id={number} on the site takes them over: choose the template, and only these"
        yield Remark("course", paired.course, f"its template has activities that it hasn't: {_names(new)}; {where}")
    if alike:
        message = f"several activities are called so, and which is its template's can't be told: {_names(alike)}"
        yield Remark("course", paired.course, f"{message}; see /course/view.php?id={number} on the site")
    if gone:
        message = f"activities of its template were taken away here, and stay away: {_names(gone)}"
        yield Remark("course", paired.course, f"{message}; see /course/view.php?id={number} on the site")


def _names(names: Sequence[str]) -> str:
    more = f" and {len(names) - SHOWN:,} more" if len(names) > SHOWN else ""
    return ", ".join(f'"{told(name)}"' for name in names[:SHOWN]) + more


ACTIVITY: Final = Thing(
    name="activity",
    actions=(RenameActivity, MoveActivity, ShowActivity),
    compare=compare,
    adopt=adopt,
    forget=forget,
    remarks=remarks,
)
