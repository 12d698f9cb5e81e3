"""Checks of answers, where each place takes one note."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

from pydantic import Field as Limits

from content.checks.check import Check
from content.findings import Finding, at_most
from content.note import Noted
from content.parts.part import Part
from content.words import words


class QuestionsAnswered(Check):
    """At least so many questions have an answer of their own, of at least `words` words each."""

    rule: Literal["questions_answered"]
    words: Annotated[int, Limits(ge=1, le=1000)] = 1

    def findings(self, part: Part) -> Iterator[Finding]:
        """Find a part that asks nothing, too few questions, or too little room for the words."""
        if part.notes_per_cell != 1:
            yield "rule", f"counts answers, and `{part.id}` takes several notes in a place: choose another rule or part"
            return
        yield from at_most(self.at_least, len(part.cells()))
        if 2 * self.words - 1 > part.fields[0].room:
            yield "words", f"don't fit into max_length, {part.fields[0].room}: ask for fewer"

    def count(self, part: Part, notes: Sequence[Noted]) -> int:
        """Count the answers that are long enough; the same answer to two questions counts once."""
        answers = [words(str(note.values[part.fields[0].id])) for note in notes]
        return len({tuple(answer) for answer in answers if self._is_enough(answer)})

    def _is_enough(self, answer: Sequence[str]) -> bool:
        """Ask for the words, of which half may be said again: one word over and over is no answer."""
        return len(answer) >= self.words and 2 * len(set(answer)) >= self.words
