"""Who is in which group."""

from dataclasses import dataclass
from typing import Final

from moodle_sync.things.group import Group
from moodle_sync.things.kind import Kind


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Membership:
    """A person in a group."""

    group: Group
    person: str


MEMBERSHIPS: Final[Kind[Membership, frozenset[Membership]]] = Kind("group member", frozenset())
