"""The page on which those who did a piece of work say how they see it themselves."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.errors import NotFound
from lti_tool.exercises import forms, levels, opened, pages
from lti_tool.exercises import store as exercises
from lti_tool.exercises.self_review import asking, store
from lti_tool.exercises.self_review.rules import LONGEST, SelfReview
from lti_tool.exercises.self_review.store import Author, Kept
from lti_tool.exercises.store import WorkspaceKey
from lti_tool.learning.rules import tidy
from lti_tool.learning.store import writing_language
from lti_tool.lti.launch.session import PREFIX, current
from lti_tool.referral import shown

blueprint = Blueprint("self_review", __name__)


@blueprint.get(PREFIX + "/exercise/self-review")
def show() -> ResponseReturnValue:
    """Show the rubric to choose from, with what was chosen last time."""
    key = _key()
    kept = _kept(key)
    return _page(key, kept.review if kept else SelfReview(), kept)


@blueprint.post(PREFIX + "/exercise/self-review")
def save() -> ResponseReturnValue:
    """Keep what was chosen; where somebody else chose meanwhile, show both."""
    key, mine = _key(), _sent()
    if len(mine.sentence) > LONGEST:
        too_long = gettext("The sentence has %(limit)s characters at most. Shorten it.", limit=LONGEST)
        return _page(key, mine, problem=str(too_long)), HTTPStatus.UNPROCESSABLE_ENTITY
    author = Author(person_id=current().person_id, language=writing_language())
    if not store.save(exercises.seen(key, now()).id, mine, author, now()):
        db.session.rollback()
        return _overtaken(key, mine), HTTPStatus.CONFLICT
    db.session.commit()
    return redirect(url_for("exercises.show", _anchor="self-review"), HTTPStatus.SEE_OTHER)


def _key() -> WorkspaceKey:
    """Name the workspace that the address says, to those who hand in there and are asked.

    Raises:
        NotFound: nobody asks them.
    """
    key = opened.write_key()
    if not asking.is_asked(key, opened.situation().arrangement):
        raise NotFound("self_review_unasked")
    return key


def _kept(key: WorkspaceKey) -> Kept | None:
    workspace = exercises.find_workspace(key)
    return store.find(workspace.id) if workspace else None


def _sent() -> SelfReview:
    return SelfReview(
        levels=forms.levels_of_form(),
        sentence=" ".join(tidy(request.form.get("sentence", "")).split()),
        version=request.form.get("version", 0, type=int),
    )


def _overtaken(key: WorkspaceKey, mine: SelfReview) -> str:
    """Show what somebody else kept meanwhile beside this person's; sent again, that one takes its place."""
    theirs = _kept(key)
    version = theirs.review.version if theirs else 0
    return _page(key, SelfReview(levels=mine.levels, sentence=mine.sentence, version=version), theirs=theirs)


def _page(
    key: WorkspaceKey,
    mine: SelfReview,
    kept: Kept | None = None,
    *,
    theirs: Kept | None = None,
    problem: str | None = None,
) -> str:
    exercise = opened.exercise()
    language, text = pages.text_of(exercise)
    return render_template(
        "exercises/self_review.html",
        exercise=exercise,
        text=text,
        text_language=language,
        key=key,
        mine=mine,
        kept=kept,
        theirs=theirs,
        their_levels=levels.worded(exercise, theirs.review.levels, language) if theirs else (),
        gone=levels.gone(exercise.rubric, mine.levels),
        longest=LONGEST,
        problem=problem,
        turn=shown.near(near_violence=exercise.near_violence),
    )
