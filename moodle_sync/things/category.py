"""Categories."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from moodle_sync.things.kind import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A category; `parent` is another one's idnumber, or empty at the top."""

    idnumber: str
    name: str
    parent: str = ""


CATEGORIES: Final[Kind[str, Mapping[str, Category]]] = Kind("category", {})
"""By idnumber; parents come before their children."""
