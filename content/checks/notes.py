"""Checks of what notes say."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

from pydantic import Field as Limits

from content.checks.check import Check
from content.checks.which import Which
from content.findings import Finding, at_most, under
from content.note import Noted
from content.parts.part import Part
from content.words import folded


class _NotesCounted(Check):
    """So many notes, of those that are meant; `distinct` ones only where the same words count once."""

    where: Which = Which()
    distinct: bool = False

    def findings(self, part: Part) -> Iterator[Finding]:
        """Find a part where each place has one note, too little room, and what the filter names in vain."""
        if part.notes_per_cell == 1:
            yield "rule", f"counts notes, and `{part.id}` takes one in each place: choose another rule or part"
        else:
            yield from at_most(self.at_least, part.notes_per_cell * len(part.cells()))
            yield from under("where", self.where.findings(part))

    def count(self, part: Part, notes: Sequence[Noted]) -> int:
        """Count the notes that are meant."""
        meant = self.where.among(part, notes)
        first = part.fields[0].id
        return len({folded(str(note.values[first])) for note in meant}) if self.distinct else len(meant)


class NotesWritten(_NotesCounted):
    """A part that takes any number of notes holds at least so many."""

    rule: Literal["notes_written"]


class EveryNote(_NotesCounted):
    """Of the notes that are meant each one also has something; where there are none there is nothing to miss."""

    rule: Literal["every_note"]
    has: Which
    at_least: Annotated[int, Limits(ge=0)] = 0

    def findings(self, part: Part) -> Iterator[Finding]:
        """Find what either filter names in vain."""
        yield from super().findings(part)
        yield from under("has", self.has.findings(part))

    def is_met(self, part: Part, notes: Sequence[Noted]) -> bool:
        """Tell whether all have it, and are enough."""
        meant = self.where.among(part, notes)
        return super().is_met(part, notes) and len(self.has.among(part, meant)) == len(meant)
