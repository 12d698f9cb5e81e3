"""The page on which a group chooses what it sends to the course's canvas."""

from http import HTTPStatus

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.errors import NotFound
from lti_tool.exercises import opened, pages, sending_up, situations, store, upward
from lti_tool.exercises.store import WorkspaceKey
from lti_tool.groups.wording import name_of
from lti_tool.lti.launch.session import PREFIX

blueprint = Blueprint("sending", __name__)
blueprint.add_app_template_filter(name_of, "group_name")


@blueprint.get(PREFIX + "/exercise/send-up")
def show() -> ResponseReturnValue:
    """Show the group's notes, those that were sent already marked."""
    return _page(_group())


@blueprint.post(PREFIX + "/exercise/send-up")
def send() -> ResponseReturnValue:
    """Send what is ticked to the course's canvas."""
    key, ticked = _group(), request.form.getlist("note")
    if not store.has_notes(key):
        return _page(key)
    decision = sending_up.send(key, opened.exercise(), ticked, now())
    db.session.commit()
    if decision.is_too_many:
        return _page(key, _too_many(decision.left)), HTTPStatus.UNPROCESSABLE_ENTITY
    return redirect(url_for("exercises.sending.show"), HTTPStatus.SEE_OTHER)


def _group() -> WorkspaceKey:
    """Name the group's canvas that the address says; nothing is sent from another one."""
    key = opened.write_key()
    if key.owner.group_id is None:
        raise NotFound("not_a_group")
    return key


def _too_many(left: int) -> str:
    if not left:
        return str(
            gettext(
                "Your group has as many notes there as it can have. Ask your trainer to delete one there if another "
                "matters more."
            )
        )
    return str(
        ngettext("You can send only %(num)s more note.", "You can send only %(num)s more notes: tick fewer.", left)
    )


def _page(key: WorkspaceKey, problem: str | None = None) -> str:
    workspace = store.find_workspace(key)
    sent = sending_up.sent(key, list(workspace.notes.values()) if workspace else [])
    return pages.to_send(
        opened.exercise(),
        workspace,
        sent=sent,
        left=upward.left(sent),
        most=upward.MOST,
        ticked=request.form.getlist("note"),
        group=situations.group_of(key.course_id, key.owner),
        problem=problem,
    )
