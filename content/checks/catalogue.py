"""All kinds of checks: a new one is its class and a line here."""

from typing import Annotated, TypeAlias

from pydantic import Field as Union

from content.checks.notes import FieldFilled, NotesWritten, OptionUsed
from content.checks.places import ColumnsFilled, RowsFilled
from content.parts.questions import QuestionsAnswered

CanvasCheck: TypeAlias = Annotated[
    RowsFilled | ColumnsFilled | NotesWritten | FieldFilled | OptionUsed | QuestionsAnswered,
    Union(discriminator="rule"),
]
