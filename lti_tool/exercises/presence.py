"""That a person is at a workspace: the page says so as long as it is looked at, and when a note opens and closes."""

from http import HTTPStatus
from typing import Annotated

from flask import Blueprint
from flask.typing import ResponseReturnValue
from pydantic import StringConstraints

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.exercises import opened, presences, store
from lti_tool.exercises.here import Presence
from lti_tool.exercises.modes import Mode
from lti_tool.exercises.sent import Body, read
from lti_tool.exercises.store import WorkspaceKey
from lti_tool.lti.launch.session import PREFIX, current

blueprint = Blueprint("presence", __name__)
NOTE_ID = r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"


class _PresenceBody(Body):
    note: Annotated[str, StringConstraints(pattern=NOTE_ID)] | None
    """Id of the note that is open; others may not have it yet."""
    left: bool = False


@blueprint.put(PREFIX + "/exercise/presence")
def put_presence() -> ResponseReturnValue:
    """Note that a person is here, with which note open, or that they leave."""
    key, sent, moment = opened.read_key(), read(_PresenceBody), now()
    told = Presence(seen_at=moment, note_id=None if sent.left else sent.note, has_left=sent.left)
    session, workspace_id = current(), store.seen(key, moment).id
    presences.signal(workspace_id, person_id=session.person_id, placement_id=session.placement_id, told=told)
    db.session.commit()
    return "", HTTPStatus.NO_CONTENT


def arrive(key: WorkspaceKey) -> None:
    """Note that a page is shown, in the caller's transaction, so that people count without script.

    Where each works alone nobody asks for it.
    """
    if opened.situation().arrangement.mode is Mode.ALONE:
        return
    session = current()
    presences.arrive(key, person_id=session.person_id, placement_id=session.placement_id, now=now())
