"""A worked example: an exercise as a group might have done it, invented, to be read beside one's own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import BeforeValidator
from pydantic import Field as Limits

from content.checks.check import Check
from content.fields.field import Field, Value, trimmed
from content.findings import Finding, matched, repeated, under, unknown
from content.parts.part import Part
from content.shape import Shape, Slug, Text


def _listed(value: object) -> object:
    """Make a list of what was ticked: files' lists are tuples, and a note's are lists."""
    return list(value) if isinstance(value, tuple) else value


class WorkedNoteStructure(Shape):
    """A note of the example: where it stands, and what it says besides words."""

    id: Slug
    part: Slug
    cell: str
    values: Mapping[Slug, Annotated[Value, BeforeValidator(_listed)]] = Limits(default_factory=dict)
    """By field; a pointer names another note of the example."""


class WorkedText(Shape):
    """The example in one language: who did it and where, and each note's words by field."""

    scenario: Text
    notes: Mapping[str, Mapping[str, Text]]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkedNote:
    """A note of the example in one language."""

    id: str
    part: str
    cell: str
    values: Mapping[str, Value]


class WorkedStructure(Shape):
    """What `example.yaml` holds."""

    theme: Slug
    notes: Annotated[tuple[WorkedNoteStructure, ...], Limits(min_length=1)]

    def told(self, text: WorkedText) -> tuple[WorkedNote, ...]:
        """Give the notes with their words."""
        return tuple(
            WorkedNote(
                id=note.id, part=note.part, cell=note.cell, values={**text.notes.get(note.id, {}), **note.values}
            )
            for note in self.notes
        )

    def findings(self, parts: Sequence[Part]) -> Iterator[Finding]:
        """Find notes that stand nowhere, and values that their fields can't hold."""
        yield from repeated("notes[{}].id", [note.id for note in self.notes])
        for index, note in enumerate(self.notes):
            yield from under(f"notes[{index}]", self._note_findings(note, parts))
        yield from self._full_cells(parts)

    def _note_findings(self, note: WorkedNoteStructure, parts: Sequence[Part]) -> Iterator[Finding]:
        part = _named(parts, note.part)
        if part is None:
            yield from unknown("part", note.part, [part.id for part in parts], "a part of this exercise")
            return
        yield from unknown("cell", note.cell, part.cells(), f"a cell of `{part.id}`")
        fields = {field.id: field for field in part.fields}
        others = [one.id for one in self.notes if one.part == note.part and one.id != note.id]
        for name, value in note.values.items():
            yield from under("values", self._value_findings(name, value, fields, others))

    def _value_findings(
        self, name: str, value: Value, fields: Mapping[str, Field], others: Sequence[str]
    ) -> Iterator[Finding]:
        field = fields.get(name)
        if field is None or field.is_prose or not field.asked:
            marks = [one.id for one in fields.values() if one.asked and not one.is_prose]
            yield from unknown(name, name, marks, "a field to choose in or to number here")
        elif field.is_pointer:
            yield from unknown(name, str(value), others, "another note of this part")
        elif field.misfit(field.tidy(value)) is not None:
            yield name, f"`{value}` doesn't fit its field, a {field.kind}: correct it"

    def _full_cells(self, parts: Sequence[Part]) -> Iterator[Finding]:
        for part in parts:
            for cell in part.cells():
                here = [note.id for note in self.notes if (note.part, note.cell) == (part.id, cell)]
                for name in here[part.notes_per_cell :]:
                    yield "notes", f"`{name}` finds no room in `{cell}` of `{part.id}`: remove it"

    def wording(self, text: WorkedText, parts: Sequence[Part]) -> Iterator[Finding]:
        """Compare the notes with their words, which are those of fields that hold words."""
        yield from under("notes", matched([note.id for note in self.notes], text.notes))
        for note in self.notes:
            part = _named(parts, note.part)
            if part and note.id in text.notes:
                yield from under(f"notes.{note.id}", _word_findings(part, text.notes[note.id]))

    def falls_short(self, text: WorkedText, parts: Sequence[Part], checks: Sequence[Check]) -> Iterator[Finding]:
        """Find checks that the example doesn't meet: what is shown to people must be done."""
        for check in _counted(self, text, parts, checks, met=False):
            yield "notes", f"the check `{check.id}` isn't met: complete the example or change the check"

    def is_doubtful(self, text: WorkedText, parts: Sequence[Part], questions: Sequence[Check]) -> Iterator[Finding]:
        """Find questions that the example's author would be asked."""
        for question in _counted(self, text, parts, questions, met=True):
            yield "notes", f"the question `{question.id}` is asked of it: change the example so that it isn't"


class WorkedExample(WorkedStructure):
    """The example with its words, by language."""

    texts: Mapping[str, WorkedText]


def _counted(
    example: WorkedStructure, text: WorkedText, parts: Sequence[Part], checks: Sequence[Check], *, met: bool
) -> Iterator[Check]:
    notes = example.told(text)
    for check in checks:
        part = _named(parts, check.part)
        mine = [note for note in notes if note.part == check.part]
        if part and check.is_met(part, mine) is met:
            yield check


def _word_findings(part: Part, words: Mapping[str, str]) -> Iterator[Finding]:
    prose = {field.id: field for field in part.fields if field.is_prose and field.asked}
    if part.fields[0].id not in words:
        yield part.fields[0].id, "is missing: a note begins with it"
    for name, said in words.items():
        if name not in prose:
            yield from unknown(name, name, list(prose), "a field for words here")
        elif prose[name].misfit(trimmed(said)) is not None:
            yield name, f"is too long for its field: write at most {prose[name].room} characters"


def _named(parts: Sequence[Part], name: str) -> Part | None:
    return next((part for part in parts if part.id == name), None)
