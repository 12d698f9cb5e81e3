"""How far the exercise is, as pages ask for it, and a group that asks its trainer to come."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.errors import NotFound
from lti_tool.exercises import authors, calls, opened
from lti_tool.exercises.owners import Owner
from lti_tool.exercises.stage_told import told
from lti_tool.exercises.store import WorkspaceKey
from lti_tool.groups.rules import Trouble
from lti_tool.lti.launch.session import PREFIX

blueprint = Blueprint("staging", __name__)


@blueprint.get(PREFIX + "/exercise/stage")
def show_stage() -> ResponseReturnValue:
    """Tell how far the exercise is; pages ask in which nobody can write now, and after a date has passed."""
    moment = now()
    answer = {**told(opened.situation(), moment), "place": _named(opened.home()), "shut": opened.refusal_here(moment)}
    db.session.commit()  # a group that was met the first time is kept
    return answer


@blueprint.post(PREFIX + "/exercise/call")
def call() -> ResponseReturnValue:
    """Ask the trainer to come to the group."""
    calls.call(_group(), now())
    return _told(is_called=True)


@blueprint.post(PREFIX + "/exercise/call/end")
def end_call() -> ResponseReturnValue:
    """Take that back."""
    calls.end(_group())
    return _told(is_called=False)


def _group() -> WorkspaceKey:
    """Name the group's canvas that the address says; nobody is called to another one."""
    key = opened.read_key()
    if key.owner.group_id is None:
        raise NotFound("not_a_group")
    return key


def _told(*, is_called: bool) -> ResponseReturnValue:
    db.session.commit()
    if request.accept_mimetypes.best == "application/json":
        return {"called": is_called}
    return redirect(url_for("exercises.show"), HTTPStatus.SEE_OTHER)


def _named(home: Owner | Trouble) -> str:
    """Name the workspace in which the person writes now, or what keeps them from having one."""
    return str(home) if isinstance(home, Owner) else home.value


def on_page(key: WorkspaceKey, home: Owner | Trouble) -> Mapping[str, Any]:
    """Give what the page of a workspace says of how far the exercise is."""
    moment, situation = now(), opened.situation()
    return {
        "stage": told(situation, moment),
        "step_ends_at": situation.stage.step_ends_at,
        "is_after_step": opened.is_after_step(moment),
        "place": _named(home),
        "is_called": key.owner.group_id is not None and calls.is_waiting(key),
        "authors": authors.shown(key, situation),
    }
