"""What a roster says of a person: pure decisions."""

from collections.abc import Iterable
from dataclasses import dataclass

from lti_tool import collation
from lti_tool.lti.roles import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Somebody in the roster of a course."""

    name: str | None
    role: Role
    """As the roster says."""
    sub: str = ""
    """The account's own name for itself, which Moodle's roster and launches share."""
    is_exempt: bool = False
    """Whether a trainer said that the person is no trainee here."""
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

        A teacher who doesn't edit is a learner in Moodle's roster, and an instructor when they come; of one who never
        came only a trainer knows.
        """
        return self.role is Role.TRAINEE and self.last_role is not Role.TRAINER and not self.is_exempt


def in_order(participants: Iterable[Participant]) -> list[Participant]:
    """Order people by name; those without one come last, by number, and those without either at the end."""
    return sorted(
        participants,
        key=lambda one: (one.name is None, collation.key(one.name or ""), one.number is None, one.number or 0),
    )
