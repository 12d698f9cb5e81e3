"""The groups of courses: they are never deleted.

The source names them, as people do. Those that the configuration describes have an idnumber besides, by which a group
that is called otherwise is the same group still, with everybody who is in it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Annotated, ClassVar, Final

from pydantic import Field as Written

from moodle_sync.sameness import loosely, same
from moodle_sync.things.action import Action, Creation, Looking, Making, Name, Step
from moodle_sync.things.applied import Applied
from moodle_sync.things.change import Change
from moodle_sync.things.comparison import Comparison
from moodle_sync.things.course import COURSES
from moodle_sync.things.courses import is_copied
from moodle_sync.things.described_group import (
    DESCRIBED,
    ChangeGroup,
    Described,
    Key,
    groups_of,
    key_of,
    value,
    values,
)
from moodle_sync.things.drifting import changed_fields, held_of, within
from moodle_sync.things.finding import Drift, Remark
from moodle_sync.things.ids import Ids
from moodle_sync.things.kept import as_wanted, drift, holding, is_left, last
from moodle_sync.things.kind import Kind
from moodle_sync.things.place import InCourse
from moodle_sync.things.state import State
from moodle_sync.things.thing import Thing
from moodle_sync.webservice.encoding import Row
from moodle_sync.webservice.functions import CREATE_GROUPS

Absent = Annotated[str | None, Written(exclude_if=lambda value: value is None)]
Later = Annotated[str, Written(exclude_if=lambda value: not value)]
"""A text that actions of former versions didn't have."""
Perhaps = Annotated[bool, Written(exclude_if=lambda value: not value)]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Group:
    """A group of a course; its name is its identity, as for Moodle."""

    course: str
    name: str


LOST: Final = "is gone, or has another ID number"
GROUPS: Final[Kind[Group, frozenset[Group]]] = Kind("group", frozenset())
"""By the names that the source has; Moodle may call those otherwise that are described."""


@dataclass(frozen=True, slots=True)
class CreateGroup(InCourse, Creation):
    """Make a group."""

    noun: ClassVar = "new groups"
    step: ClassVar = Step(CREATE_GROUPS, "groups")
    together: ClassVar = True
    group: Group
    idnumber: Later = ""
    description: Absent = None
    comes_along: Perhaps = field(default=False, compare=False)
    """Whether the course is copied, and its template may have a group that this one is: nobody knows what it has."""

    def within(self) -> str:
        """Give the course."""
        return self.group.course

    def line(self, zone: tzinfo) -> str:
        """Say what becomes of what."""
        return f'course {self.group.course}: make group "{self.group.name}"'

    def row(self, making: Making) -> Row:
        """Write it as a row of a request."""
        return {
            "courseid": making.ids[COURSES][self.group.course],
            "name": self.group.name,
            "description": self.description or "",
            "idnumber": self.idnumber or None,
        }

    def names(self) -> tuple[Name, ...]:
        """Name the group and the course."""
        return named(self.group), ("course", self.group.course)

    def makes(self) -> Name:
        """Give the group."""
        return named(self.group)

    def given(self) -> Iterable[tuple[str, str]]:
        """Give what Moodle may refuse of it."""
        idnumber = (("idnumber", self.idnumber),) if self.idnumber else ()
        return ("name", self.group.name), *idnumber

    def keeps(self) -> Applied:
        """Say what it is made with, where the configuration says it."""
        made = Described(idnumber=self.idnumber, name=self.group.name, description=self.description)
        return holding(
            "group",
            key_of(self.group.course, self.idnumber),
            values(made) if self.idnumber and not self.comes_along else {},
        )

    def found(self, looking: Looking) -> int | None:
        """Give its number, if it is there."""
        groups = looking.once(groups_of, self.group.course)
        named = {same(one.name): one for one in groups}.get(self.group.name)
        if not self.idnumber:
            return named.id if named else None
        nameless = [named.id] if named and self.comes_along and not named.idnumber else []
        return next((one.id for one in groups if same(one.idnumber) == self.idnumber), next(iter(nameless), None))

    def learn(self, number: int, ids: Ids) -> None:
        """Keep its number."""
        ids[GROUPS][self.group] = number
        if self.idnumber:
            ids[DESCRIBED][self.group.course, self.idnumber] = number


def named(group: Group) -> Name:
    """Name a group."""
    return "group", group.course, group.name


def group_of(key: Key, described: Described) -> Group:
    """Give a described group as the source names it."""
    return Group(course=key[0], name=described.name)


def want(sides: Comparison) -> State:
    """Leave out those of courses that are left alone, and those that conflicts concern."""
    courses, left = sides.wanted[COURSES], sides.once(left_alone)
    described = {key: one for key, one in sides.desired[DESCRIBED].items() if group_of(key, one) not in left}
    return (
        State()
        .having(DESCRIBED, {key: one for key, one in described.items() if key[0] in courses})
        .having(GROUPS, frozenset(group for group in sides.desired[GROUPS] - left if group.course in courses))
    )


def left_alone(sides: Comparison) -> frozenset[Group]:
    """Give the groups that conflicts concern."""
    keys = {group_of(key, one): key_of(*key) for key, one in sides.desired[DESCRIBED].items()}
    groups = sides.desired[GROUPS]
    return frozenset(g for g in groups if ("group", keys.get(g, key_of(g.course, g.name))) in sides.left)


def compare(sides: Comparison) -> Iterator[Action]:
    """Make what is missing, and change what the file changed."""
    described = {group_of(key, one): one for key, one in sides.wanted[DESCRIBED].items()}
    for key, there in sorted(sides.site[DESCRIBED].items()):
        changes = tuple(one for one in differences(sides, key_of(*key)) if _is_written(sides, key_of(*key), one))
        if changes:
            yield ChangeGroup(*key, changes, there.name, there.format)
    for group in sorted(sides.wanted[GROUPS] - sides.site[GROUPS]):
        more, comes = described.get(group), is_copied(sides, group.course)
        yield CreateGroup(group, more.idnumber, more.description, comes) if more else CreateGroup(group)


def _is_written(sides: Comparison, key: str, change: Change) -> bool:
    """Tell whether a field is written: not what somebody changed in Moodle, nor what Moodle made of it itself."""
    return sides.tries("group", key, change) and not is_left(sides, "group", key, change)


def differences(sides: Comparison, key: str) -> Iterator[Change]:
    """Compare a described group with what the configuration says; Moodle changes no capitals in a name."""
    wanted, found = sides.once(_wanted).get(key), sides.once(_found).get(key)
    if wanted and found:
        there = values(found)
        for name, after in values(wanted).items():
            alike = same if name == "description" else loosely
            if name in there and alike(there[name]) != alike(after):
                yield Change(name, there[name], after)


def _wanted(sides: Comparison) -> dict[str, Described]:
    return {key_of(*key): one for key, one in sides.wanted[DESCRIBED].items()}


def _found(sides: Comparison) -> dict[str, Described]:
    return {key_of(*key): one for key, one in sides.site[DESCRIBED].items()}


def renamed(sides: Comparison) -> dict[Group, Group]:
    """Give the groups that the configuration calls otherwise than it did last, by what they were called."""
    groups: dict[Group, Group] = {}
    for key, one in sides.desired[DESCRIBED].items():
        before = last(sides, ("group", key_of(*key), "name"))
        if before and before != one.name:
            groups[Group(course=key[0], name=before)] = group_of(key, one)
    return groups


def adopt(sides: Comparison) -> Applied:
    """Take over what is there as wanted."""
    there = sides.once(_found)
    wanted = {key: values(one) for key, one in sides.once(_wanted).items() if key in there}
    return as_wanted(sides, "group", wanted, differences)


def remarks(sides: Comparison, actions: Sequence[Action]) -> Iterator[Remark]:
    """Show what somebody changed in Moodle."""
    for key in sorted(sides.once(_wanted)):
        for change in differences(sides, key):
            if sides.tries("group", key, change) and not _is_written(sides, key, change):
                yield drift("group", key, change)


def recall(applied: Applied, state: State) -> State:
    """Look for the groups that were described."""
    held = held_of(applied, "group")
    keys = {key: place for key in held if (place := within(state[COURSES], key))}
    known = {place: Described(idnumber=place[1], name=held[key].get("name", "")) for key, place in keys.items()}
    return state.having(DESCRIBED, known)


def drifted(sides: Comparison) -> Iterator[Drift]:
    """Show what somebody changed of the described groups since it was last applied."""
    found = {key_of(*key): one for key, one in sides.site[DESCRIBED].items()}
    every = changed_fields(sides, "group", lambda key: values(found[key]) if key in found else None, LOST)
    return (one for one in every if within(sides.site[COURSES], one.key))


GROUP: Final = Thing(
    name="group",
    actions=(ChangeGroup, CreateGroup),
    want=want,
    compare=compare,
    adopt=adopt,
    differences=differences,
    value=value,
    remarks=remarks,
    recall=recall,
    drifted=drifted,
)
