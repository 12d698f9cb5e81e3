"""The exercise's pages: a canvas of notes, each note's editor, handing in, and the sheet of paper."""

from collections.abc import Sequence
from http import HTTPStatus
from uuid import UUID, uuid4

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from content.model import Exercise
from content.parts.part import Part
from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.delivery import store as outbox
from lti_tool.errors import NotFound
from lti_tool.exercises import forms, pages, rules, store, wording
from lti_tool.exercises.asking import exercise_asked, key_asked, own_key
from lti_tool.exercises.rules import Decision, Draft, Note, Verdict
from lti_tool.exercises.store import Submission, WorkspaceKey
from lti_tool.learning.store import writing_language
from lti_tool.lti.launch.session import PREFIX, current

blueprint = Blueprint("exercises", __name__)
EMPTY = lazy_gettext("There is nothing to hand in yet. Write something first.")
SIZES = ("a4", "a3")


@blueprint.get(PREFIX + "/exercise")
def show() -> ResponseReturnValue:
    """Show the exercise that the launch opened; to a trainer, as trainees see it."""
    return pages.canvas(exercise_asked(), key_asked())


@blueprint.get(PREFIX + "/exercise/paper")
def paper() -> ResponseReturnValue:
    """Show the exercise as a sheet to print, filled or blank."""
    size = request.args.get("size", "")
    return pages.paper(
        exercise_asked(), key_asked(), is_blank="blank" in request.args, size=size if size in SIZES else SIZES[0]
    )


# One note, without script


@blueprint.get(PREFIX + "/exercise/notes/new")
def new_note() -> ResponseReturnValue:
    """Show the editor of a note that isn't there yet."""
    part, cell = _place(request.args.get("part", ""), request.args.get("cell", ""))
    notes = _in_cell(part, cell)
    if part.notes_per_cell == 1 and notes:
        return redirect(url_for("exercises.edit_note", note_id=notes[0].id), HTTPStatus.SEE_OTHER)
    blank = rules.blank_id(part, cell)
    known = store.find_note(own_key(), blank)
    draft = Draft(
        id=blank,
        part=part.id,
        cell=cell,
        values={},
        version=known.version if known else 0,
        language=writing_language(),
    )
    return pages.editor(exercise_asked(), part, draft, notes)


@blueprint.get(PREFIX + "/exercise/notes/<uuid:note_id>")
def edit_note(note_id: UUID) -> ResponseReturnValue:
    """Show the editor of a note."""
    note = store.find_note(own_key(), str(note_id))
    if note is None or not note.values:
        raise NotFound("note_unknown")
    part, cell = _place(note.part, note.cell)
    draft = Draft(
        id=note.id, part=part.id, cell=cell, values=note.values, version=note.version, language=note.language
    )
    return pages.editor(exercise_asked(), part, draft, _in_cell(part, cell))


@blueprint.post(PREFIX + "/exercise/notes/<uuid:note_id>")
def write_note(note_id: UUID) -> ResponseReturnValue:
    """Save the editor's note, and move it where the form says another place."""
    part = _part(request.form.get("part", ""))
    draft = forms.draft_of_form(str(note_id), part)
    decision = store.save_note(own_key(), exercise_asked(), draft, now())
    problems = decision.problems if decision.is_open else _move(decision.draft)
    db.session.commit()
    if decision.is_open or problems:
        return _again(part, decision, problems), pages.status(decision)
    return redirect(url_for("exercises.show", _anchor=f"note-{note_id}"), HTTPStatus.SEE_OTHER)


def _move(draft: Draft) -> tuple[Problem, ...]:
    """Move a note as the form's choices of its place say; one that is deleted goes nowhere."""
    move = forms.move_of_form(draft)
    moved = store.move_note(own_key(), exercise_asked(), move, now()) if move and draft.values else None
    return moved.problems if moved else ()


def _again(part: Part, decision: Decision, problems: Sequence[Problem]) -> str:
    """Show the editor once more: with both texts where they conflict, with what is wrong where it is refused."""
    draft, saved = decision.draft, decision.saved
    is_conflict = decision.verdict is Verdict.CONFLICT
    text = pages.text_of(exercise_asked())[1].parts[part.id]
    return pages.editor(
        exercise_asked(),
        part,
        replace(draft, version=saved.version if saved and is_conflict else decision.version),
        store.in_cell(own_key(), part.id, draft.cell),
        theirs=saved if is_conflict else None,
        problems=[wording.sentence(problem, text) for problem in problems],
    )


def _part(part_id: str) -> Part:
    """Find the part of the exercise that an address or a form names."""
    part = next((part for part in exercise_asked().parts if part.id == part_id), None)
    if part is None:
        raise NotFound("part_unknown")
    return part


# Handing in


@blueprint.post(PREFIX + "/exercise/submissions")
def hand_in() -> ResponseReturnValue:
    """Hand in what is saved."""
    key, exercise = own_key(), exercise_asked()
    if not store.has_notes(key):
        return pages.canvas(exercise, key, problem=str(EMPTY)), HTTPStatus.UNPROCESSABLE_ENTITY
    _submit(key, exercise)
    db.session.commit()
    return redirect(url_for("exercises.show", _anchor="submission"), HTTPStatus.SEE_OTHER)
