"""Where notes stand: whether a place has room, and what a move writes; pure decisions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from content.model import Exercise
from content.parts.part import Part
from lti_tool.exercises import ranks
from lti_tool.exercises.rules import Decision, Note, Problem, ProblemKind, Verdict, place

MOST_EVER = 5000
"""Notes that one workspace ever has, deleted ones included: far beyond any work, and a limit for a script."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How many notes there are: in one cell and in the whole workspace, and there with the deleted ones."""

    in_cell: int
    in_all: int
    ever: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A note as a page wants it placed, within its part."""

    id: str
    cell: str
    before: str | None
    """Id of the note in front of which it goes; where there is none, and where that is gone, it goes to the end."""
    place_version: int
    """The version of its place that the page knew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What becomes of a move; `note` is as it stood before."""

    note: Note
    is_written: bool = False
    """Whether anything is to be done: not where the note stands there already, and not where it can't go."""
    moved_meanwhile: bool = False
    """Whether the note stood elsewhere than the page knew: the last move wins, and is told."""
    problems: tuple[Problem, ...] = ()

    @property
    def place_version(self) -> int:
        """The version of the note's place after the move was carried out."""
        return self.note.place_version + self.is_written


# Room


def takes_room(decision: Decision) -> bool:
    """Tell whether a save puts a note where none was, be it new or one that was deleted."""
    is_written = decision.verdict in (Verdict.NEW, Verdict.CHANGED) and bool(decision.draft.values)
    return is_written and not (decision.saved and decision.saved.values)


def fit(exercise: Exercise, decision: Decision, room: Room) -> Decision:
    """Refuse what there is no room for."""
    part = place(exercise, decision.draft.part, decision.draft.cell)
    problems = (*_cell_problems(part, room.in_cell), *_room_problems(exercise, room)) if part else ()
    return replace(decision, verdict=Verdict.REFUSED, problems=problems) if problems else decision


def _cell_problems(part: Part, in_cell: int) -> Iterator[Problem]:
    if in_cell >= part.notes_per_cell:
        yield Problem(kind=ProblemKind.CELL_FULL if part.notes_per_cell == 1 else ProblemKind.CELL_CROWDED)


def _room_problems(exercise: Exercise, room: Room) -> Iterator[Problem]:
    if room.in_all >= exercise.most_notes or room.ever >= MOST_EVER:
        yield Problem(kind=ProblemKind.TOO_MANY)


# Moves: `cell` is the notes of the cell where the note is to go, deleted ones too, in their order


def judge(exercise: Exercise, note: Note, move: Move, cell: Sequence[Note]) -> Moved:
    """Decide about a move; one that arrives a second time changes nothing."""
    problems = tuple(_move_problems(exercise, note, move, cell))
    if problems or _stands_there(note, move, cell):
        return Moved(note=note, problems=problems)
    return Moved(note=note, is_written=True, moved_meanwhile=note.place_version != move.place_version)


def _move_problems(exercise: Exercise, note: Note, move: Move, cell: Sequence[Note]) -> Iterator[Problem]:
    part = place(exercise, note.part, move.cell)
    if part is None:
        yield Problem(kind=ProblemKind.UNKNOWN_PLACE)
    elif move.cell == note.cell:
        return
    elif part.notes_per_cell == 1:  # its id says which cell it is of
        yield Problem(kind=ProblemKind.STAYS)
    else:
        yield from _cell_problems(part, sum(bool(other.values) for other in cell))


def _stands_there(note: Note, move: Move, cell: Sequence[Note]) -> bool:
    after = (other.id for other in cell if other.values and other.rank > note.rank)
    return note.cell == move.cell and note.stack_id is None and next(after, None) == move.before


def ranked(note_id: str, before: str | None, cell: Sequence[Note], number: int) -> Mapping[str, str]:
    """Give the ranks to write so that a note stands before another, or at the end: its own, and seldom its neighbours'.

    `number` is the change's, greater than any before.
    """
    others = [note for note in cell if note.id != note_id]
    index = next((index for index, note in enumerate(others) if note.id == before), None)
    if index is None:
        return {note_id: ranks.numbered(number)}
    rank = ranks.between(others[index - 1].rank if index else "", others[index].rank)
    if len(rank) <= ranks.LONGEST:
        return {note_id: rank}
    order = [note.id for note in others[:index]] + [note_id] + [note.id for note in others[index:]]
    return {each: ranks.numbered(number - len(order) + place) for place, each in enumerate(order, start=1)}
