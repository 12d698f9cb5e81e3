"""What a canvas is built of: fields make a note, parts hold notes in cells, criteria count them.

A program treats all kinds of parts alike: each has `id`, `fields`, `cells()` and `notes_per_cell`. A note is its first
field, which is always text; the others may be left open.
"""

from typing import Annotated, Literal

from pydantic import Field

from content.shape import Length, Shape, Slug

# Fields: what a note is made of


class TextField(Shape):
    """Words that a person writes, at most `max_length` characters."""

    id: Slug
    kind: Literal["text"]
    max_length: Length = 400


class ChoiceField(Shape):
    """One of several options, by its id."""

    id: Slug
    kind: Literal["choice"]
    options: Annotated[tuple[Slug, ...], Field(min_length=2)]


class ScaleField(Shape):
    """A whole number from `minimum` to `maximum`, both included."""

    id: Slug
    kind: Literal["scale"]
    minimum: Annotated[int, Field(ge=0, le=10)]
    maximum: Annotated[int, Field(ge=0, le=10)]


NoteField = Annotated[TextField | ChoiceField | ScaleField, Field(discriminator="kind")]
NoteFields = Annotated[tuple[NoteField, ...], Field(min_length=1)]


# Parts: where notes stand. Each kind offers cells(), fields and notes_per_cell.


class GridPart(Shape):
    """Rows by columns; a cell is named `row/column`."""

    id: Slug
    kind: Literal["grid"]
    rows: Annotated[tuple[Slug, ...], Field(min_length=1)]
    columns: Annotated[tuple[Slug, ...], Field(min_length=1)]
    fields: NoteFields

    @property
    def notes_per_cell(self) -> int | None:
        """Say how many notes a cell may hold; None is any number."""
        return None

    def cells(self) -> tuple[str, ...]:
        """Name the cells, row by row."""
        return tuple(f"{row}/{column}" for row in self.rows for column in self.columns)


class QuestionsPart(Shape):
    """Questions in a row; each is a cell named as the question, with one note of one text, `answer`."""

    id: Slug
    kind: Literal["questions"]
    questions: Annotated[tuple[Slug, ...], Field(min_length=1)]
    max_length: Length = 2000

    @property
    def fields(self) -> tuple[TextField]:
        """Give what an answer is made of, so that it's treated as any other note."""
        return (TextField(id="answer", kind="text", max_length=self.max_length),)

    @property
    def notes_per_cell(self) -> int | None:
        """Say how many notes a cell may hold; None is any number."""
        return 1

    def cells(self) -> tuple[str, ...]:
        """Name the cells, in the questions' order."""
        return self.questions


class Axes(Shape):
    """The two scale fields by which cards are drawn as a map."""

    x: Slug
    y: Slug


class CardsPart(Shape):
    """A pile of cards in one cell, named `cards`; with `axes` the page draws them as a map too."""

    id: Slug
    kind: Literal["cards"]
    fields: NoteFields
    axes: Axes | None = None

    @property
    def notes_per_cell(self) -> int | None:
        """Say how many notes a cell may hold; None is any number."""
        return None

    def cells(self) -> tuple[str, ...]:
        """Name the only cell."""
        return ("cards",)


Part = Annotated[GridPart | QuestionsPart | CardsPart, Field(discriminator="kind")]


# Criteria: what the computer can check; met ones give their points to the first score


class _Criterion(Shape):
    id: Slug
    points: Annotated[int, Field(ge=1, le=100)]
    part: Slug
    at_least: Annotated[int, Field(ge=1)]


class RowsFilled(_Criterion):
    """At least so many rows of a grid have a note."""

    rule: Literal["rows_filled"]


class ColumnsFilled(_Criterion):
    """At least so many columns of a grid have a note."""

    rule: Literal["columns_filled"]


class NotesWritten(_Criterion):
    """A grid or a pile of cards holds at least so many notes."""

    rule: Literal["notes_written"]


class FieldFilled(_Criterion):
    """At least so many notes of a grid or a pile of cards have this field given."""

    rule: Literal["field_filled"]
    field: Slug


class OptionUsed(_Criterion):
    """At least so many notes of a grid or a pile of cards have this option chosen."""

    rule: Literal["option_used"]
    field: Slug
    option: Slug


class QuestionsAnswered(_Criterion):
    """At least so many questions have an answer of at least `words` words each."""

    rule: Literal["questions_answered"]
    words: Annotated[int, Field(ge=1, le=1000)] = 1


Criterion = Annotated[
    RowsFilled | ColumnsFilled | NotesWritten | FieldFilled | OptionUsed | QuestionsAnswered,
    Field(discriminator="rule"),
]
