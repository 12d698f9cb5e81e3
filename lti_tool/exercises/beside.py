"""What stands beside the one answer of a place: what people wrote alone, groups sent, or somebody brought along."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, String, Subquery, null, select, type_coerce, union_all

from lti_tool.database import db
from lti_tool.exercises.bringing.tables import AlongRow
from lti_tool.exercises.sheet import Brought, Place
from lti_tool.exercises.tables import BroughtRow, WorkspaceRow
from lti_tool.groups import store as groups
from lti_tool.groups.tables import GroupRow

SHARED = ("workspace_id", "part", "cell", "values", "language", "author_id", "from_workspace_id")


def find(workspace_id: int) -> Mapping[Place, Sequence[Brought]]:
    """Give it by its place; which person's it is, is not told."""
    return find_in([workspace_id])[workspace_id]


def find_in(workspace_ids: Collection[int]) -> Mapping[int, Mapping[Place, Sequence[Brought]]]:
    """Give the same of several workspaces, in one statement."""
    found: dict[int, defaultdict[Place, list[Brought]]] = {each: defaultdict(list) for each in workspace_ids}
    both = _both(workspace_ids)
    answers = (
        select(both, WorkspaceRow.exercise, GroupRow)
        .outerjoin(WorkspaceRow, WorkspaceRow.id == both.c.from_workspace_id)
        .outerjoin(GroupRow, GroupRow.id == WorkspaceRow.group_id)
        .order_by(both.c.author_id, both.c.from_workspace_id, both.c.from_note_id)
    )
    for row in db.session.execute(answers):
        found[row.workspace_id][row.part, row.cell].append(_brought(row))
    return found


def _both(workspace_ids: Collection[int]) -> Subquery:
    alone = select(*(getattr(BroughtRow, name) for name in SHARED), type_coerce(null(), String).label("from_note_id"))
    along = select(*(getattr(AlongRow, name) for name in SHARED), AlongRow.from_note_id)
    return union_all(
        alone.where(BroughtRow.workspace_id.in_(workspace_ids)),
        along.where(AlongRow.workspace_id.in_(workspace_ids), ~AlongRow.deleted),
    ).subquery()


def _brought(row: Row[Any]) -> Brought:
    words = {"values": row.values, "language": row.language}
    if row.from_note_id is not None:
        key = f"{row.from_workspace_id}.{row.from_note_id}.{row.part}"
        return Brought(**words, earlier=row.exercise, key=key)
    return Brought(**words, origin=groups.group_of(row.GroupRow) if row.GroupRow else None)
