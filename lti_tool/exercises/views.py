"""The exercise page: a canvas to fill, saved note by note or as a whole, and handed in."""

from http import HTTPStatus

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from content.model import Exercise
from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.delivery import store as outbox
from lti_tool.exercises import forms, notes, opened, pages, store, wording
from lti_tool.exercises.store import Submission, WorkspaceKey
from lti_tool.lti.launch.session import PREFIX, current

blueprint = Blueprint("exercises", __name__)
NOT_YET = lazy_gettext("Nothing was handed in yet, because some of your text could not be saved. Look at it below.")
EMPTY = lazy_gettext("There is nothing to hand in yet. Write something first.")

slug = opened.slug
blueprint.register_blueprint(notes.blueprint)
blueprint.add_app_template_global(wording.points, "points")


@blueprint.get(PREFIX + "/exercise")
def show() -> ResponseReturnValue:
    """Show the exercise that the launch opened; to a trainer, as trainees see it."""
    return pages.render(opened.exercise(), opened.key())


@blueprint.post(PREFIX + "/exercise/notes")
def save() -> ResponseReturnValue:
    """Save all notes of the page."""
    key, exercise = opened.own_key(), opened.exercise()
    decisions = store.save(key, exercise, forms.drafts_of_form(), now())
    db.session.commit()
    if any(decision.is_open for decision in decisions):
        return pages.render(exercise, key, decisions), pages.status(decisions)
    return redirect(url_for("exercises.show", _anchor="state"), HTTPStatus.SEE_OTHER)


@blueprint.post(PREFIX + "/exercise/submissions")
def hand_in() -> ResponseReturnValue:
    """Save all notes of the page and hand them in, unless some of them could not be saved."""
    key, exercise = opened.own_key(), opened.exercise()
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
