"""What an exercise's page says of the community: the way there, and what came of this canvas."""

from flask import render_template
from markupsafe import Markup

from lti_tool.community import wording
from lti_tool.community.carrying import rules, store
from lti_tool.community.rules import Reader
from lti_tool.exercises.store import WorkspaceKey
from lti_tool.learning.store import exercise
from lti_tool.lti.launch.session import current


def shown(key: WorkspaceKey, workspace_id: int | None) -> Markup:
    """Show it to whoever reads the canvas; nothing where there is nothing to say."""
    if workspace_id is None or exercise(key.exercise).stays_here:
        return Markup()
    session = current()
    reader = Reader(person_id=session.person_id, course_id=session.course_id, is_trainer=session.is_trainer)
    page = render_template(
        "community/carrying/onward.html",
        may_carry=rules.may_carry(key.owner, session.person_id, session.role),
        carried=store.of_workspace(workspace_id, reader),
        wording=wording,
    )
    return Markup(page)  # noqa: S704 - a template's
