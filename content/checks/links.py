"""Checks of where notes point: whether something stands behind each, and whether a way leads back."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Literal

from pydantic import Field as Limits

from content.checks.check import Check
from content.checks.which import Which
from content.findings import Finding, choose, under
from content.note import Noted
from content.parts.part import Part
from content.shape import Slug


class _LinksFollowed(Check):
    """Notes of a part and the field by which they point at one another."""

    by: Slug
    """A field that points."""

    def findings(self, part: Part) -> Iterator[Finding]:
        """Find a field that doesn't point."""
        pointers = [field.id for field in part.fields if field.is_pointer and field.asked]
        if self.by not in pointers:
            yield "by", f"`{self.by}` isn't a pointer: {choose(pointers)}"

    def _targets(self, notes: Sequence[Noted]) -> Mapping[str, str]:
        """Say by note at which one it points; those that are gone are no target."""
        there = {note.id for note in notes}
        named = {note.id: str(note.values.get(self.by, "")) for note in notes}
        return {note: target for note, target in named.items() if target in there}


class NotesReached(_LinksFollowed):
    """Of the notes that are meant, so many at least, at each one points another: something stands under each step."""

    rule: Literal["notes_reached"]
    where: Which = Which()
    reached_by: Which = Which()
    """Which notes count that point at one; left out, all."""

    def findings(self, part: Part) -> Iterator[Finding]:
        """Find what either filter names in vain, beside the field."""
        yield from super().findings(part)
        yield from under("where", self.where.findings(part))
        yield from under("reached_by", self.reached_by.findings(part))

    def count(self, part: Part, notes: Sequence[Noted]) -> int:
        """Count the notes that are meant and reached."""
        return len(self._meant(part, notes) & self._reached(part, notes))

    def is_met(self, part: Part, notes: Sequence[Noted]) -> bool:
        """Tell whether all are reached, and are enough."""
        return super().is_met(part, notes) and self._meant(part, notes) <= self._reached(part, notes)

    def _meant(self, part: Part, notes: Sequence[Noted]) -> set[str]:
        return {note.id for note in self.where.among(part, notes)}

    def _reached(self, part: Part, notes: Sequence[Noted]) -> set[str]:
        targets = self._targets(notes)
        return {targets[note.id] for note in self.reached_by.among(part, notes) if note.id in targets}


class LoopClosed(_LinksFollowed):
    """Whoever follows the notes from one to the next comes back to the first, over at least so many."""

    rule: Literal["loop_closed"]
    at_least: Annotated[int, Limits(ge=2)]

    def count(self, part: Part, notes: Sequence[Noted]) -> int:
        """Count the notes of the longest loop."""
        targets = self._targets(notes)
        return max((_length_of_loop(start, targets) for start in targets), default=0)


def _length_of_loop(start: str, targets: Mapping[str, str]) -> int:
    """Count the notes until the first comes back; none where the way ends, or turns in a loop without it."""
    seen = {start}
    at = targets[start]
    while at in targets and at not in seen:
        seen.add(at)
        at = targets[at]
    return len(seen) if at == start else 0
