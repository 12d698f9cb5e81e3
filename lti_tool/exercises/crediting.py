"""Who gets the score of what is handed in, and at which activity: pure decisions."""

from collections.abc import Container, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum

from lti_tool.exercises.modes import Mode
from lti_tool.exercises.owners import Owner
from lti_tool.lti.roles import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """A person who gets a submission's score, and the placement whose grade it is."""

    person_id: int
    placement_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """The people whose work a workspace is; a trial is nobody's, since nothing of it counts."""

    people: Set[int] = frozenset()
    took_part: Set[int] = frozenset()
    """Of them, those who wrote there or had it before them: they are confirmed without a tick."""

    @property
    def others(self) -> Set[int]:
        """Those of whom only somebody who was with them knows whether they took part."""
        return self.people - self.took_part


class Counted(StrEnum):
    """How a person stands to the newest hand-in of the work that they share."""

    NOW = "now"
    BEFORE = "before"
    """An earlier hand-in counts for them, and this one doesn't: they keep what they got."""
    NEVER = "never"


def counted(person_id: int, now: Container[int], ever: Container[int]) -> Counted:
    """Tell how a person stands to a hand-in, by those whom it credits and those whom any did."""
    if person_id in now:
        return Counted.NOW
    return Counted.BEFORE if person_id in ever else Counted.NEVER


def is_handed_in(owner: Owner, mode: Mode, role: Role) -> bool:
    """Tell whether work is handed in from a workspace: what trainees wrote alone first comes to those they are with."""
    is_own = owner.is_alone and role is Role.TRAINEE
    return not is_own or mode is Mode.ALONE


def confirmed(party: Party, *, by: int, ticked: Set[int]) -> Set[int]:
    """Choose who gets the score: whoever hands in, who took part, and who is said to; of the party alone."""
    return party.people & (party.took_part | ticked | {by})


def placed(people: Set[int], newest: Mapping[int, int], *, by: int, here: int) -> Sequence[Credit]:
    """Credit each at their own newest placement: whoever hands in where they are, and also those of whom none is known.

    Always in the order of people, so that nobody waits for each other.
    """
    places = {**newest, by: here}
    return [Credit(person_id=person, placement_id=places.get(person, here)) for person in sorted(people)]
