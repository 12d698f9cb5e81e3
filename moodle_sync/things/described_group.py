"""What the configuration says of groups: they have an idnumber, and go by it whatever Moodle calls them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from typing import ClassVar, Final, TypeAlias

from moodle_sync.sameness import same
from moodle_sync.things.action import Action, Alteration, Looking, Making, Step
from moodle_sync.things.applied import Applied
from moodle_sync.things.back import Back
from moodle_sync.things.change import Aim, Change, changes_line
from moodle_sync.things.course import COURSES
from moodle_sync.things.finding import Conflict
from moodle_sync.things.kept import holding
from moodle_sync.things.kind import Kind
from moodle_sync.things.place import InCourse
from moodle_sync.things.state import State
from moodle_sync.webservice.encoding import Row
from moodle_sync.webservice.functions import GET_GROUPS, UPDATE_GROUPS
from moodle_sync.webservice.replies import GroupReply

HTML: Final = 1
Key: TypeAlias = tuple[str, str]
"""A course's idnumber, and that of something within it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What is said of a group beside its course; None is what nobody manages."""

    idnumber: str
    name: str
    description: str | None = None
    """As Moodle has it: HTML."""
    format: int = field(default=HTML, compare=False)
    """What kind of text the description is."""


DESCRIBED: Final[Kind[Key, Mapping[Key, Described]]] = Kind("described group", {})


@dataclass(frozen=True, slots=True)
class ChangeGroup(InCourse, Alteration):
    """Call a group otherwise, describe it, or give it its idnumber; everybody in it stays."""

    noun: ClassVar = "changed groups"
    step: ClassVar = Step(UPDATE_GROUPS, "groups")
    course: str
    group: str
    """Its idnumber."""
    changes: tuple[Change, ...]
    name: str
    """What Moodle calls it now: it must be told again, as the kind of text that the description is."""
    format: int

    def within(self) -> str:
        """Give the course."""
        return self.course

    def line(self, zone: tzinfo) -> str:
        """Say what becomes of what."""
        return f'course {self.course}: group "{self.name}": {changes_line(self.changes)}'

    def row(self, making: Making) -> Row:
        """Write it as a row of a request."""
        changed = {change.field: change.after for change in self.changes}
        return {
            "id": making.ids[DESCRIBED][self.course, self.group],
            **told_again(changed, self.name, self.format),
            "idnumber": changed.get("idnumber"),
        }

    def aims(self) -> Iterable[Aim]:
        """Name the fields that it writes."""
        return (("group", key_of(self.course, self.group), change) for change in self.changes)

    def keeps(self) -> Applied:
        """Say what is written."""
        written = {change.field: change.after for change in self.changes}
        return holding("group", key_of(self.course, self.group), written)

    def undone(self, back: Back) -> Iterator[Action | Conflict]:
        """Put the fields back, beside the others as they are now: all must be told again."""
        there = back.sides.site[DESCRIBED].get((self.course, self.group))
        for one in Alteration.undone(self, back):
            yield replace(one, name=there.name, format=there.format) if isinstance(one, ChangeGroup) and there else one

    def is_done(self, looking: Looking) -> bool:
        """Tell whether all fields are as written."""
        number = looking.ids[DESCRIBED][self.course, self.group]
        found = next((one for one in looking.once(groups_of, self.course) if one.id == number), None)
        there = values(as_described(found)) if found else {}
        return all(same(there.get(change.field, "")) == same(change.after) for change in self.changes) and bool(there)


def told_again(changed: Mapping[str, str], name: str, text_format: int) -> Row:
    """Write a name and a description, where Moodle would set to its own value what it isn't told."""
    return {
        "name": changed.get("name", name),
        "description": changed.get("description"),
        "descriptionformat": HTML if "description" in changed else text_format,
    }


def key_of(course: str, thing: str) -> str:
    """Give the key of something within a course."""
    return f"{course}/{thing}"


def values(described: Described) -> dict[str, str]:
    """Give the fields of a group that are kept."""
    given = {"idnumber": described.idnumber, "name": described.name, "description": described.description}
    return {name: value for name, value in given.items() if value is not None}


def value(site: State, key: str, field: str) -> str | None:
    """Read a field of a described group."""
    found = next((one for own, one in site[DESCRIBED].items() if key_of(*own) == key), None)
    return values(found).get(field) if found else None


def as_described(reply: GroupReply) -> Described:
    """Say in our words what Moodle tells of a group."""
    return Described(
        idnumber=reply.idnumber, name=reply.name, description=reply.description, format=reply.descriptionformat
    )


def groups_of(looking: Looking, course: str) -> tuple[GroupReply, ...]:
    """Read the groups of a course."""
    return looking.ask(GET_GROUPS, courseid=looking.ids[COURSES][course])
