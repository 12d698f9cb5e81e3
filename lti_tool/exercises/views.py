"""The exercise's pages: a canvas of notes, each note's editor, handing in, and the sheet of paper."""

from collections.abc import Sequence
from dataclasses import replace
from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from content.model import Exercise
from content.parts.part import Part
from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.errors import NotFound
from lti_tool.exercises import (
    alike,
    casting,
    changes,
    crediting,
    forms,
    gathering,
    handing_in,
    harvesting,
    modes,
    notes,
    old_pages,
    opened,
    owners,
    pages,
    presence,
    rules,
    sending,
    staging,
    store,
    surroundings,
    templating,
    trials,
    wording,
    worked,
)
from lti_tool.exercises.bringing import views as bringing
from lti_tool.exercises.photos import store as photos
from lti_tool.exercises.photos import views as photo_views
from lti_tool.exercises.rules import Decision, Draft, Note, Problem, Verdict
from lti_tool.exercises.self_review import views as self_review
from lti_tool.exercises.store import HandIn, WorkspaceKey
from lti_tool.learning.store import exercise as find_exercise
from lti_tool.learning.store import writing_language
from lti_tool.lti.launch.activities import Looking
from lti_tool.lti.launch.session import PREFIX, current, require_trainer

blueprint = Blueprint("exercises", __name__)
EMPTY = lazy_gettext("There is nothing to hand in yet. Write something first.")
TOGETHER = lazy_gettext(
    "This exercise is handed in together, not alone. What you wrote is saved: load the page again to go on."
)
TICKED = "with"
"""What the form calls those of whom somebody says that they took part."""
SIZES = ("a4", "a3")
POSTER = "poster"

slug = opened.slug
blueprint.url_defaults(opened.stay)
templating.init_blueprint(blueprint)
blueprint.register_blueprint(alike.blueprint)
blueprint.register_blueprint(bringing.blueprint)
blueprint.register_blueprint(casting.blueprint)
blueprint.register_blueprint(changes.blueprint)
blueprint.register_blueprint(harvesting.blueprint)
blueprint.register_blueprint(notes.blueprint)
blueprint.register_blueprint(old_pages.blueprint)
blueprint.register_blueprint(photo_views.blueprint)
blueprint.register_blueprint(self_review.blueprint)
blueprint.register_blueprint(sending.blueprint)
blueprint.register_blueprint(staging.blueprint)
blueprint.register_blueprint(surroundings.blueprint)
blueprint.register_blueprint(presence.blueprint)
blueprint.register_blueprint(worked.blueprint)


@blueprint.get(PREFIX + "/exercise")
def show() -> ResponseReturnValue:
    """Show the exercise that the launch opened; to a trainer, to try it as trainees do."""
    key, exercise = opened.shown_key(), opened.exercise()
    if isinstance(key, WorkspaceKey) and gathering.is_due(key, opened.situation(), now()):
        gathering.bring(key, exercise, gathering.party(key, opened.situation().arrangement), now())
    if isinstance(key, WorkspaceKey):
        presence.arrive(key)
    db.session.commit()  # a group is kept when somebody first comes to it
    return pages.canvas(exercise, key)


def preview(slug: str, looking: Looking) -> ResponseReturnValue:
    """Show an exercise to a trainer who thinks about placing it: empty, whatever was written; or its worked example."""
    if "example" in request.args:
        return worked.page(find_exercise(slug), looking)
    return pages.preview(slug, find_exercise(slug), looking)


@blueprint.get(PREFIX + "/exercise/paper")
def paper() -> ResponseReturnValue:
    """Show the exercise as a sheet to print, filled or blank, or as a blank one for a wall."""
    size, exercise = request.args.get("size", ""), opened.exercise()
    key = opened.read_key()
    if size == POSTER:
        return pages.poster(exercise)
    return pages.paper(exercise, key, is_blank="blank" in request.args, size=size if size in SIZES else SIZES[0])


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
    if obstacle := _obstacle(key):
        return pages.canvas(exercise, key, problem=str(obstacle)), HTTPStatus.UNPROCESSABLE_ENTITY
    handing_in.hand_in(key, exercise, _given(exercise), opened.situation().arrangement, now())
    db.session.commit()
    return redirect(url_for("exercises.show", _anchor="submission"), HTTPStatus.SEE_OTHER)


def _obstacle(key: WorkspaceKey) -> LazyString | None:
    """Say why nothing can be handed in."""
    if not crediting.is_handed_in(key.owner, opened.situation().arrangement.mode, current().role):
        return TOGETHER
    return None if store.has_notes(key) or photos.are_at(key) else EMPTY


def _given(exercise: Exercise) -> HandIn:
    """Give how the form hands in; whom it ticks is asked again of the workspace's own people."""
    return HandIn(
        by=current().person_id,
        placement_id=opened.placement(),
        language=pages.text_of(exercise)[0],
        is_late=modes.is_late(opened.situation().arrangement.dates, now()),
        ticked=frozenset(request.form.getlist(TICKED, type=int)),
    )
