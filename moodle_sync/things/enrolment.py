"""Who is in which course, and when that counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from moodle_sync.things.kind import Kind
from moodle_sync.things.state import Place

DAY: Final = 24 * 60 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """When an enrolment counts: seconds since 1970, and 0 for no such limit; Moodle tells nobody."""

    start: int = 0
    end: int = 0
    suspended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An enrolment that the sync made or adopted."""

    term: Term | None = None
    """None: adopted as it stood, and nobody knows."""
    gone: bool = False
    """Suspended by the sync because the source no longer named the person; it comes back when the source does."""


ENROLMENTS: Final[Kind[Place, Mapping[Place, Held]]] = Kind("enrolment", {})
"""By course and person."""
