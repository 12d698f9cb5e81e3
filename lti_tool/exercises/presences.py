"""Reads and writes of who is at a workspace."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Integer, bindparam, select, update

from lti_tool import collation
from lti_tool.exercises import here, rows, store
from lti_tool.exercises.here import Presence
from lti_tool.exercises.store import WorkspaceKey
from lti_tool.exercises.tables import PresenceRow, WorkspaceRow
from lti_tool.lti.launch.session import display_name
from lti_tool.lti.roles import Role
from lti_tool.lti.statements import put, run
from lti_tool.lti.tables import AttendanceRow, PersonRow

# Each statement is written once: everybody's page runs them every twenty seconds.
_WORKSPACE = bindparam("workspace", type_=Integer)
_KNOWN = select(PresenceRow.person_id, PresenceRow.seen_at, PresenceRow.note_id, PresenceRow.has_left).where(
    PresenceRow.workspace_id == _WORKSPACE
)
_LEAVE = (
    update(PresenceRow)
    .where(
        PresenceRow.workspace_id == _WORKSPACE,
        PresenceRow.person_id.in_(bindparam("people", expanding=True)),
        PresenceRow.seen_at <= bindparam("silent_since", type_=PresenceRow.seen_at.type),
    )
    .values(has_left=True)
)
_WHO = (
    select(*_KNOWN.selected_columns, PersonRow.called.label("name"), PersonRow.number, AttendanceRow.role)
    .select_from(PresenceRow)
    .join(WorkspaceRow, WorkspaceRow.id == PresenceRow.workspace_id)
    .join(PersonRow, PersonRow.id == PresenceRow.person_id)
    .outerjoin(
        AttendanceRow,
        (AttendanceRow.course_id == WorkspaceRow.course_id) & (AttendanceRow.person_id == PresenceRow.person_id),
    )
    .where(PresenceRow.workspace_id == _WORKSPACE, ~PresenceRow.has_left)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Somebody who is at a workspace."""

    person_id: int
    name: str
    is_trainer: bool
    note_id: str | None
    """The note that they have open."""


def arrive(key: WorkspaceKey, *, person_id: int, placement_id: int | None, now: datetime) -> None:
    """Note that a person's page is loaded, unless they were heard of a moment ago; in the caller's transaction."""
    workspace_id = store.seen(key, now).id
    if not here.is_fresh(_known(workspace_id).get(person_id), now):
        signal(workspace_id, person_id=person_id, placement_id=placement_id, told=Presence(seen_at=now))


def signal(workspace_id: int, *, person_id: int, placement_id: int | None, told: Presence) -> None:
    """Note a person's sign of life, or that they leave; in the caller's transaction.

    What others see is counted first, which lets one write after the other: two that both find the other one gone wait
    for each other's rows else.
    """
    sign = here.sign(_known(workspace_id), person_id, told)
    if sign.is_news:
        rows.tell_others(workspace_id)
    if sign.gone:
        silent_since = told.seen_at - here.HERE_FOR  # who was heard of since this was read is here
        run(_LEAVE, {"workspace": workspace_id, "people": list(sign.gone), "silent_since": silent_since})
    news = {"seen_at": told.seen_at, "note_id": told.note_id, "has_left": told.has_left, "placement_id": placement_id}
    put(PresenceRow, {"workspace_id": workspace_id, "person_id": person_id}, news)


def _known(workspace_id: int) -> Mapping[int, Presence]:
    return {
        row.person_id: Presence(seen_at=row.seen_at, note_id=row.note_id, has_left=row.has_left)
        for row in run(_KNOWN, {"workspace": workspace_id})
    }


def visitors(workspace_id: int, now: datetime) -> Sequence[Visitor]:
    """Give who is at a workspace, trainers first."""
    found = run(_WHO, {"workspace": workspace_id})
    people = [
        Visitor(
            person_id=row.person_id,
            name=display_name(row.name, row.number),
            is_trainer=row.role is Role.TRAINER,
            note_id=row.note_id,
        )
        for row in found
        if here.is_here(Presence(seen_at=row.seen_at), now)
    ]
    return sorted(people, key=lambda one: (not one.is_trainer, collation.key(one.name), one.person_id))
