"""What the page shows in each cell: the notes in their order, and what the next one is begun as."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as by_default
from types import MappingProxyType

from content.parts.part import Part
from lti_tool.exercises import rules
from lti_tool.exercises.rules import Note, Values
from lti_tool.exercises.voting import Standing

Place = tuple[str, str]
"""A part and a cell of it."""


NOTHING: Mapping[Place, Sequence["Brought"]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """What the only note of a cell is begun as, or begun again as after it was deleted."""

    id: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What somebody had answered alone, where the canvas has one answer for all."""

    values: Values
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The notes of a page."""

    language: str
    """In which the person writes."""
    notes: Mapping[str, Note]
    """All of them by their ids, deleted ones included."""
    places: Mapping[Place, Sequence[Note]]
    brought: Mapping[Place, Sequence[Brought]] = by_default(default_factory=dict)
    voting: Standing | None = None

    def at(self, part: Part, cell: str) -> Sequence[Note]:
        """Give the notes of a cell."""
        return self.places.get((part.id, cell), ())

    def beside(self, part: Part, cell: str) -> Sequence[Brought]:
        """Give what people had answered here alone."""
        return self.brought.get((part.id, cell), ())

    def blank(self, part: Part, cell: str) -> Blank | None:
        """Give what a cell for one note has ready; nothing where a cell may hold several."""
        if part.notes_per_cell != 1:
            return None
        note_id = rules.blank_id(part, cell)
        deleted = self.notes.get(note_id)
        return Blank(id=note_id, version=deleted.version if deleted else 0)

    @property
    def count(self) -> int:
        """Count what is written."""
        return sum(len(notes) for notes in self.places.values())


def lay_out(
    language: str,
    notes: Iterable[Note],
    brought: Mapping[Place, Sequence[Brought]] = NOTHING,
    voting: Standing | None = None,
) -> Sheet:
    """Put notes, which come in their order, in their places."""
    known = {note.id: note for note in notes}
    places: defaultdict[Place, list[Note]] = defaultdict(list)
    for note in known.values():
        if note.values:
            places[note.part, note.cell].append(note)
    return Sheet(language=language, notes=known, places=places, brought=brought, voting=voting)
