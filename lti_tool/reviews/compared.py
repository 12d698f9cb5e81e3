"""Where those who did a piece of work read what changed in it since an earlier hand-in of theirs."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from content.text import pick
from lti_tool.errors import NotFound
from lti_tool.exercises import editions, opened
from lti_tool.exercises.store import WorkspaceKey, find_last_submission
from lti_tool.learning.store import reader_language
from lti_tool.lti.launch.session import PREFIX
from lti_tool.reviews import comparing, feedback

blueprint = Blueprint("compared", __name__)


def address(key: WorkspaceKey) -> str:
    """Give where it is read of a piece of work."""
    inside: Mapping[str, Any] = opened.address(key.owner)
    return url_for("compared.show", **inside)


@blueprint.get(PREFIX + "/exercise/compared")
def show() -> ResponseReturnValue:
    """Compare what was handed in last with what was before, for whoever may read the canvas."""
    key = opened.read_key()
    workspace_id = feedback.workspace_of(key)
    last = find_last_submission(workspace_id) if workspace_id else None
    exercise = editions.give(last.edition, opened.exercise()) if last else opened.exercise()
    comparison = comparing.told(workspace_id, last, exercise) if workspace_id and last else None
    if comparison is None:
        raise NotFound("submission_unknown")
    language, text = pick(exercise.texts, reader_language())
    inside: Mapping[str, Any] = opened.address(key.owner)
    return render_template(
        "reviews/compared.html",
        comparison=comparison,
        text=text,
        text_language=language,
        compared_at=url_for("compared.show"),
        inside=inside.get(opened.IN),
        notes_at=url_for("exercises.show", **inside),
    )
