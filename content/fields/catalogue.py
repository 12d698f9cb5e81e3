"""All kinds of fields: a new one is its module, its template, and a line here."""

from typing import Annotated, TypeAlias

from pydantic import Field as Union

from content.fields.choice import ChoiceField
from content.fields.choices import ChoicesField
from content.fields.date import DateField
from content.fields.number import NumberField
from content.fields.pointer import PointerField
from content.fields.scale import ScaleField
from content.fields.text import TextField
from content.fields.yes_no import YesNoField

NoteField: TypeAlias = Annotated[
    TextField | ChoiceField | ChoicesField | ScaleField | YesNoField | DateField | NumberField | PointerField,
    Union(discriminator="kind"),
]
