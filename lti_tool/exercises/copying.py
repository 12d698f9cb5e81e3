"""Copies notes from one workspace into another, with their origin; what was copied stays as it is.

A copy is a note of its own from then on. An answer goes beside the one answer of its place, which it doesn't change.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import insert, select

from content.model import Exercise
from lti_tool.database import INSERTS, db
from lti_tool.exercises import ranks, rows, rules
from lti_tool.exercises.rows import Seen
from lti_tool.exercises.rules import Note
from lti_tool.exercises.tables import BroughtRow, NoteRow

COPIES = UUID("0b5c4e0e-8d4f-4f53-8f0c-0b1d0f6d1c8e")
"""Namespace of the ids of copies: copying a note to the same canvas again makes the same id."""


def is_answer(exercise: Exercise, note: Note) -> bool:
    """Tell whether a note is the one answer of its place, beside which others stand."""
    part = rules.place(exercise, note.part, note.cell)
    return part is not None and part.notes_per_cell == 1


def missing(seen: Seen, notes: Iterable[Note]) -> Mapping[str, Note]:
    """Give the notes that never came to a workspace, by the ids of their copies there."""
    named = {copy_id(seen.id, note.id): note for note in notes}
    return {name: note for name, note in named.items() if rows.find(seen.id, name) is None}


def copy(seen: Seen, source_id: int, notes: Mapping[str, Note], now: datetime, *, is_late: bool = False) -> Seen:
    """Copy notes, by the ids of their copies, to a workspace that is locked; give it as it is then."""
    if not notes:
        return seen
    whose = authors(source_id, [note.id for note in notes.values()])
    version = rows.count_up(seen, now, only_if_unchanged=False).number
    made = {
        "version": 1,
        "position": version,
        "changed_in": version,
        "created_at": now,
        "updated_at": now,
        "is_late": is_late,
    }
    db.session.execute(
        insert(NoteRow),
        [
            {
                **made,
                "workspace_id": seen.id,
                "id": name,
                "part": note.part,
                "cell": note.cell,
                "values": dict(note.values),
                "language": note.language,
                "author_id": whose[note.id],
                "rank": ranks.numbered(version) + f"{number:04x}{ranks.MIDDLE}",
                "from_workspace_id": source_id,
                "from_note_id": note.id,
            }
            for number, (name, note) in enumerate(notes.items(), start=1)
        ],
    )
    return Seen(id=seen.id, version=version)


def authors(workspace_id: int, note_ids: Sequence[str]) -> Mapping[str, int]:
    """Give who wrote notes, by the notes' ids."""
    found = select(NoteRow.id, NoteRow.author_id).where(NoteRow.workspace_id == workspace_id, NoteRow.id.in_(note_ids))
    return {row.id: row.author_id for row in db.session.execute(found)}


def copy_id(workspace_id: int, note_id: str) -> str:
    """Name a note's copy in a workspace."""
    return str(uuid5(COPIES, f"{workspace_id}/{note_id}"))


def stand_beside(seen: Seen, answers: Collection[Note], whose: Mapping[str, int], source_id: int | None = None) -> None:
    """Put answers beside the common ones, the newest words of a person in the place of older ones.

    `source_id` is the group's workspace that they were sent from, if it was one.
    """
    put = INSERTS[db.engine.dialect.name](BroughtRow)
    keys = ("workspace_id", "part", "cell", "author_id")
    new = {name: put.excluded[name] for name in ("values", "language", "from_workspace_id")}
    put = put.on_conflict_do_update(index_elements=keys, set_=new)
    for note in answers:
        where = {"workspace_id": seen.id, "part": note.part, "cell": note.cell, "author_id": whose[note.id]}
        words = {"values": dict(note.values), "language": note.language, "from_workspace_id": source_id}
        db.session.execute(put, {**where, **words})
    if answers:
        rows.tell_others(seen.id)
