"""What somebody should look at."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something that is left alone until somebody has looked at it: its kind, its key, and why."""

    kind: str
    key: str
    message: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that deserves a look, and is done all the same: its kind, its key, and what there is to say."""

    kind: str
    key: str
    message: str


@dataclass(frozen=True, slots=True)
class Drift:
    """Something that somebody changed in Moodle since it was last applied.

    Without a field the whole thing is gone; `line` says it to people.
    """

    kind: str
    key: str
    line: str
    field: str | None = None
    applied: str | None = None
    now: str | None = None
