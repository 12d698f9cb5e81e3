"""What somebody should look at."""

from dataclasses import dataclass, field
from typing import Annotated, Final

from pydantic import Field

Later: Final = Field(exclude_if=lambda value: not value)
"""What findings in files of former versions don't have."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something that is left alone until somebody has looked at it: its kind, its key, and why."""

    kind: str
    key: str
    message: str
    cause: Annotated[str, Later] = field(default="", compare=False)
    """What many have in common whose messages differ; empty: the message."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that deserves a look, and is done all the same: its kind, its key, and what there is to say."""

    kind: str
    key: str
    message: str
    cause: Annotated[str, Later] = field(default="", compare=False)
    """What many have in common whose messages differ; empty: the message."""
    differs: Annotated[bool, Later] = field(default=False, compare=False)
    """Whether something in Moodle stays other than the file has it."""


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
