"""Checks of what notes say."""

from collections.abc import Iterator, Sequence
from typing import Literal

from content.checks.check import Check
from content.findings import Finding, choose
from content.note import Noted
from content.parts.part import Part
from content.shape import Slug


class NotesWritten(Check):
    """A part that takes any number of notes holds at least so many."""

    rule: Literal["notes_written"]

    def findings(self, part: Part) -> Iterator[Finding]:
        """Find a part whose number of notes is fixed."""
        yield from _fixed(part)

    def count(self, notes: Sequence[Noted]) -> int:
        """Count the notes."""
        return len(notes)


class FieldFilled(Check):
    """At least so many notes have this field given."""

    rule: Literal["field_filled"]
    field: Slug

    def findings(self, part: Part) -> Iterator[Finding]:
        """Find a part without this field."""
        yield from _fixed(part) if part.notes_per_cell else _missing(self.field, part)

    def count(self, notes: Sequence[Noted]) -> int:
        """Count the notes that say something there."""
        return sum(self.field in note.values for note in notes)


class OptionUsed(Check):
    """At least so many notes have this option chosen."""

    rule: Literal["option_used"]
    field: Slug
    option: Slug

    def findings(self, part: Part) -> Iterator[Finding]:
        """Find a part without this field, or a field without this option."""
        yield from _fixed(part) if part.notes_per_cell else _missing(self.field, part)
        for field in part.labelled:
            if field.id == self.field and self.option not in field.offered():
                yield "option", f"`{self.option}` isn't an option of `{field.id}`: {choose(field.offered())}"

    def count(self, notes: Sequence[Noted]) -> int:
        """Count the notes that choose it."""
        return sum(note.values.get(self.field) == self.option for note in notes)


def _fixed(part: Part) -> Iterator[Finding]:
    if part.notes_per_cell is not None:
        yield "rule", f"counts notes, and `{part.id}` takes one in each place: choose another rule or part"


def _missing(name: str, part: Part) -> Iterator[Finding]:
    names = [field.id for field in part.labelled]
    if name not in names:
        yield "field", f"`{name}` isn't a field of `{part.id}`: {choose(names)}"
