"""Checks of where notes stand."""

from collections.abc import Iterator, Sequence
from typing import ClassVar, Literal

from content.checks.check import Check
from content.findings import Finding, at_most
from content.note import Noted
from content.parts.part import Part


class _PlacesFilled(Check):
    """At least so many places of one side of a part have a note."""

    side: ClassVar[str]
    step: ClassVar[int]

    def findings(self, part: Part) -> Iterator[Finding]:
        """Find a part that has no such places, or too few."""
        ids = dict(part.places()).get(self.side)
        if ids is None:
            yield "rule", f"counts {self.side}, and `{part.id}` has none: choose another rule or part"
        else:
            yield from at_most(self.at_least, len(ids))

    def count(self, notes: Sequence[Noted]) -> int:
        """Count the places where something stands."""
        return len({note.cell.split("/")[self.step] for note in notes})


class RowsFilled(_PlacesFilled):
    """At least so many rows of a grid have a note."""

    side: ClassVar[str] = "rows"
    step: ClassVar[int] = 0

    rule: Literal["rows_filled"]


class ColumnsFilled(_PlacesFilled):
    """At least so many columns of a grid have a note."""

    side: ClassVar[str] = "columns"
    step: ClassVar[int] = 1

    rule: Literal["columns_filled"]
