"""Reads what the overview shows of an exercise, in as many queries for a hundred groups as for one."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Integer, cast, func, select

from lti_tool.database import db
from lti_tool.exercises import owners
from lti_tool.exercises.modes import Arrangement
from lti_tool.exercises.tables import NoteRow, PresenceRow, WorkspaceRow
from lti_tool.facilitation import overview
from lti_tool.facilitation.overview import HERE_FOR, Canvas, Line, Place
from lti_tool.groups import store as groups
from lti_tool.groups.rules import Group
from lti_tool.groups.tables import GroupRow
from lti_tool.lti.launch.session import display_name
from lti_tool.lti.tables import PersonRow

Counts = tuple[Mapping[Place, int], int]
"""Notes by place, and how many of all are late."""


def look(course_id: int, exercise: str, arrangement: Arrangement, now: datetime) -> Sequence[Line]:
    """Give the overview's lines."""
    canvases = _canvases(course_id, exercise, now)
    known = groups.memberships(course_id, exercise)
    parties = overview.parties(arrangement, known, _groups(course_id, exercise), overview.begun(canvases))
    return overview.lines(parties, canvases)


def _groups(course_id: int, exercise: str) -> Sequence[Group]:
    """Give the platform's groups, and those that were made for this exercise."""
    of_exercise = GroupRow.exercise.is_(None) | (GroupRow.exercise == exercise)
    rows = db.session.scalars(select(GroupRow).where(GroupRow.course_id == course_id, of_exercise))
    return [groups.group_of(row) for row in rows]


def _canvases(course_id: int, exercise: str, now: datetime) -> Sequence[Canvas]:
    of_course = (WorkspaceRow.course_id == course_id) & (WorkspaceRow.exercise == exercise)
    here, counted = _here(of_course, now), _counted(of_course)
    columns = (WorkspaceRow.id, WorkspaceRow.owner, WorkspaceRow.version, WorkspaceRow.changed_at)
    found = db.session.execute(
        select(*columns, WorkspaceRow.called_at).where(of_course, WorkspaceRow.trial_by.is_(None))
    )
    return [
        Canvas(
            owner=owner,
            version=version,
            changed_at=changed_at,
            called_at=called_at,
            counts=counted[workspace_id][0] if workspace_id in counted else {},
            late=counted[workspace_id][1] if workspace_id in counted else 0,
            here=here[workspace_id],
        )
        for workspace_id, text, version, changed_at, called_at in found
        if (owner := owners.read(text))
    ]


def _here(of_course: ColumnElement[bool], now: datetime) -> Mapping[int, Mapping[int, str]]:
    query = (
        select(PresenceRow.workspace_id, PersonRow.id, PersonRow.called.label("name"), PersonRow.number)
        .join(WorkspaceRow, WorkspaceRow.id == PresenceRow.workspace_id)
        .join(PersonRow, PersonRow.id == PresenceRow.person_id)
        .where(of_course, ~PresenceRow.has_left, PresenceRow.seen_at > now - HERE_FOR)
    )
    found: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for workspace_id, person_id, name, number in db.session.execute(query):
        found[workspace_id][person_id] = display_name(name, number)
    return found


def _counted(of_course: ColumnElement[bool]) -> Mapping[int, Counts]:
    """Count in the shared canvases alone: of what somebody does alone, trainers are told no more than that they do."""
    late = func.sum(cast(NoteRow.is_late, Integer))
    query = (
        select(NoteRow.workspace_id, NoteRow.part, NoteRow.cell, func.count(), late)
        .join(WorkspaceRow, WorkspaceRow.id == NoteRow.workspace_id)
        .where(of_course, WorkspaceRow.person_id.is_(None), WorkspaceRow.trial_by.is_(None), ~NoteRow.deleted)
        .group_by(NoteRow.workspace_id, NoteRow.part, NoteRow.cell)
    )
    counts: defaultdict[int, dict[Place, int]] = defaultdict(dict)
    lates: defaultdict[int, int] = defaultdict(int)
    for workspace_id, part, cell, number, are_late in db.session.execute(query):
        counts[workspace_id][part, cell] = number
        lates[workspace_id] += are_late
    return {workspace_id: (counts[workspace_id], lates[workspace_id]) for workspace_id in counts}
