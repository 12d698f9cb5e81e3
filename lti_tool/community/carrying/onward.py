"""What an exercise's page says of the community: the way there, and what came of this canvas."""

from flask import render_template
from markupsafe import Markup

from lti_tool.community import wording
from lti_tool.community.agreeing import people
from lti_tool.community.agreeing import store as proposals
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
    members = [one.id for one in people.of_group(key)] if key.owner.group_id else []
    reader = Reader(person_id=session.person_id, course_id=session.course_id, is_trainer=session.is_trainer)
    found = proposals.find_open(workspace_id) if session.person_id in members else None
    page = render_template(
        "community/carrying/onward.html",
        may_carry=rules.may_carry(key.owner, session.person_id, session.role, members),
        proposal=found,
        agreed=sum(found.agrees(one) for one in members) if found else 0,
        members=members,
        carried=store.of_workspace(workspace_id, reader),
        wording=wording,
    )
    return Markup(page)  # noqa: S704 - a template's
