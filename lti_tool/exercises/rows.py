"""Statements on the rows of one workspace: the store's reads of single notes, and its writes.

Every write counts the workspace up first, which keeps other writers out until the transaction ends: the update takes
the row's lock on PostgreSQL and the file's on SQLite.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, Integer, Row, String, bindparam, cast, func, insert, select, update

from lti_tool.database import INSERTS, Base, db
from lti_tool.exercises import ranks
from lti_tool.exercises.owners import Owner, OwnerKind
from lti_tool.exercises.places import Room
from lti_tool.exercises.rules import Decision, Note
from lti_tool.exercises.tables import NoteRow, WorkspaceRow
from lti_tool.lti.statements import run

_WHOSE = {OwnerKind.PERSON: "person_id", OwnerKind.GROUP: "group_id", OwnerKind.TRIAL: "trial_by"}
"""The column that names an owner of each kind; the course's workspace has none."""

READ = (
    "id",
    "part",
    "cell",
    "values",
    "deleted",
    "version",
    "language",
    "rank",
    "position",
    "place_version",
    "stack_id",
    "is_late",
)
"""Where a note is read from."""

# Every save runs these, and writing a statement costs more than running it: each is written once, and goes past the
# session. What a save looks up has a name with a dash in front, since a column of the same name may be written too.
_WORKSPACE, _NOTE = (Base.metadata.tables[row.__tablename__] for row in (WorkspaceRow, NoteRow))
_IN_WORKSPACE = _NOTE.c.workspace_id == bindparam("_workspace", type_=Integer)
_THIS_WORKSPACE = _WORKSPACE.c.id == bindparam("_workspace", type_=Integer)
_THIS_NOTE = _IN_WORKSPACE & (_NOTE.c.id == bindparam("_note", type_=String))
_PART = _NOTE.c.part == bindparam("_part", type_=String)
_CELL = _PART & (_NOTE.c.cell == bindparam("_cell", type_=String))

_TELL_OTHERS = (
    update(WorkspaceRow)
    .where(WorkspaceRow.id == bindparam("_workspace", type_=Integer))
    .values(people_version=WorkspaceRow.people_version + 1)
)
_LOCK = update(_WORKSPACE).where(_THIS_WORKSPACE).values(version=_WORKSPACE.c.version).returning(_WORKSPACE.c.version)
_VERSION = select(_WORKSPACE.c.version).where(_THIS_WORKSPACE)
_COUNT_UP = (
    update(_WORKSPACE)
    .where(_THIS_WORKSPACE)
    .values(version=_WORKSPACE.c.version + 1, changed_at=bindparam("_now", type_=_WORKSPACE.c.changed_at.type))
    .returning(_WORKSPACE.c.version)
)
_COUNT_UP_UNCHANGED = _COUNT_UP.where(_WORKSPACE.c.version == bindparam("_version", type_=Integer))

_READ = select(*(_NOTE.c[name] for name in READ))
_READ_ONE, _READ_ALL = _READ.where(_THIS_NOTE), _READ.where(_IN_WORKSPACE)
_READ_PART, _READ_CELL = _READ_ALL.where(_PART), _READ_ALL.where(_CELL)
_ROOM = select(
    func.sum(cast(~_NOTE.c.deleted & _CELL, Integer)).label("in_cell"),
    func.sum(cast(~_NOTE.c.deleted, Integer)).label("in_all"),
    func.count().label("ever"),
).where(_IN_WORKSPACE)
_ADD = insert(_NOTE)
_CHANGE = update(_NOTE).where(_THIS_NOTE)
_REWRITE = _CHANGE.where(_NOTE.c.version == bindparam("_version", type_=Integer)).returning(_NOTE.c.version)
_PLACE = _CHANGE.values(place_version=_NOTE.c.place_version + 1)


class Overtaken(Exception):
    """Somebody wrote between what was read and what is to be written: nothing may be decided on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A workspace as it was when something was decided."""

    id: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change of a workspace that was counted: all that it writes is marked with its number, for pages that ask."""

    workspace_id: int
    number: int
    """The workspace's version that it makes."""


def lock(workspace_id: int) -> Seen:
    """Keep other writers out until the transaction ends, without a change."""
    version: int = run(_LOCK, {"_workspace": workspace_id}).scalar_one()
    return Seen(id=workspace_id, version=version)


def begin(course_id: int, exercise: str, owner: Owner, now: datetime) -> None:
    """Make an empty workspace, unless somebody just did."""
    whose = {_WHOSE[owner.kind]: owner.id} if owner.kind in _WHOSE else {}
    made = {"version": 0, "created_at": now, "changed_at": now}
    added = INSERTS[db.engine.dialect.name](WorkspaceRow).values(
        course_id=course_id, exercise=exercise, **whose, **made
    )
    db.session.execute(added.on_conflict_do_nothing())


def tell_others(workspace_id: int) -> None:
    """Let open pages notice what is no change of a note: who is here, a vote, what stands around notes."""
    run(_TELL_OTHERS, {"_workspace": workspace_id})


def count_up(seen: Seen, now: datetime, *, only_if_unchanged: bool) -> Change:
    """Count one change of a workspace.

    Raises:
        Overtaken: it has changed since it was seen.
    """
    asked = {"_workspace": seen.id, "_now": now}
    if only_if_unchanged:
        version: int | None = run(_COUNT_UP_UNCHANGED, {**asked, "_version": seen.version}).scalar()
    else:
        version = run(_COUNT_UP, asked).scalar()
    if version is None:
        raise Overtaken
    return Change(workspace_id=seen.id, number=version)


def require_unchanged(seen: Seen) -> None:
    """Insist that nobody wrote since a workspace was seen.

    Raises:
        Overtaken: somebody did.
    """
    if run(_VERSION, {"_workspace": seen.id}).scalar() != seen.version:
        raise Overtaken


# Reads


def find(workspace_id: int, note_id: str) -> Note | None:
    """Give one note."""
    return next(iter(_read(_READ_ONE, _workspace=workspace_id, _note=note_id)), None)


def in_cell(workspace_id: int, part: str, cell: str) -> Sequence[Note]:
    """Give the notes of a cell, deleted ones included, in their order."""
    return _read(_READ_CELL, _workspace=workspace_id, _part=part, _cell=cell)


def in_part(workspace_id: int, part: str) -> Sequence[Note]:
    """Give the notes of a part, deleted ones included, those of a cell in their order."""
    return _read(_READ_PART, _workspace=workspace_id, _part=part)


def in_all(workspace_id: int) -> Sequence[Note]:
    """Give the notes of a workspace, deleted ones included, those of a cell in their order."""
    return _read(_READ_ALL, _workspace=workspace_id)


def in_each(workspace_ids: Collection[int]) -> Mapping[int, Sequence[Note]]:
    """Give the notes of several workspaces in one statement, deleted ones included, those of a cell in their order."""
    found: dict[int, list[Note]] = {workspace_id: [] for workspace_id in workspace_ids}
    query = _READ.add_columns(_NOTE.c.workspace_id).where(_NOTE.c.workspace_id.in_(workspace_ids))
    for row in run(query, {}):
        found[row.workspace_id].append(note_of(row))
    return {workspace_id: _in_order(notes) for workspace_id, notes in found.items()}


def _read(query: Executable, **asked: int | str) -> Sequence[Note]:
    return _in_order(map(note_of, run(query, asked)))


def _in_order(notes: Iterable[Note]) -> Sequence[Note]:
    return sorted(notes, key=lambda note: (note.rank, note.id))


def room(workspace_id: int, part: str, cell: str) -> Room:
    """Count the notes that are there already, by the index alone."""
    counted = run(_ROOM, {"_workspace": workspace_id, "_part": part, "_cell": cell}).one()
    return Room(in_cell=counted.in_cell or 0, in_all=counted.in_all or 0, ever=counted.ever)


def note_of(row: Row[Any]) -> Note:
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


def add(change: Change, decision: Decision, author_id: int, rank: str, now: datetime) -> None:
    """Write a new note."""
    draft = decision.draft
    note = {"part": draft.part, "cell": draft.cell, "values": dict(draft.values), "language": draft.language}
    made = {"author_id": author_id, "position": change.number, "created_at": now, "updated_at": now}
    key = {"workspace_id": change.workspace_id, "id": draft.id, "changed_in": change.number, "is_late": draft.is_late}
    run(_ADD, {**key, **note, **made, "version": decision.version, "rank": rank, "deleted": False})


def rewrite(change: Change, decision: Decision, now: datetime) -> None:
    """Write a note's words, unless they changed since; a deleted note keeps its last ones.

    Raises:
        Overtaken: they did.
    """
    draft = decision.draft
    words = {"values": dict(draft.values), "language": draft.language} if draft.values else {}
    news = {"version": decision.version, "deleted": not draft.values, "updated_at": now, **words}
    if run(_REWRITE, {**_marked(change, draft.id), **news, "_version": decision.version - 1}).first() is None:
        raise Overtaken


def place(change: Change, note_id: str, cell: str, rank: str) -> None:
    """Write where a note was moved; that takes it out of its stack."""
    run(_PLACE, {**_marked(change, note_id), "cell": cell, "rank": rank, "stack_id": None})


def renumber(change: Change, ranks_by_id: Mapping[str, str]) -> None:
    """Write the ranks of notes that weren't moved: seldom any."""
    for note_id, key in ranks_by_id.items():
        run(_CHANGE, {**_marked(change, note_id), "rank": key})


def _marked(change: Change, note_id: str) -> dict[str, Any]:
    """Say which note changes, and in which change."""
    return {"_workspace": change.workspace_id, "_note": note_id, "changed_in": change.number}
