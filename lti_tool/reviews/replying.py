"""Where those who did a piece of work answer to what their trainer said: once to each comment, and to the whole."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.errors import NotFound
from lti_tool.exercises import opened
from lti_tool.exercises.store import WorkspaceKey
from lti_tool.learning.store import writing_language
from lti_tool.lti.launch.session import PREFIX, current
from lti_tool.reviews import feedback, rules
from lti_tool.reviews.rules import LONGEST_COMMENT
from lti_tool.reviews.said import Release
from lti_tool.reviews.store import Reviewer

blueprint = Blueprint("replying", __name__)


@blueprint.post(PREFIX + "/feedback/<int:feedback_id>/<int:number>/reply")
def reply(feedback_id: int, number: int) -> ResponseReturnValue:
    """Keep an answer to a comment, or to the whole; a second one is refused, and shown with the first."""
    key, release = _released(feedback_id, number)
    text = rules.tidy_lines(request.form.get("text", ""))
    if problem := _problem(text):
        return _again(key, release, number, problem), HTTPStatus.UNPROCESSABLE_ENTITY
    author = Reviewer(person_id=current().person_id, language=writing_language())
    if not feedback.reply(release, number, text, author, now()):
        db.session.rollback()
        key, release = _released(feedback_id, number)
        told = gettext("Somebody answered already, and there is one answer to each. Yours is below and was not sent.")
        return _again(key, release, number, str(told)), HTTPStatus.CONFLICT
    db.session.commit()
    return redirect(_address(key, f"feedback-{feedback_id}"), HTTPStatus.SEE_OTHER)


def _released(feedback_id: int, number: int) -> tuple[WorkspaceKey, Release]:
    """Give what was released, to those alone who read it and did the work."""
    found = feedback.find(current().course_id, opened.slug(), feedback_id)
    if found is None:
        raise NotFound("feedback_unknown")
    key, workspace_id, release = found
    may_reply = opened.may_read(key.owner) and feedback.may_reply(workspace_id, current().person_id)
    if current().is_trainer or not may_reply or not release.takes(number):
        raise NotFound("feedback_unknown")
    return key, release


def _problem(text: str) -> str | None:
    if not text:
        return str(gettext("There is no answer to send yet. Write something first."))
    if rules.is_too_long(text):
        told = gettext("An answer has %(limit)s characters at most. Shorten yours.", limit=LONGEST_COMMENT)
        return str(told)
    return None


def _again(key: WorkspaceKey, release: Release, number: int, problem: str) -> str:
    """Show what was typed, with what stands in the way."""
    return render_template(
        "reviews/reply.html",
        problem=problem,
        release=release,
        number=number,
        typed=request.form.get("text", ""),
        back=_address(key, "answers"),
    )


def _address(key: WorkspaceKey, anchor: str) -> str:
    inside: Mapping[str, Any] = opened.address(key.owner)
    return url_for("exercises.show", _anchor=anchor, **inside)
