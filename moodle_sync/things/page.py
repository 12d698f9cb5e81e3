"""How the journal writes what is held of a kind of thing."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from moodle_sync.things.applied import Applied

PERSON: Final = "person"
"""The column of people: they are written by the numbers of their accounts."""
Cell: TypeAlias = int | str | None
Line: TypeAlias = tuple[tuple[str, ...], tuple[Cell, ...]]
"""What tells one from all others, and what more is held of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A table of the journal; its name and those of its columns stand in files, and never change."""

    table: str
    key: tuple[str, ...]
    rest: Mapping[str, str] = field(default_factory=dict)
    """The columns beside the key, with their SQL types."""
    since: int = 1
    """The first version of journals that have it."""
    falling: frozenset[str] = frozenset()
    """Those of them that keep the least that was ever written."""
    lines: Callable[[Applied], Iterable[Line]]
    """Writes what is held."""
    holding: Callable[[Iterable[Line]], Applied]
    """Reads it again."""
