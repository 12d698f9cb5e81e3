"""One note, as the page's script saves, moves and deletes it: JSON in, JSON out."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from pydantic import Field, StringConstraints

from content.fields.field import Value
from content.model import Exercise
from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.errors import NotFound
from lti_tool.exercises import checks, gathering, opened, pages, store, wording
from lti_tool.exercises.forms import LANGUAGE, LARGEST_VERSION
from lti_tool.exercises.places import Move, Moved
from lti_tool.exercises.rules import Decision, Draft, Note, Problem, Verdict
from lti_tool.exercises.sent import Body, read
from lti_tool.lti.launch.session import PREFIX, current

blueprint = Blueprint("notes", __name__)
ADDRESS = PREFIX + "/exercise/notes/<uuid:note_id>"

Version = Annotated[int, Field(ge=0, le=LARGEST_VERSION)]


class _NoteBody(Body):
    part: str
    cell: str
    values: Mapping[str, Value | None]
    version: Version
    language: Annotated[str, StringConstraints(pattern=LANGUAGE)]
    before: str | None = None


class _PlaceBody(Body):
    cell: str
    before: str | None
    place: Version


@blueprint.put(ADDRESS)
def put_note(note_id: UUID) -> ResponseReturnValue:
    """Save one note."""
    return _save(_draft(note_id, read(_NoteBody)))


@blueprint.delete(ADDRESS)
def delete_note(note_id: UUID) -> ResponseReturnValue:
    """Delete one note, unless it was changed since the version in the query."""
    note = store.find_note(opened.write_key(), str(note_id))
    if note is None:
        raise NotFound("note_unknown")
    return _save(_deletion(note, request.args.get("version", 0, type=int)))


@blueprint.put(ADDRESS + "/place")
def put_place(note_id: UUID) -> ResponseReturnValue:
    """Move one note within its part."""
    key, exercise, sent = opened.write_key(), opened.exercise(), read(_PlaceBody)
    move = Move(id=str(note_id), cell=sent.cell, before=sent.before, place_version=sent.place)
    moved = store.move_note(key, exercise, move, now())
    if moved is None:
        raise NotFound("note_unknown")
    db.session.commit()
    return _placed(exercise, moved)


@blueprint.get(PREFIX + "/exercise/ready")
def show_ready() -> ResponseReturnValue:
    """Tell how the list before handing in stands; the page asks after its saves, since this reads all notes."""
    exercise, workspace = opened.exercise(), store.find_workspace(opened.read_key())
    state = checks.state(exercise, workspace.notes.values() if workspace else ())
    return {"met": state.met, "questions": state.questions, "ready": wording.ready(state)}


# What the script sends


def _draft(note_id: UUID, sent: _NoteBody) -> Draft:
    values = {key: value for key, value in sent.values.items() if value is not None}
    return Draft(**{**sent.model_dump(), "values": values}, id=str(note_id))


def _deletion(note: Note, version: int) -> Draft:
    return Draft(id=note.id, part=note.part, cell=note.cell, values={}, version=version, language=note.language)


# What it is told


def _save(draft: Draft) -> ResponseReturnValue:
    key, exercise, moment = opened.write_key(), opened.exercise(), now()
    draft = replace(draft, is_late=opened.is_after_step(moment))
    decision = store.save_note(key, exercise, draft, moment, author_id=current().person_id)
    gathering.follow(key, exercise, opened.situation(), moment)
    db.session.commit()
    return _saved(exercise, decision), pages.status(decision)


def _saved(exercise: Exercise, decision: Decision) -> Mapping[str, object]:
    note = decision.saved
    if decision.verdict is Verdict.REFUSED:
        return {
            "title": gettext("This note could not be saved"),
            "problems": _sentences(exercise, decision.draft.part, decision.problems),
        }
    if decision.verdict is Verdict.CONFLICT and note:
        theirs = {"values": note.values, "version": note.version}
        return {"title": gettext("This note was changed elsewhere"), "theirs": theirs}
    return {"version": decision.version, "place": note.place_version if note else 0}


def _placed(exercise: Exercise, moved: Moved) -> ResponseReturnValue:
    if moved.problems:
        problems = _sentences(exercise, moved.note.part, moved.problems)
        return {"title": gettext("This note could not be moved"), "problems": problems}, HTTPStatus.UNPROCESSABLE_ENTITY
    return {"place": moved.place_version, "said": _said(moved)}


def _said(moved: Moved) -> str | None:
    if not moved.note.values:
        return str(
            gettext("Meanwhile this note was deleted, in another window or by somebody else. Copy its text to keep it.")
        )
    if moved.moved_meanwhile:
        return str(
            gettext(
                "Meanwhile this note had been moved, in another window or by somebody else. Now it is where you put it."
            )
        )
    return None


def _sentences(exercise: Exercise, part: str, problems: Iterable[Problem]) -> list[str]:
    text = pages.text_of(exercise)[1].parts.get(part)
    return [wording.sentence(problem, text) for problem in problems]
