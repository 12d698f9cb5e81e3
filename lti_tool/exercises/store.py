"""Reads and writes of workspaces, notes and submissions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import select, update

from content.model import Exercise
from lti_tool.database import db, found_or_added
from lti_tool.exercises import rules
from lti_tool.exercises.rules import Decision, Draft, Note, Verdict
from lti_tool.exercises.scoring import score
from lti_tool.exercises.tables import NoteRow, NoteSnapshot, SubmissionRow, WorkspaceRow


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceKey:
    """Which workspace: it outlives the activity in Moodle that leads to it."""

    course_id: int
    exercise: str
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """A workspace with all its notes, deleted ones included, in the order they were first written."""

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


def find_workspace(key: WorkspaceKey) -> Workspace | None:
    """Give a workspace, if anything was ever written in it."""
    row = db.session.scalar(select(WorkspaceRow).filter_by(**asdict(key)))
    return _workspace(row) if row else None


def has_notes(key: WorkspaceKey) -> bool:
    """Tell whether anything is written in a workspace."""
    workspace = find_workspace(key)
    return workspace is not None and any(note.values for note in workspace.notes.values())


def find_last_submission(workspace_id: int) -> Submission | None:
    """Give the newest submission: the one that counts."""
    newest = select(SubmissionRow).filter_by(workspace_id=workspace_id).order_by(SubmissionRow.number.desc()).limit(1)
    row = db.session.scalar(newest)
    return submission_of(row) if row else None


def save(key: WorkspaceKey, exercise: Exercise, drafts: Iterable[Draft], now: datetime) -> Sequence[Decision]:
    """Save what can be saved of these drafts, in the caller's transaction, and tell what became of each."""
    row = _locked(key, now)
    rows = {note.id: note for note in _note_rows(row.id)}
    notes = {note_id: _note(note) for note_id, note in rows.items()}
    decisions = []
    for draft in drafts:
        decision = rules.decide(exercise, notes, draft)
        if decision.verdict in (Verdict.NEW, Verdict.CHANGED):
            rows[draft.id] = _write(row, rows.get(draft.id), decision, now)
            notes[draft.id] = _note(rows[draft.id])
        decisions.append(decision)
    db.session.flush()
    return decisions


def submit(
    key: WorkspaceKey, exercise: Exercise, *, placement_id: int, language: str, now: datetime
) -> tuple[Submission, bool]:
    """Hand in what is saved, in the caller's transaction; tell whether it is new.

    Handing in the same version at the same placement again gives the submission that is there.
    """
    row = _locked(key, now)
    same = select(SubmissionRow).filter_by(workspace_id=row.id, version=row.version, placement_id=placement_id)
    if (known := db.session.scalar(same)) is not None:
        return submission_of(known), False
    last = find_last_submission(row.id)
    notes = [_note(note) for note in _note_rows(row.id) if not note.deleted]
    added = SubmissionRow(
        workspace_id=row.id,
        placement_id=placement_id,
        number=last.number + 1 if last else 1,
        version=row.version,
        submitted_at=now,
        notes=[_snapshot(note) for note in notes],
        score_given=exercise.score_maximum,
        score_maximum=exercise.score_maximum,
        met=list(score(exercise, notes).met),
        language=language,
    )
    db.session.add(added)
    db.session.flush()
    return submission_of(added), True


def _locked(key: WorkspaceKey, now: datetime) -> WorkspaceRow:
    """Find or make a workspace, and keep other writers out until the transaction ends.

    The update that changes nothing takes the row's lock on PostgreSQL and the file's on SQLite.
    """
    row = found_or_added(WorkspaceRow, asdict(key), {"version": 0, "created_at": now, "changed_at": now})
    untouched = update(WorkspaceRow).where(WorkspaceRow.id == row.id).values(version=WorkspaceRow.version)
    db.session.execute(untouched, execution_options={"synchronize_session": False})
    db.session.refresh(row)
    return row


def _note_rows(workspace_id: int) -> Sequence[NoteRow]:
    query = select(NoteRow).filter_by(workspace_id=workspace_id).order_by(NoteRow.position, NoteRow.id)
    return db.session.scalars(query, execution_options={"populate_existing": True}).all()


def _write(workspace: WorkspaceRow, row: NoteRow | None, decision: Decision, now: datetime) -> NoteRow:
    draft = decision.draft
    workspace.version += 1
    workspace.changed_at = now
    if row is None:
        row = _new_row(workspace, draft, now)
        db.session.add(row)
    row.version = decision.version
    row.deleted = not draft.values
    row.values = dict(draft.values) or row.values
    row.language = draft.language
    row.updated_at = now
    return row


def _new_row(workspace: WorkspaceRow, draft: Draft, now: datetime) -> NoteRow:
    return NoteRow(
        workspace_id=workspace.id,
        id=draft.id,
        part=draft.part,
        cell=draft.cell,
        author_id=workspace.person_id,
        position=workspace.version,
        created_at=now,
    )


def _workspace(row: WorkspaceRow) -> Workspace:
    notes = {note.id: _note(note) for note in _note_rows(row.id)}
    return Workspace(id=row.id, version=row.version, changed_at=row.changed_at, notes=notes)


def _note(row: NoteRow) -> Note:
    return Note(
        id=row.id,
        part=row.part,
        cell=row.cell,
        values={} if row.deleted else row.values,
        version=row.version,
        language=row.language,
    )


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
    )
