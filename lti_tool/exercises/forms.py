"""What a page sends, as drafts: a form with one note, or one note as JSON."""

from http import HTTPStatus
from typing import Annotated

from flask import request
from flask_babel import lazy_gettext
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from content.parts.part import Part
from lti_tool.errors import PersonError
from lti_tool.exercises.rules import Draft, Note, Value

LANGUAGE = r"^[A-Za-z0-9_-]{1,35}$"
LARGEST_VERSION = 1_000_000_000
Version = Annotated[int, Field(ge=0, le=LARGEST_VERSION)]


class Unreadable(PersonError):
    """A page that sends what none of ours would."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    advice = lazy_gettext("Keep your text somewhere safe, load the page again and write it there.")


class _NoteForm(BaseModel):
    """What the editor's form says of a note beside its values."""

    model_config = ConfigDict(frozen=True)

    part: str
    cell: str
    version: Version
    language: Annotated[str, StringConstraints(pattern=LANGUAGE)]


def draft_of_form(note_id: str, part: Part) -> Draft:
    """Read the note that the editor's form brings; the button `delete` empties it.

    Raises:
        Unreadable: the form has another shape.
    """
    try:
        form = _NoteForm.model_validate(request.form.to_dict())
    except ValidationError as error:
        raise Unreadable("note_form") from error
    values = {} if "delete" in request.form else _values(part)
    return Draft(id=note_id, values=values, **form.model_dump())


def _values(part: Part) -> dict[str, Value]:
    """Read each field; several boxes of one field come as a list."""
    return {field.id: field.read(request.form.getlist(field.id)) for field in part.fields if field.id in request.form}
