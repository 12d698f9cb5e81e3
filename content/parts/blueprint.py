"""Steps that people add and order, and under each of them what happens at the same time: a service blueprint."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Generic, Literal, NamedTuple, TypeVar

from pydantic import Field as Limits

from content.findings import Finding, choose, repeated, unknown
from content.note import Noted
from content.parts.part import PartOfFields, Passage, Places
from content.shape import Slug

N = TypeVar("N", bound=Noted)


class Column(NamedTuple, Generic[N]):
    """A step, or none for what stands under no step; and what stands under it, by row."""

    step: N | None
    under: Mapping[str, Sequence[N]]


class BlueprintPart(PartOfFields):
    """Rows, each a cell: the notes of the first are the steps, those of the others say under which step they stand."""

    kind: Literal["blueprint"]
    rows: Annotated[tuple[Slug, ...], Limits(min_length=2)]
    step: Slug
    """The field by which a note points at its step."""
    lines: Mapping[Slug, Slug] = Limits(default_factory=dict)
    """By row the line that is drawn above it: that of visibility above what happens behind, say."""

    def places(self) -> tuple[Places, ...]:
        """Name the rows."""
        return (Places("rows", self.rows),)

    def captioned(self) -> tuple[Places, ...]:
        """Name the lines too."""
        lines = tuple(self.lines.values())
        return (*self.places(), Places("lines", lines)) if lines else self.places()

    def findings(self) -> Iterator[Finding]:
        """Find a field that points at nothing, beside what every part checks."""
        yield from super().findings()
        pointers = [field.id for field in self.fields if field.is_pointer]
        if self.step not in pointers:
            yield "step", f"`{self.step}` isn't a pointer: {choose(pointers)}"
        for row in self.lines:
            yield from unknown(f"lines.{row}", row, self.rows[1:], f"a row of `{self.id}` below the steps")
        yield from repeated("lines[{}]", tuple(self.lines.values()))

    def columns(self, notes: Mapping[str, Sequence[N]]) -> list[Column[N]]:
        """Lay notes out, by row, under their steps; what names no step that is there comes last."""
        steps = notes.get(self.rows[0], ())
        known = {step.id for step in steps}
        columns = [Column(step, self._under(notes, step.id, known)) for step in steps]
        stray = self._under(notes, "", known)
        return [*columns, Column(None, stray)] if any(stray.values()) else columns

    def passages(self, notes: Mapping[str, Sequence[N]]) -> Iterator[Passage[N]]:
        """Go through it step by step: the step, and what happens under it, row by row."""
        for column in self.columns(notes):
            step = () if column.step is None else (column.step,)
            heading = None if column.step is None else ("rows", self.rows[0])
            yield Passage(heading, step, is_rest=column.step is None)
            for row in self.rows[1:]:
                yield Passage(("rows", row), column.under[row], depth=1)

    def _under(self, notes: Mapping[str, Sequence[N]], step: str, known: set[str]) -> Mapping[str, Sequence[N]]:
        return {
            row: [note for note in notes.get(row, ()) if self._step_of(note, known) == step] for row in self.rows[1:]
        }

    def _step_of(self, note: Noted, known: set[str]) -> str:
        named = str(note.values.get(self.step, ""))
        return named if named in known else ""
