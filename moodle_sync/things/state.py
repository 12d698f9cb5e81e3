"""What a site holds, or should hold: frozen values, keyed by idnumber where Moodle has one.

Both sides of a sync have this shape. A person's key is the username in the administrator's file; what was found in
Moodle stands under the key of whom it was found to be.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from moodle_sync.things.kind import Holding

Place: TypeAlias = tuple[str, str]
"""A course and a person, by their keys."""


class Managed(StrEnum):
    """What of people's places a source can say, and what it then manages."""

    ENROLMENTS = "enrolments"
    GROUPS = "groups"
    COHORTS = "cohorts"


@dataclass(frozen=True, slots=True, kw_only=True)
class State(Holding):
    """Everything in the sync's scope, by kind."""

    lasting: frozenset[str] = frozenset()
    """The courses from which nobody is suspended or taken out, whatever the source says of them no longer."""
    manages: frozenset[Managed] = frozenset(Managed)
    """What the source has columns for; of the rest nothing is ever taken away."""
    silent: frozenset[tuple[Managed, Place]] = frozenset()
    """Where the source has a person and an empty cell: what is there stays.

    The place's course is empty where a whole person is meant: no course in their row, or no cohort.
    """
