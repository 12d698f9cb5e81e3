"""Which groups are in which groupings: the sync takes out only what it put in, and only where the grouping stays.

The journal has it among the fields of a grouping, since it is kept as these are: a group that somebody took out of a
grouping in Moodle isn't put in again.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import ClassVar, Final

from moodle_sync.things.action import Action, Looking, Loss, Making, Name, Scope, Step
from moodle_sync.things.applied import Applied
from moodle_sync.things.back import Back, stays
from moodle_sync.things.change import Field
from moodle_sync.things.comparison import Comparison
from moodle_sync.things.course import COURSES
from moodle_sync.things.described_group import DESCRIBED, key_of
from moodle_sync.things.drifting import within
from moodle_sync.things.finding import Conflict, Drift, Remark
from moodle_sync.things.grouping import GROUPINGS
from moodle_sync.things.kept import FIELDS, left
from moodle_sync.things.kind import Kind
from moodle_sync.things.place import InCourse
from moodle_sync.things.state import State
from moodle_sync.things.thing import Thing
from moodle_sync.webservice.encoding import Row
from moodle_sync.webservice.functions import ASSIGN_GROUPINGS, GET_GROUPINGS, UNASSIGN_GROUPINGS

PREFIX: Final = "group "
"""How the journal calls what it has of a group in a grouping."""
IN: Final = "in"
UNFOUND: Final = "one of them isn't there, or isn't in the configuration any more: it is left so"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Grouped:
    """A group in a grouping, both by their idnumbers."""

    course: str
    grouping: str
    group: str


GROUPED: Final[Kind[Grouped, frozenset[Grouped]]] = Kind("group of a grouping", frozenset())


class OfGrouped(InCourse):
    """An action that concerns a group in a grouping."""

    __slots__ = ()
    grouped: Grouped

    def within(self) -> str:
        """Give the course."""
        return self.grouped.course

    def row(self, making: Making) -> Row:
        """Write it as a row of a request."""
        one = self.grouped
        grouping, group = making.ids[GROUPINGS][one.course, one.grouping], making.ids[DESCRIBED][one.course, one.group]
        return {"groupingid": grouping, "groupid": group}

    def names(self) -> tuple[Name, ...]:
        """Name the grouping and the course."""
        return ("grouping", self.grouped.course, self.grouped.grouping), ("course", self.grouped.course)

    def is_in(self, looking: Looking) -> bool:
        """Tell whether the group is in the grouping."""
        one = self.grouped
        return looking.ids[DESCRIBED][one.course, one.group] in looking.once(_groups, one.course, one.grouping)


@dataclass(frozen=True, slots=True)
class AssignGroup(OfGrouped):
    """Put a group into a grouping."""

    noun: ClassVar = "groups put into groupings"
    step: ClassVar = Step(ASSIGN_GROUPINGS, "assignments")
    grouped: Grouped

    def line(self, zone: tzinfo) -> str:
        """Say what becomes of what."""
        one = self.grouped
        return f"course {one.course}: put group {one.group} into grouping {one.grouping}"

    def is_done(self, looking: Looking) -> bool:
        """Tell whether it is in it."""
        return self.is_in(looking)

    def keeps(self) -> Applied:
        """Say that it was put in."""
        return _held([self.grouped])

    def undone(self, back: Back) -> Iterator[Action | Conflict]:
        """Take it out again, where nobody else put it in since a later run took it out."""
        one = self.grouped
        field = "grouping", key_of(one.course, one.grouping), f"{PREFIX}{one.group}"
        is_held = back.insists or field in back.sides.applied[FIELDS]
        if one in back.sides.site[GROUPED] and is_held:
            yield UnassignGroup(one)
        elif not _is_there(back.sides, one):
            yield stays(self.names()[0], f"the group {one.group} was put in, and {UNFOUND}")


@dataclass(frozen=True, slots=True)
class UnassignGroup(OfGrouped):
    """Take a group out of a grouping where the sync put or adopted it."""

    noun: ClassVar = "groups taken out of groupings"
    step: ClassVar = Step(UNASSIGN_GROUPINGS, "unassignments")
    takes: ClassVar = True
    grouped: Grouped

    def line(self, zone: tzinfo) -> str:
        """Say what becomes of what."""
        one = self.grouped
        return f"course {one.course}: take group {one.group} out of grouping {one.grouping}"

    def loss(self, today: int) -> Scope:
        """Tell where it is taken out."""
        return f"course {self.grouped.course}", Loss.GROUPINGS

    def is_done(self, looking: Looking) -> bool:
        """Tell whether it is in it no more."""
        return not self.is_in(looking)

    def drops(self) -> Applied:
        """Say that it was taken out."""
        return _held([self.grouped])

    def undone(self, back: Back) -> Iterator[Action | Conflict]:
        """Put it in again, where both are still there."""
        if not _is_there(back.sides, self.grouped):
            yield stays(self.names()[0], f"the group {self.grouped.group} was taken out, and {UNFOUND}")
        elif self.grouped not in back.sides.site[GROUPED]:
            yield AssignGroup(self.grouped)


def _held(grouped: Iterable[Grouped]) -> Applied:
    return Applied().having(FIELDS, {_field(one): IN for one in grouped})


def _field(grouped: Grouped) -> Field:
    return "grouping", key_of(grouped.course, grouped.grouping), f"{PREFIX}{grouped.group}"


def _applied(sides: Comparison) -> frozenset[Grouped]:
    """Give what the sync put into the groupings that the source has."""
    keys = {key_of(*key): key for key in sides.desired[GROUPINGS]}
    fields = [(key, name) for kind, key, name in sides.applied[FIELDS] if kind == "grouping" and key in keys]
    groups = [(keys[key], name.removeprefix(PREFIX)) for key, name in fields if name.startswith(PREFIX)]
    return frozenset(Grouped(course=course, grouping=grouping, group=group) for (course, grouping), group in groups)


def want(sides: Comparison) -> State:
    """Leave out groupings and groups that are left alone."""
    groupings, groups = sides.wanted[GROUPINGS], sides.wanted[DESCRIBED]
    wanted = (one for one in sides.desired[GROUPED] if (one.course, one.grouping) in groupings)
    return State().having(GROUPED, frozenset(one for one in wanted if (one.course, one.group) in groups))


def compare(sides: Comparison) -> Iterator[Action]:
    """Put in what is missing, and take out what the source no longer names."""
    missing = sides.wanted[GROUPED] - sides.site[GROUPED] - sides.once(_taken_out)
    yield from (AssignGroup(one) for one in sorted(missing))
    gone = (sides.once(_applied) - sides.desired[GROUPED]) & sides.site[GROUPED]
    yield from (UnassignGroup(one) for one in sorted(gone) if (one.course, one.grouping) in sides.wanted[GROUPINGS])


def _taken_out(sides: Comparison) -> frozenset[Grouped]:
    """Give what somebody took out in Moodle, unless the file wins; where either isn't there, nobody did that."""
    if sides.options.file_wins:
        return frozenset()
    missing = (sides.once(_applied) & sides.wanted[GROUPED]) - sides.site[GROUPED]
    return frozenset(one for one in missing if _is_there(sides, one))


def _is_there(sides: Comparison, one: Grouped) -> bool:
    return (one.course, one.grouping) in sides.site[GROUPINGS] and (one.course, one.group) in sides.site[DESCRIBED]


def adopt(sides: Comparison) -> Applied:
    """Take over what is there as wanted."""
    return _held((sides.wanted[GROUPED] & sides.site[GROUPED]) - sides.once(_applied))


def forget(sides: Comparison) -> Applied:
    """Let go what is neither wanted nor there, and what was in something that isn't there any more."""
    applied = {one for one in sides.once(_applied) - sides.site[GROUPED] if one.course in sides.wanted[COURSES]}
    return _held(one for one in applied if one not in sides.desired[GROUPED] or not _is_there(sides, one))


def remarks(sides: Comparison, actions: Sequence[Action]) -> Iterator[Remark]:
    """Show what somebody took out in Moodle."""
    for one in sorted(sides.once(_taken_out)):
        message = f"the group {one.group} isn't in it"
        yield left("grouping", key_of(one.course, one.grouping), message, "group taken out")


def drifted(sides: Comparison) -> Iterator[Drift]:
    """Show what somebody took out of groupings since it was put in."""
    for one in sorted(sides.once(_applied) - sides.site[GROUPED]):
        if _is_there(sides, one):
            line = f"course {one.course}: group {one.group} is in grouping {one.grouping} no more"
            yield Drift("group of a grouping", f"{one.group} in {one.grouping} in {one.course}", line)


def managed(applied: Applied) -> Iterator[Scope]:
    """Name the courses of the groups that the sync put into groupings or adopted there."""
    courses = {key for kind, key, _ in applied[FIELDS] if kind == "course"}
    for kind, key, name in applied[FIELDS]:
        if kind == "grouping" and name.startswith(PREFIX) and (place := within(courses, key)):
            yield f"course {place[0]}", Loss.GROUPINGS


def _groups(looking: Looking, course: str, grouping: str) -> frozenset[int]:
    number = looking.ids[GROUPINGS][course, grouping]
    replies = looking.ask(GET_GROUPINGS, groupingids=[number], returngroups=True)
    return frozenset(group.id for reply in replies for group in reply.groups)


GROUPED_GROUP: Final = Thing(
    name="group of a grouping",
    actions=(AssignGroup, UnassignGroup),
    want=want,
    compare=compare,
    adopt=adopt,
    forget=forget,
    remarks=remarks,
    drifted=drifted,
    managed=managed,
)
