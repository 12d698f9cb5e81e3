"""The trainer's page while people work: steps, time, coming together, and a line for each group.

Each press is one statement on the stage's row. It says what the page showed, so that two presses of one button, or of
two trainers, are one.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from content.text import pick
from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.exercises import calls, gathering, modes, opened, stages
from lti_tool.exercises.forms import Unreadable
from lti_tool.exercises.owners import Owner
from lti_tool.exercises.store import WorkspaceKey
from lti_tool.facilitation import balloting, live_wording, presenting, watching
from lti_tool.facilitation.presenting import shared_owner
from lti_tool.facilitation.pressing import LONGEST_MESSAGE, MINUTES, moment_seen, more_time, number_seen, to_step
from lti_tool.learning.store import reader_language, writing_language
from lti_tool.lti.launch.session import PREFIX, current, require_trainer

blueprint = Blueprint("live", __name__)
blueprint.register_blueprint(presenting.blueprint)
TOO_LONG = lazy_gettext("The message is too long: %(limit)s characters is the most. Shorten it.", limit=LONGEST_MESSAGE)


@blueprint.get(PREFIX + "/live")
def show() -> ResponseReturnValue:
    """Show the page."""
    require_trainer()
    return _whole_page()


@blueprint.get(PREFIX + "/live/now")
def show_now() -> ResponseReturnValue:
    """Show what changes on it, which it asks for again and again."""
    require_trainer()
    return _page("facilitation/live_now.html")


def _whole_page(**given: object) -> str:
    return _page("facilitation/live.html", **balloting.include(), **given)


def _page(template: str, **given: object) -> str:
    exercise, situation, moment = opened.exercise(), opened.situation(), now()
    language, text = pick(exercise.texts, reader_language())
    return render_template(
        template,
        exercise=exercise,
        text=text,
        text_language=language,
        stage=situation.stage,
        arrangement=situation.arrangement,
        are_together=situation.are_together(moment),
        is_after_step=modes.is_after_step(situation.stage, moment),
        lines=watching.look(current().course_id, opened.slug(), situation.arrangement, moment),
        now=moment,
        minutes=MINUTES,
        longest_message=LONGEST_MESSAGE,
        wording=live_wording,
        is_framed="framed" in request.args or request.headers.get("Sec-Fetch-Dest") == "iframe",
        **given,
    )


# What is pressed


@blueprint.post(PREFIX + "/live/step")
def go_to_step() -> ResponseReturnValue:
    """Begin a step, or end the last one."""
    require_trainer()
    steps, to = opened.exercise().steps, number_seen(request.form.get("to"))
    if to is not None and to > len(steps):
        raise Unreadable("step")
    return _press({"step": number_seen(request.form.get("at"))}, **to_step(steps, to, now()))


@blueprint.post(PREFIX + "/live/time")
def give_time() -> ResponseReturnValue:
    """Give some minutes more; from now, where the time is up or never ran."""
    require_trainer()
    seen, minutes = moment_seen(request.form.get("ends")), request.form.get("minutes", 0, type=int)
    if minutes not in MINUTES:
        raise Unreadable("minutes")
    return _press({"step_ends_at": seen}, step_ends_at=more_time(seen, now(), minutes))


@blueprint.post(PREFIX + "/live/together")
def bring_together() -> ResponseReturnValue:
    """Bring everybody together who writes alone: nobody who is absent keeps the others waiting."""
    require_trainer()
    _change({"together_at": None}, together_at=now())
    gathering.gather_all(current().course_id, opened.slug(), opened.exercise(), now())
    return _done()


@blueprint.post(PREFIX + "/live/<any(freeze, unfreeze):writing>")
def freeze(writing: str) -> ResponseReturnValue:
    """Stop writing for everybody, or let it go on."""
    require_trainer()
    if writing == "freeze":
        return _press({"frozen_at": None}, frozen_at=now())
    return _press({}, frozen_at=None)


@blueprint.post(PREFIX + "/live/names/<any(shown, hidden):names>")
def show_names(names: str) -> ResponseReturnValue:
    """Let everybody see who wrote which note, or no more."""
    require_trainer()
    return _press({}, shows_names=names == "shown")


@blueprint.post(PREFIX + "/live/message")
def say() -> ResponseReturnValue:
    """Say something to everybody."""
    require_trainer()
    text = "\n".join(request.form.get("message", "").strip().splitlines())
    if len(text) > LONGEST_MESSAGE:
        return _whole_page(problem=TOO_LONG, typed=text), HTTPStatus.UNPROCESSABLE_ENTITY
    if not text:
        return _done()
    return _press({}, message=text, message_language=writing_language(), message_at=now())


@blueprint.post(PREFIX + "/live/message/end")
def take_back() -> ResponseReturnValue:
    """Take the message away."""
    require_trainer()
    return _press({}, message=None, message_language=None, message_at=None)


def _press(seen: Mapping[str, object], **news: object) -> ResponseReturnValue:
    _change(seen, **news)
    return _done()


def _change(seen: Mapping[str, object], **news: Any) -> None:
    stages.change(current().course_id, opened.slug(), seen=seen, **news)


def _done() -> ResponseReturnValue:
    db.session.commit()
    return redirect(url_for("facilitation.live.show"), HTTPStatus.SEE_OTHER)


# One group


@blueprint.post(PREFIX + "/live/step-in")
def step_in() -> ResponseReturnValue:
    """Go to a canvas that others write at; whoever called there waits no more."""
    require_trainer()
    owner = shared_owner()
    calls.end(_key(owner))
    db.session.commit()
    inside: dict[str, Any] = {opened.IN: str(owner)}
    return redirect(url_for("exercises.show", **inside), HTTPStatus.SEE_OTHER)


@blueprint.post(PREFIX + "/live/heard")
def hear() -> ResponseReturnValue:
    """Forget that a group called: somebody was there."""
    require_trainer()
    calls.end(_key(shared_owner()))
    return _done()


def _key(owner: Owner) -> WorkspaceKey:
    return WorkspaceKey(course_id=current().course_id, exercise=opened.slug(), owner=owner)
