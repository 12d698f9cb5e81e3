"""Checks of where notes stand."""

from collections.abc import Iterator, Sequence
from typing import Literal

from content.checks.check import Check
from content.checks.which import Which
from content.findings import Finding, at_most, under, unknown
from content.note import Noted
from content.parts.part import Part
from content.shape import Slug


class PlacesFilled(Check):
    """At least so many places of a part have a note: of a grid's rows, say."""

    rule: Literal["places_filled"]
    places: Slug
    """Their name: `rows`, `columns`, `lanes`."""
    where: Which = Which()

    def findings(self, part: Part) -> Iterator[Finding]:
        """Find a part that has no such places, or too few."""
        known = dict(part.places())
        yield from unknown("places", self.places, list(known), f"what `{part.id}` has places for")
        yield from at_most(self.at_least, len(known.get(self.places, range(self.at_least))))
        yield from under("where", self.where.findings(part))

    def count(self, part: Part, notes: Sequence[Noted]) -> int:
        """Count the places where something stands that is meant."""
        meant = self.where.among(part, notes)
        return len({part.place_of(cell)[self.places] for cell in {note.cell for note in meant}})
