"""What the journal knows of the last run: the side of a sync that Moodle doesn't tell.

A person's key is that of the desired state where the source names them, and else the username that their account had.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from operator import or_

from moodle_sync.things.kind import Holding


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
class Applied(Holding):
    """Everything that the sync made or adopted, and so may change or take away, by kind."""

    altered: frozenset[Altered] = frozenset()
    """What is left as Moodle kept it, until the source or Moodle says something else."""
    numbers: Mapping[str, int] = field(default_factory=dict)
    """The accounts of those whom the source no longer names, by key."""
    strangers: frozenset[int] = frozenset()
    """Accounts that became somebody else's: what is held under their numbers stands nowhere here."""
    rows: int | None = None
    """How many people the source named when all of it was last applied; None: never."""


def all_of(parts: Iterable[Applied | None]) -> Applied:
    """Put together what is held in several, which all hold nothing but things."""
    held: dict[object, object] = {}
    for part in filter(None, parts):
        for kind, things in part.things.items():
            held[kind] = or_(held[kind], things) if kind in held else things
    return Applied(things=held)
