"""All kinds of fields: a new one is its module and a line here."""

from typing import Annotated, TypeAlias

from pydantic import Field as Union

from content.fields.choice import ChoiceField
from content.fields.scale import ScaleField
from content.fields.text import TextField

NoteField: TypeAlias = Annotated[
    TextField | ChoiceField | ScaleField,
    Union(discriminator="kind"),
]
