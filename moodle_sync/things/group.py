"""The groups of courses: they are never deleted."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import tzinfo
from typing import ClassVar, Final

from moodle_sync.sameness import same
from moodle_sync.things.action import Creation, Looking, Making, Name, Step
from moodle_sync.things.comparison import Comparison
from moodle_sync.things.course import COURSES
from moodle_sync.things.ids import Ids
from moodle_sync.things.kind import Kind
from moodle_sync.things.place import InCourse
from moodle_sync.things.state import State
from moodle_sync.things.thing import Thing
from moodle_sync.webservice.encoding import Row
from moodle_sync.webservice.functions import CREATE_GROUPS, GET_GROUPS


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Group:
    """A group of a course; its name is its identity, as for Moodle."""

    course: str
    name: str


GROUPS: Final[Kind[Group, frozenset[Group]]] = Kind("group", frozenset())


@dataclass(frozen=True, slots=True)
class CreateGroup(InCourse, Creation):
    """Make a group."""

    noun: ClassVar = "new groups"
    step: ClassVar = Step(CREATE_GROUPS, "groups")
    together: ClassVar = True
    group: Group

    def within(self) -> str:
        """Give the course."""
        return self.group.course

    def line(self, zone: tzinfo) -> str:
        """Say what becomes of what."""
        return f'course {self.group.course}: make group "{self.group.name}"'

    def row(self, making: Making) -> Row:
        """Write it as a row of a request."""
        return {"courseid": making.ids[COURSES][self.group.course], "name": self.group.name, "description": ""}

    def names(self) -> tuple[Name, ...]:
        """Name the group and the course."""
        return named(self.group), ("course", self.group.course)

    def makes(self) -> Name:
        """Give the group."""
        return named(self.group)

    def given(self) -> Iterable[tuple[str, str]]:
        """Give what Moodle may refuse of it."""
        return (("name", self.group.name),)

    def found(self, looking: Looking) -> int | None:
        """Give its number, if it is there."""
        return looking.once(_groups, self.group.course).get(self.group.name)

    def learn(self, number: int, ids: Ids) -> None:
        """Keep its number."""
        ids[GROUPS][self.group] = number


def named(group: Group) -> Name:
    """Name a group."""
    return "group", group.course, group.name


def want(sides: Comparison) -> State:
    """Leave out those of courses that are left alone."""
    courses = sides.wanted[COURSES]
    return State().having(GROUPS, frozenset(group for group in sides.desired[GROUPS] if group.course in courses))


def compare(sides: Comparison) -> Iterator[CreateGroup]:
    """Make what is missing."""
    return (CreateGroup(group) for group in sorted(sides.wanted[GROUPS] - sides.site[GROUPS]))


def _groups(looking: Looking, course: str) -> dict[str, int]:
    groups = looking.ask(GET_GROUPS, courseid=looking.ids[COURSES][course])
    return {same(group.name): group.id for group in groups}


GROUP: Final = Thing(name="group", actions=(CreateGroup,), want=want, compare=compare)
