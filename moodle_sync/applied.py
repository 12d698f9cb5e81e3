"""What the journal knows of the last run: the side of a sync that Moodle doesn't tell.

A person's key is that of the desired state where the source names them, and else the username that their account had.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from moodle_sync.state import CohortMembership, Enrolment, Membership, Place, Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An enrolment that the sync made or adopted."""

    term: Term | None = None
    """None: adopted as it stood, and nobody knows."""
    gone: bool = False
    """Suspended by the sync because the source no longer named the person; it comes back when the source does."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Altered:
    """A field of which Moodle kept something else than was written: it would do so again each night."""

    kind: str
    """`person` or `course`."""
    key: str
    field: str
    written: str
    kept: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """Everything that the sync made or adopted, and so may change or take away."""

    enrolments: Mapping[Place, Held] = field(default_factory=dict)
    roles: frozenset[Enrolment] = frozenset()
    memberships: frozenset[Membership] = frozenset()
    cohort_members: frozenset[CohortMembership] = frozenset()
    sections: frozenset[tuple[str, str]] = frozenset()
    """Courses and names: a section that is called otherwise since then, or gone, is left to whoever did that."""
    altered: frozenset[Altered] = frozenset()
    """What is left as Moodle kept it, until the source or Moodle says something else."""
    numbers: Mapping[str, int] = field(default_factory=dict)
    """The accounts of those whom the source no longer names, by key."""
    strangers: frozenset[int] = frozenset()
    """Accounts that became somebody else's: what is held under their numbers stands nowhere here."""
    rows: int | None = None
    """How many people the source named when all of it was last applied; None: never."""
