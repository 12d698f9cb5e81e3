"""Statements on the rows of one workspace: the store's reads of single notes, and its writes.

Every write counts the workspace up first, which keeps other writers out until the transaction ends: the update takes
the row's lock on PostgreSQL and the file's on SQLite.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, Result, Update, cast, func, insert, select, update
from sqlalchemy.sql.dml import ReturningUpdate

from lti_tool.database import INSERTS, db
from lti_tool.exercises import ranks
from lti_tool.exercises.owners import Owner, OwnerKind
from lti_tool.exercises.places import Room
from lti_tool.exercises.rules import Decision, Note
from lti_tool.exercises.tables import NoteRow, WorkspaceRow

_WHOSE = {OwnerKind.PERSON: "person_id", OwnerKind.GROUP: "group_id", OwnerKind.TRIAL: "trial_by"}
"""The column that names an owner of each kind; the course's workspace has none."""


class Overtaken(Exception):
    """Somebody wrote between what was read and what is to be written: nothing may be decided on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A workspace as it was when something was decided."""

    id: int
    version: int


def lock(workspace_id: int) -> Seen:
    """Keep other writers out until the transaction ends, without a change."""
    untouched = update(WorkspaceRow).where(WorkspaceRow.id == workspace_id).values(version=WorkspaceRow.version)
    version: int = _execute(untouched.returning(WorkspaceRow.version)).scalar_one()
    return Seen(id=workspace_id, version=version)


def begin(course_id: int, exercise: str, owner: Owner, now: datetime) -> None:
    """Make an empty workspace, unless somebody just did."""
    whose = {_WHOSE[owner.kind]: owner.id} if owner.kind in _WHOSE else {}
    made = {"version": 0, "created_at": now, "changed_at": now}
    added = INSERTS[db.engine.dialect.name](WorkspaceRow).values(
        course_id=course_id, exercise=exercise, **whose, **made
    )
    db.session.execute(added.on_conflict_do_nothing())


def count_up(seen: Seen, now: datetime, *, only_if_unchanged: bool) -> int:
    """Count one change of a workspace; give its new version.

    Raises:
        Overtaken: it has changed since it was seen.
    """
    counted = update(WorkspaceRow).where(WorkspaceRow.id == seen.id)
    if only_if_unchanged:
        counted = counted.where(WorkspaceRow.version == seen.version)
    counted = counted.values(version=WorkspaceRow.version + 1, changed_at=now)
    version: int | None = _execute(counted.returning(WorkspaceRow.version)).scalar()
    if version is None:
        raise Overtaken
    return version


def require_unchanged(seen: Seen) -> None:
    """Insist that nobody wrote since a workspace was seen.

    Raises:
        Overtaken: somebody did.
    """
    version = db.session.scalar(select(WorkspaceRow.version).where(WorkspaceRow.id == seen.id))
    if version != seen.version:
        raise Overtaken


# Reads


def find(workspace_id: int, note_id: str) -> Note | None:
    """Give one note."""
    return next(iter(_read(workspace_id, id=note_id)), None)


def in_cell(workspace_id: int, part: str, cell: str) -> Sequence[Note]:
    """Give the notes of a cell, deleted ones included, in their order."""
    return _read(workspace_id, part=part, cell=cell)


def in_part(workspace_id: int, part: str) -> Sequence[Note]:
    """Give the notes of a part, deleted ones included, those of a cell in their order."""
    return _read(workspace_id, part=part)


def in_all(workspace_id: int) -> Sequence[Note]:
    """Give the notes of a workspace, deleted ones included, those of a cell in their order."""
    return _read(workspace_id)


def in_each(workspace_ids: Collection[int]) -> Mapping[int, Sequence[Note]]:
    """Give the notes of several workspaces in one statement, deleted ones included, those of a cell in their order."""
    found: dict[int, list[Note]] = {workspace_id: [] for workspace_id in workspace_ids}
    for row in db.session.scalars(select(NoteRow).where(NoteRow.workspace_id.in_(workspace_ids))):
        found[row.workspace_id].append(_note_of(row))
    return {workspace_id: _in_order(notes) for workspace_id, notes in found.items()}


def _read(workspace_id: int, **which: str) -> Sequence[Note]:
    """Read notes as they are now, whatever was read before."""
    query = select(NoteRow).filter_by(workspace_id=workspace_id, **which)
    found = db.session.scalars(query, execution_options={"populate_existing": True})
    return _in_order(map(_note_of, found))


def _in_order(notes: Iterable[Note]) -> Sequence[Note]:
    return sorted(notes, key=lambda note: (note.rank, note.id))


def room(workspace_id: int, part: str, cell: str) -> Room:
    """Count the notes that are there already, by the index alone."""
    here = ~NoteRow.deleted & (NoteRow.part == part) & (NoteRow.cell == cell)
    counts = select(func.sum(cast(here, Integer)), func.sum(cast(~NoteRow.deleted, Integer)), func.count())
    in_cell, in_all, ever = db.session.execute(counts.where(NoteRow.workspace_id == workspace_id)).one()
    return Room(in_cell=in_cell or 0, in_all=in_all or 0, ever=ever)


def _note_of(row: NoteRow) -> Note:
    """Take a note out of its row; a deleted one has no values."""
    return Note(
        id=row.id,
        part=row.part,
        cell=row.cell,
        values={} if row.deleted else row.values,
        version=row.version,
        language=row.language,
        rank=row.rank or ranks.numbered(row.position),
        place_version=row.place_version,
        stack_id=row.stack_id,
        is_late=row.is_late,
    )


# Writes


def add(seen: Seen, decision: Decision, author_id: int, rank: str, now: datetime) -> None:
    """Write a new note, in the change that the workspace counts next."""
    draft = decision.draft
    note = {"part": draft.part, "cell": draft.cell, "values": dict(draft.values), "language": draft.language}
    made = {"author_id": author_id, "position": seen.version + 1, "created_at": now, "updated_at": now}
    key = {"workspace_id": seen.id, "id": draft.id, "is_late": draft.is_late}
    db.session.execute(insert(NoteRow).values(**key, **note, **made, version=decision.version, rank=rank))


def change(seen: Seen, decision: Decision, now: datetime) -> None:
    """Write a note's words, unless they changed since; a deleted note keeps its last ones.

    Raises:
        Overtaken: they did.
    """
    draft = decision.draft
    words = {"values": dict(draft.values), "language": draft.language} if draft.values else {}
    changed = _note(seen, draft.id).where(NoteRow.version == decision.version - 1)
    changed = changed.values(version=decision.version, deleted=not draft.values, updated_at=now, **words)
    if _execute(changed.returning(NoteRow.version)).first() is None:
        raise Overtaken


def place(seen: Seen, note_id: str, cell: str, rank: str) -> None:
    """Write where a note was moved; that takes it out of its stack."""
    moved = {"cell": cell, "rank": rank, "place_version": NoteRow.place_version + 1, "stack_id": None}
    _execute(_note(seen, note_id).values(**moved))


def renumber(seen: Seen, ranks_by_id: Mapping[str, str]) -> None:
    """Write the ranks of notes that weren't moved: seldom any."""
    for note_id, key in ranks_by_id.items():
        _execute(_note(seen, note_id).values(rank=key))


def _note(seen: Seen, note_id: str) -> Update:
    return update(NoteRow).where(NoteRow.workspace_id == seen.id, NoteRow.id == note_id)


def _execute(statement: Update | ReturningUpdate[tuple[int]]) -> Result[Any]:
    return db.session.execute(statement, execution_options={"synchronize_session": False})
