"""The first score: what the computer can check of the notes, and the points it gives for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from content.canvas import (
    ColumnsFilled,
    Criterion,
    FieldFilled,
    NotesWritten,
    OptionUsed,
    QuestionsAnswered,
    RowsFilled,
)
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


def _is_met(criterion: Criterion, written: Sequence[Note]) -> bool:
    in_part = [note for note in written if note.part == criterion.part]
    return _count(criterion, in_part) >= criterion.at_least


def _count(criterion: Criterion, notes: Sequence[Note]) -> int:
    """Count what the criterion counts; the type checker sees that no rule is forgotten."""
    match criterion:
        case RowsFilled():
            return _rows(notes)
        case ColumnsFilled():
            return _columns(notes)
        case NotesWritten():
            return len(notes)
        case FieldFilled(field=field):
            return _filled(notes, field)
        case OptionUsed(field=field, option=option):
            return _used(notes, field, option)
        case QuestionsAnswered(words=words):
            return _answered(notes, words)


def _rows(notes: Sequence[Note]) -> int:
    return len({note.cell.split("/")[0] for note in notes})


def _columns(notes: Sequence[Note]) -> int:
    return len({note.cell.split("/")[1] for note in notes})


def _filled(notes: Sequence[Note], field: str) -> int:
    return sum(field in note.values for note in notes)


def _used(notes: Sequence[Note], field: str, option: str) -> int:
    return sum(note.values.get(field) == option for note in notes)


def _answered(notes: Sequence[Note], words: int) -> int:
    return sum(_words(str(note.values["answer"])) >= words for note in notes)


def _words(text: str) -> int:
    """Count words in any script; dashes and dots that stand alone are none."""
    return sum(any(char.isalnum() for char in word) for word in text.split())
