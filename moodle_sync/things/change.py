"""Changes of fields, and how they are told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import TypeAlias

from moodle_sync.multilang import UNLIMITED, told_apart


@dataclass(frozen=True, slots=True)
class Change:
    """A field's old and new value."""

    field: str
    before: str
    after: str


Aim: TypeAlias = tuple[str, str, Change]
"""A kind of thing, its key, and what is written into one of its fields."""
Field: TypeAlias = tuple[str, str, str]
"""A kind of thing, its key, and a field's name."""


def in_words(change: Change, longest: int = UNLIMITED) -> Change:
    """Write what is in several languages so that people can read it; of long texts so many letters."""
    return Change(change.field, *told_apart(change.before, change.after, longest))


def changes_line(changes: Iterable[Change]) -> str:
    """Write changes, each with the old value and the new."""
    return ", ".join(f'{change.field} from "{change.before}" to "{change.after}"' for change in changes)


def moment(seconds: int, zone: tzinfo) -> str:
    """Write a moment as it is in a zone."""
    return f"{datetime.fromtimestamp(seconds, zone):%Y-%m-%d %H:%M} {zone}"
