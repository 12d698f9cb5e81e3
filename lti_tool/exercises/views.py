"""The exercise's pages: a canvas of notes, each note's editor, handing in, and the sheet of paper."""

from collections.abc import Sequence
from dataclasses import replace
from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from content.model import Exercise
from content.parts.part import Part
from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.delivery import store as outbox
from lti_tool.errors import NotFound
from lti_tool.exercises import (
    alike,
    answers,
    arrangements,
    casting,
    forms,
    gathering,
    harvesting,
    notes,
    old_pages,
    opened,
    owners,
    pages,
    rules,
    sending,
    staging,
    store,
    trials,
    wording,
)
from lti_tool.exercises.marking import sends_at_hand_in
from lti_tool.exercises.rules import Decision, Draft, Note, Problem, Verdict
from lti_tool.exercises.store import Submission, WorkspaceKey
from lti_tool.learning.store import exercise as find_exercise
from lti_tool.learning.store import writing_language
from lti_tool.lti.launch.activities import Looking
from lti_tool.lti.launch.session import PREFIX, current, require_trainer

blueprint = Blueprint("exercises", __name__)
EMPTY = lazy_gettext("There is nothing to hand in yet. Write something first.")
SIZES = ("a4", "a3")

slug = opened.slug
blueprint.url_defaults(opened.stay)
blueprint.register_blueprint(alike.blueprint)
blueprint.register_blueprint(casting.blueprint)
blueprint.register_blueprint(harvesting.blueprint)
blueprint.register_blueprint(notes.blueprint)
blueprint.register_blueprint(old_pages.blueprint)
blueprint.register_blueprint(sending.blueprint)
blueprint.register_blueprint(staging.blueprint)


@blueprint.get(PREFIX + "/exercise")
def show() -> ResponseReturnValue:
    """Show the exercise that the launch opened; to a trainer, to try it as trainees do."""
    key, exercise = opened.shown_key(), opened.exercise()
    if isinstance(key, WorkspaceKey) and gathering.is_due(key, opened.situation(), now()):
        gathering.bring(key, exercise, gathering.party(key, opened.situation().arrangement), now())
    db.session.commit()  # a group is kept when somebody first comes to it
    return pages.canvas(exercise, key)


def preview(slug: str, looking: Looking) -> ResponseReturnValue:
    """Show an exercise to a trainer who thinks about placing it: empty, whatever was written in the course."""
    return pages.preview(slug, find_exercise(slug), looking)


@blueprint.get(PREFIX + "/exercise/paper")
def paper() -> ResponseReturnValue:
    """Show the exercise as a sheet to print, filled or blank."""
    size = request.args.get("size", "")
    key = opened.read_key()
    return pages.paper(
        opened.exercise(), key, is_blank="blank" in request.args, size=size if size in SIZES else SIZES[0]
    )


@blueprint.post(PREFIX + "/exercise/trial/anew")
def try_anew() -> ResponseReturnValue:
    """Empty the trial of the trainer who asks."""
    session = require_trainer()
    trial = owners.trial(session.person_id)
    trials.empty(WorkspaceKey(course_id=session.course_id, exercise=opened.slug(), owner=trial), now())
    db.session.commit()
    return redirect(url_for("exercises.show"), HTTPStatus.SEE_OTHER)


# One note, without script


@blueprint.get(PREFIX + "/exercise/notes/new")
def new_note() -> ResponseReturnValue:
    """Show the editor of a note that isn't there yet; in a cell for one note, of that note."""
    key, part = opened.write_key(), _part(request.args.get("part", ""))
    cell = request.args.get("cell", "")
    if cell not in part.cells():
        raise NotFound("cell_unknown")
    blank = rules.blank_id(part, cell)
    known = store.find_note(key, blank)
    draft = Draft(
        id=blank,
        part=part.id,
        cell=cell,
        values=known.values if known else {},
        version=known.version if known else 0,
        language=known.language if known else writing_language(),
    )
    return pages.editor(opened.exercise(), draft, store.in_part(key, part.id))


@blueprint.get(PREFIX + "/exercise/notes/<uuid:note_id>")
def edit_note(note_id: UUID) -> ResponseReturnValue:
    """Show the editor of a note."""
    key = opened.write_key()
    note = store.find_note(key, str(note_id))
    if note is None or not note.values:
        raise NotFound("note_unknown")
    _part(note.part)  # it may be gone from the exercise
    return pages.editor(opened.exercise(), _draft(note), store.in_part(key, note.part))


def _draft(note: Note) -> Draft:
    return Draft(
        id=note.id, part=note.part, cell=note.cell, values=note.values, version=note.version, language=note.language
    )


@blueprint.post(PREFIX + "/exercise/notes/<uuid:note_id>")
def write_note(note_id: UUID) -> ResponseReturnValue:
    """Save the editor's note, and move it where the form says another place."""
    part = _part(request.form.get(forms.OWN + "part", ""))
    moment = now()
    draft = replace(forms.draft_of_form(str(note_id), part), is_late=opened.is_after_step(moment))
    key, exercise = opened.write_key(), opened.exercise()
    decision = store.save_note(key, exercise, draft, moment, author_id=current().person_id)
    gathering.follow(key, exercise, opened.situation(), moment)
    db.session.commit()
    problems = decision.problems if decision.is_open else _move(draft.id)
    if decision.is_open or problems:
        return _again(part, decision, problems), pages.status(decision, problems)
    return redirect(url_for("exercises.show", _anchor=f"note-{note_id}"), HTTPStatus.SEE_OTHER)


def _move(note_id: str) -> tuple[Problem, ...]:
    """Move a note as the form's choices of its place say; one that is deleted goes nowhere."""
    note = store.find_note(opened.write_key(), note_id)
    move = forms.move_of_form(note) if note and note.values else None
    moved = store.move_note(opened.write_key(), opened.exercise(), move, now()) if move else None
    db.session.commit()
    return moved.problems if moved else ()


def _again(part: Part, decision: Decision, problems: Sequence[Problem]) -> str:
    """Show the editor once more: with both texts where they conflict, with what is wrong where it is refused."""
    draft, saved = decision.draft, decision.saved
    is_conflict = decision.verdict is Verdict.CONFLICT
    text = pages.text_of(opened.exercise())[1].parts[part.id]
    return pages.editor(
        opened.exercise(),
        replace(draft, version=saved.version if saved and is_conflict else decision.version),
        store.in_part(opened.write_key(), part.id),
        theirs=saved if is_conflict else None,
        problems=[wording.sentence(problem, text) for problem in problems],
    )


def _part(part_id: str) -> Part:
    """Find the part of the exercise that an address or a form names."""
    part = next((part for part in opened.exercise().parts if part.id == part_id), None)
    if part is None:
        raise NotFound("part_unknown")
    return part


# Handing in


@blueprint.post(PREFIX + "/exercise/submissions")
def hand_in() -> ResponseReturnValue:
    """Hand in what is saved."""
    key, exercise = opened.write_key(), opened.exercise()
    if unsaved := old_pages.save():
        return unsaved
    if not store.has_notes(key):
        return pages.canvas(exercise, key, problem=str(EMPTY)), HTTPStatus.UNPROCESSABLE_ENTITY
    _submit(key, exercise)
    db.session.commit()
    return redirect(url_for("exercises.show", _anchor="submission"), HTTPStatus.SEE_OTHER)


def _submit(key: WorkspaceKey, exercise: Exercise) -> Submission:
    """Hand in and, where that gives points, put them into the outbox, both in one transaction."""
    session, moment = current(), now()
    placement_id = opened.placement()
    language, text = pages.text_of(exercise)
    submission, is_new = store.submit(key, exercise, placement_id=placement_id, language=language, now=moment)
    if is_new and session.graded and not session.is_trainer and _gives_points(key):
        outbox.add_score(
            placement_id,
            session.person_id,
            given=exercise.score_maximum,
            maximum=exercise.score_maximum,
            comment=wording.comment(exercise, text, submission),
            now=moment,
        )
    return submission


def _gives_points(key: WorkspaceKey) -> bool:
    """Tell whether handing in gives points; a trainer who releases a mark at this moment comes before it or after."""
    outbox.hold(current().person_id)
    marking = arrangements.find(key.course_id, key.exercise).marking
    return sends_at_hand_in(marking, is_marked=answers.find(key) is not None)
