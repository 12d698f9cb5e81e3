"""Where the notes of a canvas came from: which group sent one, or from which earlier exercise it was brought along."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from lti_tool.database import db
from lti_tool.exercises.tables import NoteRow, WorkspaceRow
from lti_tool.groups import store as groups
from lti_tool.groups.rules import Group
from lti_tool.groups.tables import GroupRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """By the notes' ids; never a person."""

    groups: dict[str, Group] = field(default_factory=dict)
    exercises: dict[str, str] = field(default_factory=dict)
    """Slugs of the exercises that notes were brought along from."""


def find(workspace_id: int) -> Origins:
    """Give where notes of a workspace came from."""
    return find_in([workspace_id])[workspace_id]


def find_in(workspace_ids: Collection[int]) -> Mapping[int, Origins]:
    """Give the same of several workspaces, in one statement."""
    found = {workspace_id: Origins() for workspace_id in workspace_ids}
    here = aliased(WorkspaceRow)
    is_earlier = WorkspaceRow.exercise != here.exercise
    query = (
        select(NoteRow.workspace_id, NoteRow.id, WorkspaceRow.exercise, GroupRow, is_earlier.label("is_earlier"))
        .join(here, here.id == NoteRow.workspace_id)
        .join(WorkspaceRow, WorkspaceRow.id == NoteRow.from_workspace_id)
        .outerjoin(GroupRow, GroupRow.id == WorkspaceRow.group_id)
        .where(NoteRow.workspace_id.in_(workspace_ids), ~NoteRow.deleted)
        .where(or_(is_earlier, GroupRow.id.is_not(None)))
    )
    for workspace_id, note_id, exercise, group, came_along in db.session.execute(query):
        origins = found[workspace_id]
        if came_along:
            origins.exercises[note_id] = exercise
        else:
            origins.groups[note_id] = groups.group_of(group)
    return found
