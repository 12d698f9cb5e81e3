"""What parts and checks want to know of a note, whichever program keeps it."""

from collections.abc import Mapping
from typing import Protocol

from content.fields.field import Value


class Noted(Protocol):
    """A note: where it stands, and what it says by field; what was left open isn't there."""

    @property
    def id(self) -> str:
        """Tell it from all others."""

    @property
    def part(self) -> str:
        """Name its part."""

    @property
    def cell(self) -> str:
        """Name its cell."""

    @property
    def values(self) -> Mapping[str, Value]:
        """Give what it says."""
