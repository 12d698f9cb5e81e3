"""What an exercise's page says of the community: the way there, what came of this canvas, and what it grew from."""

from collections.abc import Sequence

from flask import render_template
from markupsafe import Markup

from lti_tool.community import rules as core
from lti_tool.community import wording
from lti_tool.community.agreeing import people
from lti_tool.community.agreeing import store as proposals
from lti_tool.community.carrying import doors, rules, store
from lti_tool.community.carrying.store import Carried
from lti_tool.community.joint import store as joint
from lti_tool.community.posts import Reader
from lti_tool.exercises.store import WorkspaceKey
from lti_tool.learning.store import exercise
from lti_tool.lti.launch.session import current


def shown(key: WorkspaceKey, workspace_id: int | None) -> Markup:
    """Show it to whoever reads the canvas; nothing where there is nothing to say."""
    if exercise(key.exercise).stays_here or (workspace_id is None and key.owner.group_id is None):
        return Markup()
    members, person_id = _members(key), current().person_id
    is_asked = workspace_id is not None and person_id in members
    found = proposals.find_open(workspace_id) if workspace_id and is_asked else None
    page = render_template(
        "community/carrying/onward.html",
        may_carry=workspace_id is not None and rules.may_carry(key.owner, person_id, current().role, members),
        proposal=found,
        agreed=sum(found.agrees(one) for one in members) if found else 0,
        members=members,
        grew_from=grew_from(key),
        carried=carried(key, workspace_id) if workspace_id else (),
        wording=wording,
    )
    return Markup(page)  # noqa: S704 - a template's


def carried(key: WorkspaceKey, workspace_id: int) -> Sequence[Carried]:
    """Give what came of a canvas: to those whose work it is, and to others where the community is open to them."""
    found = store.of_workspace(workspace_id, _reader())
    if not found or key.owner.is_alone or current().person_id in _members(key):
        return found
    return [one for one in found if _is_open(one)]


def grew_from(key: WorkspaceKey) -> Carried | None:
    """Give the need from which a group's work grew, to those who can open it and learn whose it is.

    Its author is one of the group: where they took their name off since, the others would be told it here.
    """
    origin = joint.of_group(key.course_id, key.exercise, key.owner.group_id) if key.owner.group_id else None
    found, reader = store.find(*origin) if origin else None, _reader()
    is_told = found and core.can_read(reader, found.post) and core.sees_author(reader, found.post)
    return found if found and is_told and _is_open(found) else None


def _is_open(found: Carried) -> bool:
    door = doors.of_reader(current())
    return door is not None and door.slug == found.slug


def _members(key: WorkspaceKey) -> Sequence[int]:
    return [one.id for one in people.of_group(key)] if key.owner.group_id else []


def _reader() -> Reader:
    session = current()
    return Reader(person_id=session.person_id, course_id=session.course_id, is_trainer=session.is_trainer)
