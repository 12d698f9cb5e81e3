"""Reads and writes of workspaces, notes and submissions."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, bindparam, exists, select

from content.model import Exercise
from lti_tool.database import db
from lti_tool.exercises import checks, editions, places, rows, rules
from lti_tool.exercises.owners import Owner
from lti_tool.exercises.places import Move, Moved
from lti_tool.exercises.rows import Overtaken, Seen
from lti_tool.exercises.rules import Decision, Draft, Note, Verdict
from lti_tool.exercises.tables import NoteRow, NoteSnapshot, SubmissionRow, WorkspaceRow
from lti_tool.lti.statements import run

T = TypeVar("T")
# Every save asks this, and writing a query costs more than asking it.
_SEEN = select(WorkspaceRow.id, WorkspaceRow.version).where(
    *(column == bindparam(column.key) for column in (WorkspaceRow.course_id, WorkspaceRow.exercise, WorkspaceRow.owner))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceKey:
    """Which workspace: it outlives the activity in Moodle that leads to it."""

    course_id: int
    exercise: str
    owner: Owner


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """A workspace with all its notes, deleted ones included, those of a cell in their order."""

    id: int
    version: int
    changed_at: datetime
    notes: Mapping[str, Note]


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What was handed in at one moment."""

    id: int
    placement_id: int
    number: int
    version: int
    submitted_at: datetime
    notes: tuple[Note, ...]
    met: tuple[str, ...]
    language: str
    edition: str | None = None
    """Names the exercise as it was; None in what versions of before took."""
    submitted_by: int | None = None
    """Who pressed; None in what versions of before took, since it was the person whose work it is."""
    is_late: bool = False
    """Whether it came after the due date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandIn:
    """How something is handed in: by whom, at which activity, in which language of the exercise."""

    by: int
    placement_id: int
    language: str
    is_late: bool = False
    ticked: Set[int] = frozenset()
    """People of whom whoever hands in says that they took part."""


def is_at(key: WorkspaceKey) -> ColumnElement[bool]:
    """Choose the workspace of a key."""
    return (
        (WorkspaceRow.course_id == key.course_id)
        & (WorkspaceRow.exercise == key.exercise)
        & (WorkspaceRow.owner == str(key.owner))
    )


def find_workspace(key: WorkspaceKey) -> Workspace | None:
    """Give a workspace, if anything was ever written in it."""
    row = db.session.scalar(select(WorkspaceRow).where(is_at(key)))
    return _workspace(row) if row else None


def begun(key: WorkspaceKey, owners: Iterable[Owner]) -> Container[Owner]:
    """Tell which of these owners have a workspace with something in it, of the same exercise in the same course."""
    names = {str(owner): owner for owner in owners}
    query = select(WorkspaceRow.owner).where(
        WorkspaceRow.course_id == key.course_id,
        WorkspaceRow.exercise == key.exercise,
        WorkspaceRow.owner.in_(names),
        WorkspaceRow.version > 0,
    )
    return {names[found] for found in db.session.scalars(query)}


def has_notes(key: WorkspaceKey) -> bool:
    """Tell whether anything is written in a workspace."""
    written = select(NoteRow).join(WorkspaceRow).where(~NoteRow.deleted, is_at(key))
    return bool(db.session.scalar(select(exists(written))))


def find_last_submission(workspace_id: int) -> Submission | None:
    """Give the newest submission: the one that counts."""
    newest = select(SubmissionRow).filter_by(workspace_id=workspace_id).order_by(SubmissionRow.number.desc()).limit(1)
    row = db.session.scalar(newest)
    return submission_of(row) if row else None


def find_note(key: WorkspaceKey, note_id: str) -> Note | None:
    """Give one note, a deleted one without its values."""
    workspace_id = db.session.scalar(select(WorkspaceRow.id).where(is_at(key)))
    return rows.find(workspace_id, note_id) if workspace_id else None


def in_part(key: WorkspaceKey, part: str) -> Sequence[Note]:
    """Give what is written in a part, that of a cell in its order."""
    workspace_id = db.session.scalar(select(WorkspaceRow.id).where(is_at(key)))
    return [note for note in rows.in_part(workspace_id, part) if note.values] if workspace_id else []


def save(
    key: WorkspaceKey, exercise: Exercise, drafts: Iterable[Draft], now: datetime, *, author_id: int
) -> Sequence[Decision]:
    """Save what can be saved of these drafts, in the caller's transaction, and tell what became of each."""
    return [_save(locked(key, now), exercise, draft, author_id, now) for draft in drafts]


def save_note(key: WorkspaceKey, exercise: Exercise, draft: Draft, now: datetime, *, author_id: int) -> Decision:
    """Save one note, in a transaction of its own that the caller commits, and tell what became of it."""
    return _once_more(key, now, lambda seen: _save(seen, exercise, draft, author_id, now))


def move_note(key: WorkspaceKey, exercise: Exercise, move: Move, now: datetime) -> Moved | None:
    """Move one note, in a transaction of its own that the caller commits; None where there is no such note."""
    return _once_more(key, now, lambda seen: _move(seen, exercise, move, now))


def _once_more(key: WorkspaceKey, now: datetime, work: Callable[[Seen], T]) -> T:
    """Read, decide and write; where somebody wrote in between, do it again with everybody else kept out."""
    try:
        return work(seen(key, now))
    except Overtaken:
        db.session.rollback()
        return work(locked(key, now))


def _save(seen: Seen, exercise: Exercise, draft: Draft, author_id: int, now: datetime) -> Decision:
    decision = rules.decide(exercise, rows.find(seen.id, draft.id), draft)
    takes_room = places.takes_room(decision)
    if takes_room:
        decision = places.fit(exercise, decision, rows.room(seen.id, decision.draft.part, decision.draft.cell))
    if decision.verdict is Verdict.REFUSED:
        rows.require_unchanged(seen)  # the very note may have come since it was looked for, and filled its cell
    if decision.verdict is Verdict.NEW:
        _add(seen, decision, author_id, now)
    elif decision.verdict is Verdict.CHANGED:
        rows.rewrite(rows.count_up(seen, now, only_if_unchanged=takes_room), decision, now)
    return decision


def _add(seen: Seen, decision: Decision, author_id: int, now: datetime) -> None:
    draft = decision.draft
    cell = rows.in_cell(seen.id, draft.part, draft.cell) if draft.before else ()
    ranks = dict(places.ranked(draft.id, draft.before, cell, seen.version + 1))
    change = rows.count_up(seen, now, only_if_unchanged=True)
    rows.add(change, decision, author_id, ranks.pop(draft.id), now)
    rows.renumber(change, ranks)


def _move(seen: Seen, exercise: Exercise, move: Move, now: datetime) -> Moved | None:
    note = rows.find(seen.id, move.id)
    if note is None:
        return None
    cell = rows.in_cell(seen.id, note.part, move.cell) if rules.place(exercise, note.part, move.cell) else ()
    moved = places.judge(exercise, note, move, cell)
    if moved.is_written:
        ranks = dict(places.ranked(move.id, move.before, cell, seen.version + 1))
        change = rows.count_up(seen, now, only_if_unchanged=True)
        rows.place(change, move.id, move.cell, ranks.pop(move.id))
        rows.renumber(change, ranks)
    return moved


def locked(key: WorkspaceKey, now: datetime) -> Seen:
    """Find or make a workspace, and keep other writers out until the transaction ends."""
    return rows.lock(seen(key, now).id)


def submit(key: WorkspaceKey, exercise: Exercise, given: HandIn, now: datetime) -> tuple[Submission, bool]:
    """Hand in what is saved, in the caller's transaction, and keep others from it until that ends; tell if it is new.

    Handing in the same version at the same placement again gives the submission that is there.
    """
    seen = locked(key, now)
    same = select(SubmissionRow).filter_by(workspace_id=seen.id, version=seen.version, placement_id=given.placement_id)
    if (known := db.session.scalar(same)) is not None:
        return submission_of(known), False
    last = find_last_submission(seen.id)
    notes = [note for note in rows.in_all(seen.id) if note.values]
    added = SubmissionRow(
        workspace_id=seen.id,
        placement_id=given.placement_id,
        number=last.number + 1 if last else 1,
        version=seen.version,
        submitted_at=now,
        notes=[_snapshot(note) for note in notes],
        score_given=exercise.score_maximum,
        score_maximum=exercise.score_maximum,
        met=list(checks.state(exercise, notes).met),
        language=given.language,
        edition=editions.keep(exercise),
        submitted_by=given.by,
        is_late=given.is_late,
    )
    db.session.add(added)
    db.session.flush()
    return submission_of(added), True


def seen(key: WorkspaceKey, now: datetime) -> Seen:
    """Find or make a workspace, in the caller's transaction."""
    where = {"course_id": key.course_id, "exercise": key.exercise, "owner": str(key.owner)}
    found = run(_SEEN, where).first()
    if found is None:
        rows.begin(key.course_id, key.exercise, key.owner, now)
        found = run(_SEEN, where).one()
    return Seen(id=found.id, version=found.version)


def _workspace(row: WorkspaceRow) -> Workspace:
    notes = {note.id: note for note in rows.in_all(row.id)}
    return Workspace(id=row.id, version=row.version, changed_at=row.changed_at, notes=notes)


def _snapshot(note: Note) -> NoteSnapshot:
    return NoteSnapshot(
        id=note.id,
        part=note.part,
        cell=note.cell,
        values=dict(note.values),
        version=note.version,
        language=note.language,
    )


def submission_of(row: SubmissionRow) -> Submission:
    """Take a submission out of its row."""
    return Submission(
        id=row.id,
        placement_id=row.placement_id,
        number=row.number,
        version=row.version,
        submitted_at=row.submitted_at,
        notes=tuple(Note(**note) for note in row.notes),
        met=tuple(row.met),
        language=row.language,
        edition=row.edition,
        submitted_by=row.submitted_by,
        is_late=row.is_late,
    )
