"""Where the work stands before it is handed in: what the computer can count, and what is worth a second look."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from content.checks.check import Check
from content.checks.written import written
from content.model import Exercise
from lti_tool.exercises.rules import Note


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The ids of the checks that are met, of those that are still open, and of the questions to the author."""

    met: tuple[str, ...]
    open: tuple[str, ...]
    questions: tuple[str, ...]


def state(exercise: Exercise, notes: Iterable[Note]) -> State:
    """Look at all notes; nothing of it keeps anybody from handing in, and nothing is a grade."""
    by_part = _written(exercise, list(notes))
    is_met = {check.id: _finds(exercise, check, by_part) for check in exercise.checks}
    return State(
        met=tuple(check for check, met in is_met.items() if met),
        open=tuple(check for check, met in is_met.items() if not met),
        questions=tuple(question.id for question in exercise.questions if _finds(exercise, question, by_part)),
    )


def _written(exercise: Exercise, notes: Sequence[Note]) -> Mapping[str, Sequence[Note]]:
    return {
        part.id: written(part, [text.parts[part.id] for text in exercise.texts.values()], notes)
        for part in exercise.parts
    }


def _finds(exercise: Exercise, check: Check, by_part: Mapping[str, Sequence[Note]]) -> bool:
    return check.is_met(exercise.part(check.part), by_part[check.part])
