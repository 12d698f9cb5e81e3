"""The facilitator's page of an exercise: how to guide a group through it with paper in a room; for trainers alone."""

from flask import Blueprint, render_template, request

from content.text import pick
from lti_tool.errors import NotFound
from lti_tool.exercises import opened, running
from lti_tool.learning.store import reader_language, theme
from lti_tool.lti.launch.session import PREFIX, require_trainer
from lti_tool.referral import shown

blueprint = Blueprint("guiding", __name__)


@blueprint.get(PREFIX + "/guide")
def show() -> str:
    """Show the page; where a trainer says when the session begins, with the moments of that day."""
    require_trainer()
    exercise = opened.exercise()
    if exercise.facilitation is None:
        raise NotFound("no_guide")
    language, text = pick(exercise.texts, reader_language())
    start = running.start_of(request.args.get("start", ""))
    return render_template(
        "facilitation/guide.html",
        exercise=exercise,
        text=text,
        text_language=language,
        begins=running.begins(exercise.facilitation.steps, start or 0),
        start=None if start is None else f"{start // running.HOUR:02d}:{start % running.HOUR:02d}",
        themes=[theme(one) for one in exercise.themes],
        turn=shown.near(near_violence=exercise.near_violence),
    )
