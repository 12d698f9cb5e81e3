"""When a roster is asked for again, and what it says of a person: pure decisions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from lti_tool.lti.roles import Role

FRESH_FOR = timedelta(minutes=15)
ASK_EVERY = timedelta(minutes=1)
"""Between two times that people make us ask."""
MOST_TRIES = 6
"""In a row; then the next person who looks makes us ask again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """What we hold of a course's roster."""

    fetched_at: datetime | None = None
    """When it was last read; nothing before the first time."""
    asked_at: datetime | None = None
    """When somebody last made us ask."""
    is_wanted: bool = False
    """Whether the worker will ask, or is asking."""
    failed_at: datetime | None = None
    """When the last try failed, if it did."""

    def is_due(self, now: datetime) -> bool:
        """Tell whether somebody who looks at it makes us ask."""
        if self.is_wanted:
            return False
        return self.fetched_at is None or self.fetched_at <= now - FRESH_FOR

    def may_be_asked(self, now: datetime) -> bool:
        """Tell whether somebody can make us ask at once."""
        return self.asked_at is None or self.asked_at <= now - ASK_EVERY


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Somebody in the roster of a course."""

    name: str | None
    role: Role
    """As the roster says."""
    person_id: int | None = None
    """Nothing for somebody who was never on the tool from this site."""
    number: int | None = None
    last_role: Role | None = None
    """In their newest launch in this course; nothing for somebody who was never here."""

    @property
    def was_here(self) -> bool:
        """Whether the person ever came to this course's activities."""
        return self.last_role is not None

    @property
    def is_trainee(self) -> bool:
        """Whether work is expected of the person.

        A teacher who doesn't edit is a learner in Moodle's roster, and an instructor when they come.
        """
        return self.role is Role.TRAINEE and self.last_role is not Role.TRAINER


def in_order(participants: Iterable[Participant]) -> list[Participant]:
    """Order people by name; those without one come last, by number, and those without either at the end."""
    return sorted(
        participants,
        key=lambda one: (one.name is None, (one.name or "").casefold(), one.number is None, one.number or 0),
    )
