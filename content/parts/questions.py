"""Questions in a row, each with one answer."""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field as Limits

from content.fields.field import Field
from content.fields.text import TextField
from content.parts.part import Part, Places
from content.shape import Length, Slug


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
