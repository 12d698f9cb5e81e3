"""The roles that people have in courses."""

from dataclasses import dataclass, field
from typing import Final

from moodle_sync.things.kind import Kind
from moodle_sync.things.state import Place


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Enrolment:
    """A person's role in a course; of its term, None is what nobody manages.

    A term belongs to course and person: where they have several roles, all say the same.
    """

    course: str
    person: str
    role: str
    start: int | None = field(default=None, compare=False)
    """Seconds since 1970; 0: from the beginning."""
    days: int | None = field(default=None, compare=False)
    """How long from the start, or from the day that it was made; 0: without end."""
    suspended: bool | None = field(default=None, compare=False)

    @property
    def place(self) -> Place:
        """Give course and person."""
        return self.course, self.person


ROLES: Final[Kind[str, frozenset[Enrolment]]] = Kind("role", frozenset())
"""Numbers are those of the roles themselves, by their short names."""
