"""Questions in a row, each with one answer."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

from pydantic import Field as Limits

from content.checks.check import Check
from content.fields.field import Field
from content.fields.text import TextField
from content.findings import Finding, at_most
from content.note import Noted
from content.parts.part import Part, Places
from content.shape import Length, Slug
from content.words import words


class QuestionsPart(Part):
    """Questions in a row; each is a cell named as the question, with one note of one text, `answer`."""

    kind: Literal["questions"]
    questions: Annotated[tuple[Slug, ...], Limits(min_length=1)]
    max_length: Length = 2000

    @property
    def fields(self) -> tuple[TextField]:
        """Give what an answer is made of, so that it's treated as any other note."""
        return (TextField(id="answer", kind="text", max_length=self.max_length),)

    @property
    def labelled(self) -> Sequence[Field]:
        """Give none: the question is an answer's label."""
        return ()

    def places(self) -> tuple[Places, ...]:
        """Name the questions."""
        return (Places("questions", self.questions),)

    @property
    def notes_per_cell(self) -> int:
        """Take one answer to a question."""
        return 1


class QuestionsAnswered(Check):
    """At least so many questions have an answer of their own, of at least `words` words each."""

    rule: Literal["questions_answered"]
    words: Annotated[int, Limits(ge=1, le=1000)] = 1

    def findings(self, part: Part) -> Iterator[Finding]:
        """Find a part that asks nothing, too few questions, or too little room for the words."""
        if not isinstance(part, QuestionsPart):
            yield "rule", f"counts answers, and `{part.id}` has no questions: choose another rule or part"
            return
        yield from at_most(self.at_least, len(part.questions))
        if 2 * self.words - 1 > part.max_length:
            yield "words", f"don't fit into max_length, {part.max_length}: ask for fewer"

    def count(self, part: Part, notes: Sequence[Noted]) -> int:
        """Count the answers that are long enough; the same answer to two questions counts once."""
        answers = [words(str(note.values["answer"])) for note in notes]
        return len({tuple(answer) for answer in answers if self._is_enough(answer)})

    def _is_enough(self, answer: Sequence[str]) -> bool:
        """Ask for the words, of which half may be said again: one word over and over is no answer."""
        return len(answer) >= self.words and 2 * len(set(answer)) >= self.words
