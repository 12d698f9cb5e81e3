"""All kinds of checks: a new one is its class and a line here."""

from typing import Annotated, TypeAlias

from pydantic import Field as Union

from content.checks.answers import QuestionsAnswered
from content.checks.links import LoopClosed, NotesReached
from content.checks.notes import EveryNote, NotesWritten
from content.checks.places import PlacesFilled

CanvasCheck: TypeAlias = Annotated[
    NotesWritten | EveryNote | NotesReached | LoopClosed | PlacesFilled | QuestionsAnswered,
    Union(discriminator="rule"),
]
