"""What a page sends, as drafts: a form with all its notes, or one note as JSON."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Annotated

from flask import request
from flask_babel import lazy_gettext
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from content.fields.field import Value
from lti_tool.errors import PersonError
from lti_tool.exercises.rules import Draft, Note

LANGUAGE = r"^[A-Za-z0-9_-]{1,35}$"
LARGEST_VERSION = 1_000_000_000


class Unreadable(PersonError):
    """A page that sends what none of ours would."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    advice = lazy_gettext("Keep your text somewhere safe, load the page again and write it there.")


class _NoteBody(BaseModel):
    """One note as the page's script sends it."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    part: str
    cell: str
    values: dict[str, str | int | None]
    version: Annotated[int, Field(ge=0, le=LARGEST_VERSION)]
    language: Annotated[str, StringConstraints(pattern=LANGUAGE)]


class _NoteLine(BaseModel):
    """What the form says of a note beside its values."""

    model_config = ConfigDict(frozen=True)

    id: str
    part: str
    cell: str
    version: Annotated[int, Field(ge=0, le=LARGEST_VERSION)]
    language: Annotated[str, StringConstraints(pattern=LANGUAGE)]
    began_as: str | None = None


def draft_of_json(note_id: str) -> Draft:
    """Read the note that a PUT brings.

    Raises:
        Unreadable: the body has another shape.
    """
    try:
        body = _NoteBody.model_validate(request.get_json(silent=True))
    except ValidationError as error:
        raise Unreadable("note_json") from error
    values = {key: value for key, value in body.values.items() if value is not None}
    return Draft(
        id=note_id, part=body.part, cell=body.cell, values=values, version=body.version, language=body.language
    )


def deletion_of(note: Note) -> Draft:
    """Read a DELETE: the page says in the query which version it deletes."""
    version = request.args.get("version", 0, type=int)
    return Draft(id=note.id, part=note.part, cell=note.cell, values={}, version=version, language=note.language)


def drafts_of_form() -> Iterator[Draft]:
    """Read all notes of a posted page.

    The buttons `delete` and `take` name a note that is to be emptied, or left as somebody else saved it.

    Raises:
        Unreadable: a note's line has another shape.
    """
    values = _values_by_note()
    deleted, taken = request.form.get("delete"), request.form.get("take")
    for line in map(_note_line, request.form.getlist("note")):
        if line.id != taken:
            written = {} if line.id == deleted else values[line.id]
            yield Draft(**line.model_dump(), values=written)


def _values_by_note() -> Mapping[str, dict[str, Value]]:
    """Sort the fields, named `<note's id>.<field>`, by note."""
    values: defaultdict[str, dict[str, Value]] = defaultdict(dict)
    for name, value in request.form.items():
        note_id, dot, field = name.partition(".")
        if dot:
            values[note_id][field] = value
    return values


def _note_line(line: str) -> _NoteLine:
    """Read the hidden field of a note: `<id> <part> <cell> <version> <language> [<fingerprint>]`."""
    try:
        return _NoteLine.model_validate(dict(zip(_NoteLine.model_fields, line.split(" "), strict=False)))
    except ValueError as error:
        raise Unreadable("note_form") from error
