"""What forms send without script: a note, and where it is to stand; and levels of a rubric."""

import re
from http import HTTPStatus
from typing import Annotated

from flask import request
from flask_babel import lazy_gettext
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from content.fields.field import Value
from content.parts.part import Part
from lti_tool.errors import PersonError
from lti_tool.exercises.levels import Levels
from lti_tool.exercises.places import Move
from lti_tool.exercises.rules import Draft, Note

LANGUAGE = r"^[A-Za-z0-9_-]{1,35}$"
LARGEST_VERSION = 1_000_000_000
OWN = "note."
"""Begins the names of what the form says of the note itself: a field may be called `part`, and none has a dot."""
STAYS = "="
"""What the form says of a note that is to stay where it stands among its neighbours."""
LEVEL = "level-"
"""Begins the names of the fields that hold levels; a criterion follows."""
SLUG = re.compile(r"[a-z0-9-]{1,60}")
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
        form = _NoteForm.model_validate(
            {name.removeprefix(OWN): value for name, value in request.form.items() if name.startswith(OWN)}
        )
    except ValidationError as error:
        raise Unreadable("note_form") from error
    values = {} if OWN + "delete" in request.form else _values(part)
    return Draft(id=note_id, values=values, **form.model_dump())


def move_of_form(note: Note) -> Move | None:
    """Read where the form wants a note; nothing where it says nothing of it, or leaves it where the page saw it.

    Whoever left it there wants no move, even where the note was moved meanwhile.
    """
    stood = request.form.get(OWN + "cell", note.cell)
    cell = "/".join(request.form.getlist(OWN + "place")) or stood
    before = request.form.get(OWN + "before", STAYS)
    if cell == stood and before == STAYS:
        return None
    return Move(
        id=note.id, cell=cell, before=None if before in ("", STAYS) else before, place_version=note.place_version
    )


def levels_of_form() -> Levels:
    """Read the levels that are chosen, whether or not a rubric has them."""
    named = {name.removeprefix(LEVEL): level for name, level in request.form.items() if name.startswith(LEVEL)}
    return {one: level for one, level in named.items() if SLUG.fullmatch(one) and SLUG.fullmatch(level)}


def _values(part: Part) -> dict[str, Value]:
    """Read each field; what comes several times, as ticked boxes do, is a list."""
    given = {field.id: request.form.getlist(field.id) for field in part.fields}
    return {name: values[0] if len(values) == 1 else values for name, values in given.items() if values}
