"""Brings what people wrote alone to the canvas where they go on together; what each wrote stays where it was.

A note is copied, with its origin. Where the canvas has one answer, each person's own stands beside it. To be done again
at any time: what came already isn't copied twice, and what was changed or deleted together isn't undone.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Row, func, select

from content.model import Exercise
from lti_tool.database import INSERTS, db
from lti_tool.exercises import access, arrangements, copying, owners, rows, situations
from lti_tool.exercises.access import Situation
from lti_tool.exercises.modes import Arrangement, Mode
from lti_tool.exercises.owners import Owner
from lti_tool.exercises.store import WorkspaceKey, is_at, locked
from lti_tool.exercises.tables import GatheringRow, WorkspaceRow
from lti_tool.groups import store as groups
from lti_tool.lti.tables import PersonRow


def gather_all(course_id: int, exercise_slug: str, exercise: Exercise, now: datetime) -> None:
    """Bring what everybody in a course wrote alone to where they write together, in the caller's transaction."""
    arrangement = arrangements.find(course_id, exercise_slug)
    for owner, people in _parties(course_id, exercise_slug, arrangement).items():
        bring(WorkspaceKey(course_id=course_id, exercise=exercise_slug, owner=owner), exercise, people, now)


def party(key: WorkspaceKey, arrangement: Arrangement) -> Collection[int]:
    """Give the trainees who write at a canvas together."""
    return _parties(key.course_id, key.exercise, arrangement).get(key.owner, ())


def _parties(course_id: int, exercise: str, arrangement: Arrangement) -> Mapping[Owner, Collection[int]]:
    people = groups.memberships(course_id, exercise)
    if arrangement.mode is Mode.COURSE:
        return {owners.COURSE: people}
    if arrangement.mode is Mode.ALONE:
        return {}
    return {owners.group(each): who for each, who in groups.by_group(course_id, people, arrangement.counting).items()}


def is_due(key: WorkspaceKey, situation: Situation, now: datetime) -> bool:
    """Tell whether people wrote alone before they came to a canvas, where they are by now."""
    return key.owner.is_shared and situation.arrangement.alone_first and situation.are_together(now)


def follow(key: WorkspaceKey, exercise: Exercise, situation: Situation, now: datetime) -> None:
    """Bring what somebody saved alone after the others came together, in the caller's transaction."""
    if not key.owner.is_alone or not situation.are_together(now):
        return
    owner = situations.home(key.course_id, situation, access.home(situation, now))
    if isinstance(owner, Owner):
        bring(replace(key, owner=owner), exercise, [situation.person_id], now)


def bring(key: WorkspaceKey, exercise: Exercise, people: Collection[int], now: datetime) -> None:
    """Bring what these people wrote alone to a canvas, as far as it isn't there yet, in the caller's transaction."""
    news = _news(key, people)
    if not news:
        return
    seen = locked(key, now)
    for source_id, version, author_id in news:
        written = [note for note in rows.in_all(source_id) if note.values]
        answers = [note for note in written if copying.is_answer(exercise, note)]
        copying.stand_beside(seen, answers, {note.id: author_id for note in answers})
        missing = copying.missing(seen, [note for note in written if note not in answers])
        seen = copying.copy(seen, source_id, missing, now)
        _note_down(seen.id, source_id, version)


def _news(key: WorkspaceKey, people: Collection[int]) -> Sequence[Row[int, int, int]]:
    """Give the workspaces, with version and person, of which a canvas doesn't have everything yet."""
    there = select(WorkspaceRow.id).where(is_at(key)).scalar_subquery()
    came = (GatheringRow.from_workspace_id == WorkspaceRow.id) & (GatheringRow.workspace_id == there)
    query = (
        select(WorkspaceRow.id, WorkspaceRow.version, PersonRow.id)
        .join(PersonRow, PersonRow.id == WorkspaceRow.person_id)
        .outerjoin(GatheringRow, came)
        .where(
            WorkspaceRow.course_id == key.course_id,
            WorkspaceRow.exercise == key.exercise,
            WorkspaceRow.person_id.in_(people),
            WorkspaceRow.version != func.coalesce(GatheringRow.version, 0),
        )
        .order_by(WorkspaceRow.id)
    )
    return db.session.execute(query).all()


def _note_down(workspace_id: int, source_id: int, version: int) -> None:
    """Remember up to which of its versions a workspace was brought."""
    put = INSERTS[db.engine.dialect.name](GatheringRow)
    put = put.values(workspace_id=workspace_id, from_workspace_id=source_id, version=version)
    keys = ["workspace_id", "from_workspace_id"]
    db.session.execute(put.on_conflict_do_update(index_elements=keys, set_={"version": version}))
