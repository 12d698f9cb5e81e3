"""The groupings of courses, which are sets of groups: an idnumber is their identity, and they are never deleted."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from typing import Annotated, ClassVar, Final

from pydantic import Field as Written

from moodle_sync.sameness import loosely, same
from moodle_sync.things.action import Action, Alteration, Creation, Looking, Making, Name, Step
from moodle_sync.things.applied import Applied
from moodle_sync.things.back import Back
from moodle_sync.things.change import Aim, Change, changes_line
from moodle_sync.things.comparison import Comparison
from moodle_sync.things.course import COURSES
from moodle_sync.things.courses import is_copied
from moodle_sync.things.described_group import HTML, Key, key_of
from moodle_sync.things.drifting import changed_fields, held_of, within
from moodle_sync.things.finding import Conflict, Drift, Remark
from moodle_sync.things.ids import Ids
from moodle_sync.things.kept import as_wanted, drift, holding, is_left
from moodle_sync.things.kind import Kind
from moodle_sync.things.place import InCourse
from moodle_sync.things.state import State
from moodle_sync.things.thing import Thing
from moodle_sync.webservice.encoding import Row
from moodle_sync.webservice.functions import CREATE_GROUPINGS, GET_COURSE_GROUPINGS, UPDATE_GROUPINGS
from moodle_sync.webservice.replies import GroupingReply

Absent = Annotated[str | None, Written(exclude_if=lambda value: value is None)]
Perhaps = Annotated[bool, Written(exclude_if=lambda value: not value)]

LOST: Final = "is gone, or has another ID number"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """A grouping of a course; None is what nobody manages."""

    course: str
    idnumber: str
    name: str
    description: str | None = None
    """As Moodle has it: HTML."""
    format: int = field(default=HTML, compare=False)
    """What kind of text the description is."""


GROUPINGS: Final[Kind[Key, Mapping[Key, Grouping]]] = Kind("grouping", {})
"""By course and idnumber."""


@dataclass(frozen=True, slots=True)
class CreateGrouping(InCourse, Creation):
    """Make a grouping, with no group in it yet."""

    noun: ClassVar = "new groupings"
    step: ClassVar = Step(CREATE_GROUPINGS, "groupings")
    course: str
    idnumber: str
    name: str
    description: Absent = None
    comes_along: Perhaps = field(default=False, compare=False)
    """Whether the course is copied, and its template may have a grouping that this one is."""

    def within(self) -> str:
        """Give the course."""
        return self.course

    def line(self, zone: tzinfo) -> str:
        """Say what becomes of what."""
        return f'course {self.course}: make grouping "{self.name}"'

    def row(self, making: Making) -> Row:
        """Write it as a row of a request; without an idnumber Moodle would make it and answer with an error."""
        return {
            "courseid": making.ids[COURSES][self.course],
            "name": self.name,
            "description": self.description or "",
            "idnumber": self.idnumber,
        }

    def names(self) -> tuple[Name, ...]:
        """Name the grouping and the course."""
        return self.makes(), ("course", self.course)

    def makes(self) -> Name:
        """Give the grouping."""
        return "grouping", self.course, self.idnumber

    def given(self) -> Iterable[tuple[str, str]]:
        """Give what Moodle may refuse of it."""
        return ("name", self.name), ("idnumber", self.idnumber)

    def keeps(self) -> Applied:
        """Say what it is made with."""
        made = Grouping(course=self.course, idnumber=self.idnumber, name=self.name, description=self.description)
        return holding("grouping", key_of(self.course, self.idnumber), {} if self.comes_along else values(made))

    def found(self, looking: Looking) -> int | None:
        """Give its number, if it is there."""
        there = looking.once(_groupings, self.course)
        named = (
            one for one in there if self.comes_along and not one.idnumber and loosely(one.name) == loosely(self.name)
        )
        found = next((one for one in there if same(one.idnumber) == self.idnumber), None) or next(named, None)
        return found.id if found else None

    def learn(self, number: int, ids: Ids) -> None:
        """Keep its number."""
        ids[GROUPINGS][self.course, self.idnumber] = number


@dataclass(frozen=True, slots=True)
class ChangeGrouping(InCourse, Alteration):
    """Call a grouping otherwise, describe it, or give it its idnumber; its groups stay."""

    noun: ClassVar = "changed groupings"
    step: ClassVar = Step(UPDATE_GROUPINGS, "groupings")
    course: str
    grouping: str
    """Its idnumber."""
    changes: tuple[Change, ...]
    name: str
    """What Moodle has now: all of this must be told again."""
    description: str
    format: int

    def within(self) -> str:
        """Give the course."""
        return self.course

    def line(self, zone: tzinfo) -> str:
        """Say what becomes of what."""
        return f'course {self.course}: grouping "{self.name}": {changes_line(self.changes)}'

    def row(self, making: Making) -> Row:
        """Write it as a row of a request."""
        changed = {change.field: change.after for change in self.changes}
        return {
            "id": making.ids[GROUPINGS][self.course, self.grouping],
            "name": changed.get("name", self.name),
            "description": changed.get("description", self.description),
            "descriptionformat": HTML if "description" in changed else self.format,
            "idnumber": changed.get("idnumber"),
        }

    def aims(self) -> Iterable[Aim]:
        """Name the fields that it writes."""
        return (("grouping", key_of(self.course, self.grouping), change) for change in self.changes)

    def keeps(self) -> Applied:
        """Say what is written."""
        written = {change.field: change.after for change in self.changes}
        return holding("grouping", key_of(self.course, self.grouping), written)

    def undone(self, back: Back) -> Iterator[Action | Conflict]:
        """Put the fields back, beside the others as they are now: all must be told again."""
        there = back.sides.site[GROUPINGS].get((self.course, self.grouping))
        for one in Alteration.undone(self, back):
            if isinstance(one, ChangeGrouping) and there:
                yield replace(one, name=there.name, description=there.description or "", format=there.format)
            else:
                yield one

    def is_done(self, looking: Looking) -> bool:
        """Tell whether all fields are as written."""
        number = looking.ids[GROUPINGS][self.course, self.grouping]
        found = next((one for one in looking.once(_groupings, self.course) if one.id == number), None)
        there = values(as_grouping(self.course, found)) if found else {}
        return bool(there) and all(same(there[change.field]) == same(change.after) for change in self.changes)


def values(grouping: Grouping) -> dict[str, str]:
    """Give the fields of a grouping that are kept."""
    given = {"idnumber": grouping.idnumber, "name": grouping.name, "description": grouping.description}
    return {name: value for name, value in given.items() if value is not None}


def as_grouping(course: str, reply: GroupingReply) -> Grouping:
    """Say in our words what Moodle tells of a grouping."""
    return Grouping(
        course=course,
        idnumber=reply.idnumber,
        name=reply.name,
        description=reply.description,
        format=reply.descriptionformat,
    )


def want(sides: Comparison) -> State:
    """Leave out those of courses that are left alone, and those that conflicts concern."""
    wanted = {
        key: grouping
        for key, grouping in sides.desired[GROUPINGS].items()
        if key[0] in sides.wanted[COURSES] and ("grouping", key_of(*key)) not in sides.left
    }
    return State().having(GROUPINGS, wanted)


def compare(sides: Comparison) -> Iterator[Action]:
    """Make what is missing, and change what the file changed."""
    for key, one in sorted(sides.wanted[GROUPINGS].items(), key=lambda item: item[0]):
        there = sides.site[GROUPINGS].get(key)
        if there is None:
            yield CreateGrouping(*key, one.name, one.description, is_copied(sides, key[0]))
        elif changes := tuple(c for c in differences(sides, key_of(*key)) if _is_written(sides, key_of(*key), c)):
            yield ChangeGrouping(*key, changes, there.name, there.description or "", there.format)


def _is_written(sides: Comparison, key: str, change: Change) -> bool:
    """Tell whether a field is written: not what somebody changed in Moodle, nor what Moodle made of it itself."""
    return sides.tries("grouping", key, change) and not is_left(sides, "grouping", key, change)


def differences(sides: Comparison, key: str) -> Iterator[Change]:
    """Compare a grouping with what the configuration says; Moodle changes no capitals in a name."""
    wanted, found = sides.once(_wanted).get(key), sides.once(_found).get(key)
    if wanted and found:
        there = values(found)
        for name, after in values(wanted).items():
            alike = same if name == "description" else loosely
            if alike(there[name]) != alike(after):
                yield Change(name, there[name], after)


def _wanted(sides: Comparison) -> dict[str, Grouping]:
    return {key_of(*key): one for key, one in sides.wanted[GROUPINGS].items()}


def _found(sides: Comparison) -> dict[str, Grouping]:
    return {key_of(*key): one for key, one in sides.site[GROUPINGS].items()}


def adopt(sides: Comparison) -> Applied:
    """Take over what is there as wanted."""
    there = sides.once(_found)
    wanted = {key: values(one) for key, one in sides.once(_wanted).items() if key in there}
    return as_wanted(sides, "grouping", wanted, differences)


def remarks(sides: Comparison, actions: Sequence[Action]) -> Iterator[Remark]:
    """Show what somebody changed in Moodle."""
    for key in sorted(sides.once(_wanted)):
        for change in differences(sides, key):
            if sides.tries("grouping", key, change) and not _is_written(sides, key, change):
                yield drift("grouping", key, change)


def value(site: State, key: str, field: str) -> str | None:
    """Read a field of a grouping."""
    found = next((one for own, one in site[GROUPINGS].items() if key_of(*own) == key), None)
    return values(found).get(field) if found else None


def recall(applied: Applied, state: State) -> State:
    """Look for the groupings that were applied."""
    held = held_of(applied, "grouping")
    keys = {key: place for key in held if (place := within(state[COURSES], key))}
    names = {place: held[key].get("name", "") for key, place in keys.items()}
    known = {place: Grouping(course=place[0], idnumber=place[1], name=name) for place, name in names.items()}
    return state.having(GROUPINGS, known)


def drifted(sides: Comparison) -> Iterator[Drift]:
    """Show what somebody changed since it was last applied, in courses that are there."""
    found = sides.once(_found)
    every = changed_fields(sides, "grouping", lambda key: values(found[key]) if key in found else None, LOST)
    return (one for one in every if within(sides.site[COURSES], one.key))


def _groupings(looking: Looking, course: str) -> tuple[GroupingReply, ...]:
    return looking.ask(GET_COURSE_GROUPINGS, courseid=looking.ids[COURSES][course])


GROUPING: Final = Thing(
    name="grouping",
    actions=(CreateGrouping, ChangeGrouping),
    want=want,
    compare=compare,
    adopt=adopt,
    differences=differences,
    value=value,
    remarks=remarks,
    recall=recall,
    drifted=drifted,
)
