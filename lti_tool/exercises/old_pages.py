"""What an exercise's page of the version before sends without script: all of its notes at once.

Such a page may stay open over an upgrade, and what is written in it arrives. A later version drops this.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from hashlib import sha256
from http import HTTPStatus
from typing import Annotated

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from content.fields.field import Value
from content.model import Exercise
from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.exercises import opened, pages, rules, store
from lti_tool.exercises.forms import LANGUAGE, Unreadable, Version
from lti_tool.exercises.rules import Draft, Values
from lti_tool.lti.launch.session import PREFIX, current

blueprint = Blueprint("old_pages", __name__)
UNSAVED = lazy_gettext("Some of your text could not be saved, and nothing was handed in. Copy it from here:")


@blueprint.post(PREFIX + "/exercise/notes")
def save_all() -> ResponseReturnValue:
    """Save all notes of the page."""
    return save() or redirect(url_for("exercises.show", _anchor="state"), HTTPStatus.SEE_OTHER)


def save() -> ResponseReturnValue | None:
    """Save the notes that the form brings, which is none on pages of this version; show what can't be saved."""
    key, exercise = opened.write_key(), opened.exercise()
    decisions = store.save(key, exercise, _drafts(exercise), now(), author_id=current().person_id)
    db.session.commit()
    unsaved = [str(value) for one in decisions if one.is_open for value in one.draft.values.values()]
    if not unsaved:
        return None
    return pages.canvas(exercise, key, problem=" ".join([str(UNSAVED), *unsaved])), HTTPStatus.CONFLICT


class _Line(BaseModel):
    """The hidden field of a note: `<id> <part> <cell> <version> <language> [<fingerprint>]`."""

    model_config = ConfigDict(frozen=True)

    id: Annotated[str, StringConstraints(pattern=r"^[0-9a-f-]{36}$")]
    part: str
    cell: str
    version: Version
    language: Annotated[str, StringConstraints(pattern=LANGUAGE)]
    began_as: str | None = None


def _drafts(exercise: Exercise) -> Iterator[Draft]:
    """Read the notes that somebody changed on the page; the button `delete` empties one, `take` leaves it as it is."""
    values = _values_by_note()
    deleted, taken = request.form.get("delete"), request.form.get("take")
    for line in map(_line, request.form.getlist("note")):
        written = {} if line.id == deleted else values[line.id]
        draft = rules.tidy(exercise, Draft(**line.model_dump(exclude={"began_as"}), values=written))
        if line.id != taken and _fingerprint(draft.values) != line.began_as:
            yield draft


def _line(text: str) -> _Line:
    try:
        return _Line.model_validate(dict(zip(_Line.model_fields, text.split(" "), strict=False)))
    except ValidationError as error:
        raise Unreadable("note_form") from error


def _values_by_note() -> Mapping[str, dict[str, Value]]:
    """Sort the fields, named `<note's id>.<field>`, by note."""
    values: defaultdict[str, dict[str, Value]] = defaultdict(dict)
    for name, value in request.form.items():
        note_id, dot, field = name.partition(".")
        if dot:
            values[note_id][field] = value
    return values


def _fingerprint(values: Values) -> str:
    """Tell values from others, as that page does to send back what nobody touched."""
    return sha256(json.dumps(dict(values), sort_keys=True).encode()).hexdigest()[:12]
