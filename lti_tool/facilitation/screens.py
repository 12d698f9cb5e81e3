"""What the presenter's view shows at a time: a few notes in letters that can be read through a video call."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from content.model import Exercise
from content.parts.part import Corner, Part, Strip
from lti_tool.exercises.rules import Note

MOST_NOTES = 4
MOST_LETTERS = 260
"""On one screen, of all its notes' first words; a longer note has a screen of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """A row, a lane, a question, a corner of the map, or a whole part."""

    part: Part
    strip: Strip
    corner: Corner | None = None

    @property
    def id(self) -> str:
        """Name it among the sights of its exercise."""
        return "/".join(filter(None, (self.part.id, self.corner.id if self.corner else self.strip.id)))

    def holds(self, note: Note) -> bool:
        """Tell whether a note is to be seen there."""
        is_there = note.part == self.part.id and note.cell in self.strip.cells and bool(note.values)
        return is_there and (self.corner is None or self.corner.holds(note))


def sights(exercise: Exercise) -> Sequence[Sight]:
    """Name all that can be looked at, in the order of the exercise; a map's corners come after the whole."""
    return [sight for part in exercise.parts for sight in (*_strips(part), *_corners(part))]


def _strips(part: Part) -> Iterable[Sight]:
    return (Sight(part=part, strip=strip) for strip in part.strips())


def _corners(part: Part) -> Iterable[Sight]:
    whole = Strip("", "", part.cells())
    return (Sight(part=part, strip=whole, corner=corner) for corner in part.corners())


def pages(sight: Sight, notes: Iterable[Note]) -> Sequence[Sequence[Note]]:
    """Divide the notes of a sight into screens; where there is none, one screen is empty."""
    found: list[list[Note]] = [[]]
    cells = sight.strip.cells
    for note in sorted(filter(sight.holds, notes), key=lambda note: cells.index(note.cell)):
        if found[-1] and not _fits(sight, [*found[-1], note]):
            found.append([])
        found[-1].append(note)
    return found


def _fits(sight: Sight, notes: Sequence[Note]) -> bool:
    first = sight.part.fields[0].id
    letters = sum(len(str(note.values.get(first, ""))) for note in notes)
    return len(notes) <= MOST_NOTES and letters <= MOST_LETTERS
