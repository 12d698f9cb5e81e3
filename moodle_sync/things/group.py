"""The groups of courses."""

from dataclasses import dataclass
from typing import Final

from moodle_sync.things.kind import Kind


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Group:
    """A group of a course; its name is its identity, as for Moodle."""

    course: str
    name: str


GROUPS: Final[Kind[Group, frozenset[Group]]] = Kind("group", frozenset())
