"""Entries with a day, written over months: a journal."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, TypeVar

from content.findings import Finding, choose
from content.note import Noted
from content.parts.part import PartOfFields, Passage, Places
from content.shape import Slug

N = TypeVar("N", bound=Noted)


class EntriesPart(PartOfFields):
    """Entries in one cell, named `entries`; the page lists them by the months of their days too."""

    kind: Literal["entries"]
    dated: Slug
    """The field that holds the day."""

    def places(self) -> tuple[Places, ...]:
        """Name no place: there is one pile of entries."""
        return ()

    def cells(self) -> tuple[str, ...]:
        """Name the only cell."""
        return ("entries",)

    def findings(self) -> Iterator[Finding]:
        """Find a field that holds no day, beside what every part checks."""
        yield from super().findings()
        days = [field.id for field in self.fields if field.is_day]
        if self.dated not in days:
            yield "dated", f"`{self.dated}` isn't a date: {choose(days)}"

    def passages(self, notes: Mapping[str, Sequence[N]]) -> Iterator[Passage[N]]:
        """Go through the entries by their days, the oldest first; those without a day come last."""
        entries = [note for cell in self.cells() for note in notes.get(cell, ())]
        yield Passage(None, sorted(entries, key=lambda note: self._day(note) or "~"))

    def months(self, notes: Iterable[N]) -> Mapping[str, Sequence[N]]:
        """Give the entries by month, as `2026-05`, the newest first; those without a day come last, under ""."""
        by_month: defaultdict[str, list[N]] = defaultdict(list)
        for note in sorted(notes, key=self._day, reverse=True):
            by_month[self._day(note)[:7]].append(note)
        return by_month

    def _day(self, note: Noted) -> str:
        return str(note.values.get(self.dated, ""))
