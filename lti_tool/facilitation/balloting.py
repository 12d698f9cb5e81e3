"""A trainer opens and closes votes, for all canvases of an exercise at once."""

from http import HTTPStatus
from typing import Annotated

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from content.model import Exercise
from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.exercises import arrangements, ballots, pages, stages
from lti_tool.exercises import views as exercises
from lti_tool.exercises.forms import Unreadable
from lti_tool.exercises.modes import Mode
from lti_tool.exercises.voting import ENOUGH, MOST_EACH, Terms
from lti_tool.learning.store import exercise as find_exercise
from lti_tool.lti.launch.session import PREFIX, current, require_trainer

blueprint = Blueprint("balloting", __name__)
USUAL_EACH = 3


class _Sent(BaseModel):
    """What the form says; a box that isn't ticked says nothing."""

    model_config = ConfigDict(frozen=True)

    part: str = ""
    each: Annotated[int, Field(ge=1, le=MOST_EACH)]
    secret: bool = False


@blueprint.get(PREFIX + "/ballots")
def show() -> ResponseReturnValue:
    """Show the vote that is open, or the form that opens one."""
    require_trainer()
    return _page()


@blueprint.post(PREFIX + "/ballots")
def begin() -> ResponseReturnValue:
    """Open a vote, unless a colleague just did."""
    slug = _slug()
    if not ballots.begin(current().course_id, slug, _terms(find_exercise(slug)), now()):
        db.session.rollback()
        problem = gettext("A vote is open already. Close it before you open another one.")
        return _page(problem), HTTPStatus.CONFLICT
    db.session.commit()
    return _back()


@blueprint.post(PREFIX + "/ballots/<int:number>/close")
def close(number: int) -> ResponseReturnValue:
    """Close a vote; a page that is late closes no later one."""
    ballots.close(current().course_id, _slug(), number, now())
    db.session.commit()
    return _back()


def _back() -> ResponseReturnValue:
    """Go back to the page that was pressed: the live page has the same forms."""
    page = "facilitation.live.show" if "live" in request.form else "facilitation.balloting.show"
    return redirect(url_for(page, _anchor="ballot-title"), HTTPStatus.SEE_OTHER)


def _slug() -> str:
    require_trainer()
    return exercises.slug()


def _terms(exercise: Exercise) -> Terms:
    try:
        sent = _Sent.model_validate(request.form.to_dict())
    except ValidationError as error:
        raise Unreadable("ballot") from error
    if sent.part not in {"", *(part.id for part in exercise.parts)}:
        raise Unreadable("ballot_part")
    return Terms(part=sent.part or None, each=sent.each, is_secret=sent.secret)


def _page(problem: str | None = None) -> str:
    exercise = find_exercise(exercises.slug())
    language, text = pages.text_of(exercise)
    return render_template(
        "facilitation/voting.html",
        exercise=exercise,
        text=text,
        text_language=language,
        problem=problem,
        **include(),
    )


def include() -> dict[str, object]:
    """Give what `facilitation/ballot.html` shows beside the exercise and its text, for any page that includes it."""
    course_id, slug = current().course_id, exercises.slug()
    ballot = ballots.newest(course_id, slug)
    return {
        "ballot": ballot,
        "voters": ballots.voters(ballot) if ballot else 0,
        "may_open": arrangements.find(course_id, slug).mode is not Mode.ALONE,
        "is_frozen": stages.find(course_id, slug).frozen_at is not None,
        "usual_each": USUAL_EACH,
        "most_each": MOST_EACH,
        "enough": ENOUGH,
    }
