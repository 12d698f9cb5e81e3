"""The exercise page: a canvas to fill, saved note by note or as a whole, and handed in."""

from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from content.model import Exercise
from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.delivery import store as outbox
from lti_tool.errors import NotAllowed, NotFound
from lti_tool.exercises import forms, pages, store, wording
from lti_tool.exercises.rules import Draft
from lti_tool.exercises.store import Submission, WorkspaceKey
from lti_tool.learning.store import exercise as find_exercise
from lti_tool.lti.launch.activities import Looking
from lti_tool.lti.launch.session import PREFIX, current

blueprint = Blueprint("exercises", __name__)
NOT_YET = lazy_gettext("Nothing was handed in yet, because some of your text could not be saved. Look at it below.")
EMPTY = lazy_gettext("There is nothing to hand in yet. Write something first.")

blueprint.add_app_template_global(wording.points, "points")


@blueprint.get(PREFIX + "/exercise")
def show() -> ResponseReturnValue:
    """Show the exercise that the launch opened; to a trainer, as trainees see it."""
    return pages.render(_exercise(), _key())


def preview(slug: str, looking: Looking) -> ResponseReturnValue:
    """Show an exercise to a trainer who thinks about placing it: empty, whatever was written in the course."""
    return pages.render(find_exercise(slug), _key_of(slug), looking=looking)


@blueprint.post(PREFIX + "/exercise/notes")
def save() -> ResponseReturnValue:
    """Save all notes of the page."""
    key, exercise = _own_key(), _exercise()
    decisions = store.save(key, exercise, forms.drafts_of_form(), now())
    db.session.commit()
    if any(decision.is_open for decision in decisions):
        return pages.render(exercise, key, decisions), pages.status(decisions)
    return redirect(url_for("exercises.show", _anchor="state"), HTTPStatus.SEE_OTHER)


@blueprint.post(PREFIX + "/exercise/submissions")
def hand_in() -> ResponseReturnValue:
    """Save all notes of the page and hand them in, unless some of them could not be saved."""
    key, exercise = _own_key(), _exercise()
    decisions = store.save(key, exercise, forms.drafts_of_form(), now())
    if any(decision.is_open for decision in decisions):
        db.session.commit()
        return pages.render(exercise, key, decisions, problem=str(NOT_YET)), pages.status(decisions)
    if not store.has_notes(key):
        db.session.commit()
        return pages.render(exercise, key, problem=str(EMPTY)), HTTPStatus.UNPROCESSABLE_ENTITY
    _submit(key, exercise)
    db.session.commit()
    return redirect(url_for("exercises.show", _anchor="submission"), HTTPStatus.SEE_OTHER)


def _submit(key: WorkspaceKey, exercise: Exercise) -> Submission:
    """Hand in and put the score into the outbox, both in one transaction."""
    session, moment = current(), now()
    placement_id = pages.placement()
    language, text = pages.text_of(exercise)
    submission, is_new = store.submit(key, exercise, placement_id=placement_id, language=language, now=moment)
    if is_new and session.graded:
        outbox.add_score(
            placement_id,
            session.person_id,
            given=submission.score_given,
            maximum=submission.score_maximum,
            comment=wording.comment(exercise, text, submission),
            now=moment,
        )
    return submission


# One note, as the page's script saves it


@blueprint.put(PREFIX + "/exercise/notes/<uuid:note_id>")
def put_note(note_id: UUID) -> ResponseReturnValue:
    """Save one note."""
    return _save_one(forms.draft_of_json(str(note_id)))


@blueprint.delete(PREFIX + "/exercise/notes/<uuid:note_id>")
def delete_note(note_id: UUID) -> ResponseReturnValue:
    """Delete one note, unless it was changed since the version in the query."""
    workspace = store.find_workspace(_own_key())
    note = workspace.notes.get(str(note_id)) if workspace else None
    if note is None:
        raise NotFound("note_unknown")
    return _save_one(forms.deletion_of(note))


def _save_one(draft: Draft) -> ResponseReturnValue:
    key, exercise = _own_key(), _exercise()
    [decision] = store.save(key, exercise, [draft], now())
    db.session.commit()
    return pages.answer(exercise, key, decision), pages.status([decision])


# Whose workspace it is


def _exercise() -> Exercise:
    return find_exercise(slug())


def slug() -> str:
    """Name the exercise that the launch opened: no address and no form can name another."""
    kind, _, slug = (current().activity or "").partition("/")
    if kind != "exercise":
        raise NotFound("not_an_exercise")
    return slug


def _key() -> WorkspaceKey:
    return _key_of(slug())


def _key_of(exercise: str) -> WorkspaceKey:
    session = current()
    return WorkspaceKey(course_id=session.course_id, exercise=exercise, person_id=session.person_id)


def _own_key() -> WorkspaceKey:
    """Name the workspace that this person may write in.

    Raises:
        NotAllowed: for a trainer, who has none.
    """
    if current().is_trainer:
        raise NotAllowed("trainer_writes")
    return _key()
