"""The first score: what the computer can check of the notes, and the points it gives for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from content.checks.check import Check
from content.model import Exercise
from lti_tool.exercises.rules import Note, place


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Points given out of a maximum, and the ids of the criteria that are met."""

    given: int
    maximum: int
    met: tuple[str, ...]


def score(exercise: Exercise, notes: Iterable[Note]) -> Score:
    """Give the points of all criteria that the notes meet."""
    written = [note for note in notes if is_written(exercise, note)]
    met = [criterion for criterion in exercise.criteria if _is_met(criterion, written)]
    return Score(
        given=sum(criterion.points for criterion in met),
        maximum=exercise.score_maximum,
        met=tuple(criterion.id for criterion in met),
    )


def is_written(exercise: Exercise, note: Note) -> bool:
    """Tell whether a note counts: it stands in a cell that exists, and its first field has words."""
    part = place(exercise, note.part, note.cell)
    return part is not None and part.fields[0].id in note.values


def _is_met(criterion: Check, written: Sequence[Note]) -> bool:
    return criterion.is_met([note for note in written if note.part == criterion.part])
