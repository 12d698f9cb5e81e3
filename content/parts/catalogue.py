"""All kinds of parts: a new one is its module, its templates, and a line here."""

from typing import Annotated, TypeAlias

from pydantic import Field as Union

from content.parts.blueprint import BlueprintPart
from content.parts.cards import CardsPart
from content.parts.entries import EntriesPart
from content.parts.grid import GridPart
from content.parts.lanes import LanesPart
from content.parts.questions import QuestionsPart

CanvasPart: TypeAlias = Annotated[
    GridPart | QuestionsPart | CardsPart | LanesPart | BlueprintPart | EntriesPart,
    Union(discriminator="kind"),
]
