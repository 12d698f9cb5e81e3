"""Copies some of a group's notes to the course's canvas, where they say from which group they are; of nobody's name.

A copy is a note of its own from then on. An answer goes beside the course's one answer, which it doesn't change.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from content.model import Exercise
from lti_tool.database import db
from lti_tool.exercises import copying, owners, rows, upward
from lti_tool.exercises.rows import Seen
from lti_tool.exercises.rules import Note
from lti_tool.exercises.store import WorkspaceKey, is_at, locked
from lti_tool.exercises.tables import BroughtRow, NoteRow, WorkspaceRow
from lti_tool.exercises.upward import Decision


def sent(key: WorkspaceKey, notes: Collection[Note]) -> Mapping[str, bool]:
    """Give which of a group's notes were sent, and whether they are still on the course's canvas."""
    ids = dict(
        db.session.execute(select(WorkspaceRow.owner, WorkspaceRow.id).where(is_at(key) | is_at(_course(key)))).all()
    )
    source_id, course_id = ids.get(str(key.owner)), ids.get(str(owners.COURSE))
    return _sent(course_id, source_id, notes) if source_id and course_id else {}


def send(key: WorkspaceKey, exercise: Exercise, ticked: Collection[str], now: datetime) -> Decision:
    """Send notes from a group's canvas, in the caller's transaction; sent twice, they are there once."""
    seen = locked(_course(key), now)
    source_id = db.session.scalars(select(WorkspaceRow.id).where(is_at(key))).one()
    here = {note.id: note for note in rows.in_all(source_id) if note.values}
    decision = upward.decide(ticked, here, _sent(seen.id, source_id, here.values()))
    _copy(seen, source_id, exercise, [here[note_id] for note_id in decision.notes], now)
    return decision


def _course(key: WorkspaceKey) -> WorkspaceKey:
    return replace(key, owner=owners.COURSE)


def _sent(workspace_id: int, source_id: int, notes: Collection[Note]) -> Mapping[str, bool]:
    copies = select(NoteRow.from_note_id, NoteRow.deleted).filter_by(
        workspace_id=workspace_id, from_workspace_id=source_id
    )
    found = {note_id: not deleted for note_id, deleted in db.session.execute(copies) if note_id}
    beside = select(BroughtRow.part, BroughtRow.cell).filter_by(workspace_id=workspace_id, from_workspace_id=source_id)
    answered = {(part, cell) for part, cell in db.session.execute(beside)}
    return found | {note.id: True for note in notes if (note.part, note.cell) in answered}


def _copy(seen: Seen, source_id: int, exercise: Exercise, notes: Collection[Note], now: datetime) -> None:
    answers = [note for note in notes if copying.is_answer(exercise, note)]
    copying.copy(seen, source_id, copying.missing(seen, [note for note in notes if note not in answers]), now)
    if answers:
        rows.count_up(seen, now, only_if_unchanged=False)
        copying.stand_beside(seen, answers, copying.authors(source_id, [note.id for note in answers]), source_id)
