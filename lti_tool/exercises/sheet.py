"""What the page shows in each cell: the notes in their order, and what the next one is begun as."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as by_default
from enum import StrEnum
from types import MappingProxyType

from markupsafe import Markup

from content.parts.part import Part
from lti_tool.exercises import rules
from lti_tool.exercises.photos.rules import Photo
from lti_tool.exercises.rules import Note, Values
from lti_tool.exercises.stacking import Stack
from lti_tool.exercises.voting import Standing
from lti_tool.groups.rules import Group

Place = tuple[str, str]
"""A part and a cell of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """What the only note of a cell is begun as, or begun again as after it was deleted."""

    id: str
    version: int


class Came(StrEnum):
    """How an answer came to stand beside another."""

    ALONE = "alone"
    """A person had written it alone."""
    SENT = "sent"
    """A group sent it."""
    ALONG = "along"
    """It was brought along from an earlier exercise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What stands beside the one answer of a place: somebody's own, a group's, or one from an earlier exercise."""

    values: Values
    language: str
    origin: Group | None = None
    """The group that sent it."""
    earlier: str | None = None
    """The exercise that it was brought along from."""
    key: str = ""
    """Names it in a form, where it can be taken away again."""

    @property
    def came(self) -> Came:
        """Tell how it came here."""
        if self.earlier is not None:
            return Came.ALONG
        return Came.ALONE if self.origin is None else Came.SENT


NOBODY: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a page shows around the notes."""

    brought: Mapping[Place, Sequence[Brought]] = by_default(default_factory=dict)
    stacks: Mapping[str, Stack] = by_default(default_factory=dict)
    """By their ids, those that were taken apart left out."""
    voting: Standing | None = None
    authors: Mapping[str, str] = by_default(default_factory=dict)
    """Names by the notes' ids, where they are shown."""
    origins: Mapping[str, Group] = by_default(default_factory=dict)
    """The groups that sent notes here, by the notes' ids."""
    photos: Sequence[Photo] = ()
    earlier: Mapping[str, str] = by_default(default_factory=dict)
    """The exercises that notes were brought along from, by the notes' ids."""
    margin: Mapping[str, Markup] = by_default(default_factory=dict)
    """What stands at the notes, by their ids."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pile:
    """Notes that are shown together: those of a stack under its heading, or one alone."""

    notes: Sequence[Note]
    stack: Stack | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The notes of a page."""

    language: str
    """In which the person writes."""
    notes: Mapping[str, Note]
    """All of them by their ids, deleted ones included."""
    places: Mapping[Place, Sequence[Pile]]
    around: Around

    def piles(self, part: Part, cell: str) -> Sequence[Pile]:
        """Give the notes of a cell, those of a stack together."""
        return self.places.get((part.id, cell), ())

    def at(self, part: Part, cell: str) -> Sequence[Note]:
        """Give the notes of a cell, as they stand there."""
        return [note for pile in self.piles(part, cell) for note in pile.notes]

    def in_part(self, part: Part) -> Mapping[str, Sequence[Note]]:
        """Give the notes of a part by their cells."""
        return {cell: self.at(part, cell) for cell in part.cells()}

    def beside(self, part: Part, cell: str) -> Sequence[Brought]:
        """Give what stands beside the answer here."""
        return self.around.brought.get((part.id, cell), ())

    def sent(self, part: Part, cell: str) -> Sequence[Brought]:
        """Give what was brought here for all to read: what groups sent, and what came from earlier exercises."""
        return [one for one in self.beside(part, cell) if one.came is not Came.ALONE]

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
        return sum(len(pile.notes) for piles in self.places.values() for pile in piles)


ALONE = Around()


def lay_out(language: str, notes: Iterable[Note], around: Around = ALONE) -> Sheet:
    """Put notes, which come in their order, in their places."""
    known = {note.id: note for note in notes}
    places: defaultdict[Place, list[Note]] = defaultdict(list)
    for note in known.values():
        if note.values:
            places[note.part, note.cell].append(note)
    piled = {place: _piles(written, around.stacks) for place, written in places.items()}
    return Sheet(language=language, notes=known, places=piled, around=around)


def _piles(notes: Sequence[Note], stacks: Mapping[str, Stack]) -> Sequence[Pile]:
    """Gather the notes of each stack where the first of them stands."""
    gathered: defaultdict[str, list[Note]] = defaultdict(list)
    for note in notes:
        stack = stacks.get(note.stack_id or "")
        gathered[stack.id if stack else note.id].append(note)
    return [Pile(notes=together, stack=stacks.get(name)) for name, together in gathered.items()]
