"""What is asked in one exercise and can be brought along to the next: which notes become which."""

from collections.abc import Iterator, Mapping, Sequence

from pydantic import Field as Limits

from content.checks.which import Which
from content.findings import Finding, choose, under, unknown
from content.note import Noted
from content.parts.part import Part
from content.shape import Line, Shape, Slug


class Bringing(Shape):
    """Notes of a part of an earlier exercise, and where they are brought: copied there, never moved."""

    exercise: Slug
    part: Slug
    cell: Line | None = None
    """Left out, notes of every cell of the part."""
    where: Which = Which()
    """Only notes that are meant by this."""
    to: Slug
    """A part of this exercise."""
    at: Line | None = None
    """Its cell; left out, the only one it has, else the one that is named as the note's."""
    fields: Mapping[Slug, Slug] = Limits(default_factory=dict)
    """By field of the earlier part, the field that it becomes; left out, those of the same name."""

    def cells(self, earlier: Part) -> tuple[str, ...]:
        """Name the cells whose notes are brought."""
        return earlier.cells() if self.cell is None else (self.cell,)

    def place(self, cell: str, part: Part) -> str:
        """Name the cell to which a note comes that stood in a cell of the earlier part."""
        if self.at is not None:
            return self.at
        cells = part.cells()
        return cells[0] if len(cells) == 1 else cell

    def pairs(self, earlier: Part, part: Part) -> Mapping[str, str]:
        """Say by field of the earlier part which field of this one it becomes."""
        own = {field.id for field in part.fields if field.asked}
        return self.fields or {field.id: field.id for field in earlier.fields if field.id in own}

    def is_meant(self, earlier: Part, note: Noted) -> bool:
        """Tell whether a note of the earlier part is brought."""
        return note.cell in self.cells(earlier) and bool(self.where.among(earlier, [note]))

    def is_like(self, other: "Bringing") -> bool:
        """Tell whether two would bring the same note to the same part."""
        one, two = ((each.exercise, each.part, each.where, each.to) for each in (self, other))
        return one == two and (self.cell == other.cell or None in (self.cell, other.cell))

    def findings(self, earlier: Sequence[Part], parts: Sequence[Part]) -> Iterator[Finding]:
        """Find what the earlier exercise doesn't have, and what this one can't hold."""
        before = next((part for part in earlier if part.id == self.part), None)
        after = next((part for part in parts if part.id == self.to), None)
        yield from unknown("part", self.part, [part.id for part in earlier], f"a part of `{self.exercise}`")
        yield from unknown("to", self.to, [part.id for part in parts], "a part of this exercise")
        if before and after:
            yield from self._cell_findings(before, after)
            yield from under("where", self.where.findings(before))
            yield from self._field_findings(before, after)

    def _cell_findings(self, earlier: Part, part: Part) -> Iterator[Finding]:
        if self.cell is not None and self.cell not in earlier.cells():
            yield from unknown("cell", self.cell, earlier.cells(), f"a cell of `{self.part}` in `{self.exercise}`")
        elif self.at is not None:
            yield from unknown("at", self.at, part.cells(), f"a cell of `{self.to}`")
        else:
            strays = [cell for cell in self.cells(earlier) if self.place(cell, part) not in part.cells()]
            for cell in strays[:1]:
                yield "at", f"is missing, and `{self.to}` has no cell `{cell}`: {choose(part.cells())}"

    def _field_findings(self, earlier: Part, part: Part) -> Iterator[Finding]:
        known = {field.id: field for field in earlier.fields}
        own = {field.id: field for field in part.fields if field.asked}
        pairs = self.pairs(earlier, part)
        for name, becomes in pairs.items():
            key = f"fields.{name}"
            yield from unknown(key, name, list(known), f"a field of `{self.part}` in `{self.exercise}`")
            yield from unknown(key, becomes, list(own), f"a field that `{self.to}` asks for")
            if name in known and becomes in own:
                yield from ((key, message) for message in own[becomes].shortfalls(known[name]))
        yield from _filled_twice(pairs)
        first = part.fields[0]
        if first.id not in pairs.values():
            yield "fields", f"leaves `{first.id}` empty, a note's first field: say which field becomes it"


def _filled_twice(pairs: Mapping[str, str]) -> Iterator[Finding]:
    filled: set[str] = set()
    for name, becomes in pairs.items():
        if becomes in filled:
            yield f"fields.{name}", f"becomes `{becomes}`, which another field does: keep one"
        filled.add(becomes)


def alike(brings: Sequence[Bringing]) -> Iterator[Finding]:
    """Find what would bring the same notes twice."""
    for index, bringing in enumerate(brings):
        for before, other in enumerate(brings[:index]):
            if bringing.is_like(other):
                yield f"brings[{index}]", f"brings notes to `{bringing.to}` that brings[{before}] does: keep one"
