"""Brings what people wrote alone to the canvas where they go on together; what each wrote stays where it was.

A note is copied, with its origin. Where the canvas has one answer, each person's own stands beside it. To be done again
at any time: what came already isn't copied twice, and what was changed or deleted together isn't undone.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import Row, func, insert, select

from content.model import Exercise
from lti_tool.database import INSERTS, db
from lti_tool.exercises import access, arrangements, owners, ranks, rows, rules, situations
from lti_tool.exercises.access import Situation
from lti_tool.exercises.modes import Arrangement, Mode
from lti_tool.exercises.owners import Owner
from lti_tool.exercises.rows import Seen
from lti_tool.exercises.rules import Note
from lti_tool.exercises.sheet import Brought, Place
from lti_tool.exercises.store import WorkspaceKey, is_at, locked
from lti_tool.exercises.tables import BroughtRow, GatheringRow, NoteRow, WorkspaceRow
from lti_tool.groups import store as groups
from lti_tool.groups.tables import GroupRow
from lti_tool.lti.tables import PersonRow

COPIES = UUID("0b5c4e0e-8d4f-4f53-8f0c-0b1d0f6d1c8e")
"""Namespace of the ids of copies: copying a note to the same canvas again makes the same id."""


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
        answers = [note for note in written if is_answer(exercise, note)]
        stand_beside(seen, answers, {note.id: author_id for note in answers})
        seen = copy(seen, source_id, [note for note in written if note not in answers], now)
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


def is_answer(exercise: Exercise, note: Note) -> bool:
    """Tell whether a note is the one answer of its place, beside which others stand."""
    part = rules.place(exercise, note.part, note.cell)
    return part is not None and part.notes_per_cell == 1


def copy(seen: Seen, source_id: int, notes: Sequence[Note], now: datetime) -> Seen:
    """Copy notes to a workspace that is locked, those that came already left out; give it as it is then."""
    missing = [note for note in notes if rows.find(seen.id, copy_id(seen.id, note.id)) is None]
    if not missing:
        return seen
    whose = authors(source_id, [note.id for note in missing])
    version = rows.count_up(seen, now, only_if_unchanged=False).number
    made = {"version": 1, "position": version, "changed_in": version, "created_at": now, "updated_at": now}
    db.session.execute(
        insert(NoteRow),
        [
            {
                **made,
                "workspace_id": seen.id,
                "id": copy_id(seen.id, note.id),
                "part": note.part,
                "cell": note.cell,
                "values": dict(note.values),
                "language": note.language,
                "author_id": whose[note.id],
                "rank": ranks.numbered(version) + f"{number:04x}{ranks.MIDDLE}",
                "from_workspace_id": source_id,
                "from_note_id": note.id,
            }
            for number, note in enumerate(missing, start=1)
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


def _note_down(workspace_id: int, source_id: int, version: int) -> None:
    """Remember up to which of its versions a workspace was brought."""
    put = INSERTS[db.engine.dialect.name](GatheringRow)
    put = put.values(workspace_id=workspace_id, from_workspace_id=source_id, version=version)
    keys = ["workspace_id", "from_workspace_id"]
    db.session.execute(put.on_conflict_do_update(index_elements=keys, set_={"version": version}))


def beside(workspace_id: int) -> Mapping[Place, Sequence[Brought]]:
    """Give what people had answered alone, or groups sent, by its place; which person's it is, is not told."""
    return beside_in([workspace_id])[workspace_id]


def beside_in(workspace_ids: Collection[int]) -> Mapping[int, Mapping[Place, Sequence[Brought]]]:
    """Give the same of several workspaces, in one statement."""
    found: dict[int, defaultdict[Place, list[Brought]]] = {each: defaultdict(list) for each in workspace_ids}
    answers = (
        select(BroughtRow, GroupRow)
        .outerjoin(WorkspaceRow, WorkspaceRow.id == BroughtRow.from_workspace_id)
        .outerjoin(GroupRow, GroupRow.id == WorkspaceRow.group_id)
        .where(BroughtRow.workspace_id.in_(workspace_ids))
        .order_by(BroughtRow.author_id)
    )
    for row, group in db.session.execute(answers):
        found[row.workspace_id][row.part, row.cell].append(_brought(row, group))
    return found


def _brought(row: BroughtRow, group: GroupRow | None) -> Brought:
    return Brought(values=row.values, language=row.language, origin=groups.group_of(group) if group else None)
