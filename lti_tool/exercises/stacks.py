"""Stacks of alike notes: reads and writes."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select, update

from lti_tool.database import INSERTS, db
from lti_tool.exercises import rows, stacking
from lti_tool.exercises.rows import Seen
from lti_tool.exercises.stacking import Decision, Draft, Stack
from lti_tool.exercises.store import WorkspaceKey, is_at, locked
from lti_tool.exercises.tables import NoteRow, StackRow, WorkspaceRow
from lti_tool.lti.statements import run

_STACK = StackRow.__table__


def find(key: WorkspaceKey, stack_id: str) -> Stack | None:
    """Give a stack of a workspace, also one that was taken apart."""
    workspace_id = db.session.scalar(select(WorkspaceRow.id).where(is_at(key)))
    return _find(workspace_id, stack_id) if workspace_id else None


def in_all(workspace_ids: Collection[int]) -> Mapping[int, Mapping[str, Stack]]:
    """Give the stacks of workspaces by their ids, in one statement."""
    found: dict[int, dict[str, Stack]] = {workspace_id: {} for workspace_id in workspace_ids}
    there = _stacks().where(_STACK.c.workspace_id.in_(workspace_ids), ~_STACK.c.deleted)
    for row in run(there, {}):
        found[row.workspace_id][row.id] = _stack_of(row)
    return found


def changed_since(workspace_id: int, version: int) -> Sequence[Stack]:
    """Give the stacks that changed after a version of a workspace, for pages that ask; those taken apart too."""
    news = _stacks().where(_STACK.c.workspace_id == workspace_id, _STACK.c.changed_in > version)
    return [_stack_of(row) for row in run(news, {})]


def save(key: WorkspaceKey, draft: Draft, now: datetime, *, author_id: int) -> Decision:
    """Save a stack, in the caller's transaction, with everybody else kept out; tell what became of it."""
    seen = locked(key, now)
    saved = _find(seen.id, draft.stack.id)
    where = saved or draft.stack
    here = {note.id: note.stack_id for note in rows.in_cell(seen.id, where.part, where.cell) if note.values}
    decision = stacking.decide(saved, draft, here)
    if decision.is_written:
        number = rows.count_up(seen, now, only_if_unchanged=False).number
        _write(seen, decision, number, author_id)
        _lay(seen, decision.draft.put, draft.stack.id, number)
        _lay(seen, decision.draft.take, None, number)
    return decision


def _write(seen: Seen, decision: Decision, number: int, author_id: int) -> None:
    """Write the heading as the draft has it; one that is taken apart keeps its last words."""
    wanted = decision.draft.stack
    told: dict[str, Any] = {"version": decision.version, "changed_in": number, "deleted": wanted.is_apart}
    words = {} if wanted.is_apart else {"heading": wanted.heading, "language": wanted.language}
    whole = {"part": wanted.part, "cell": wanted.cell, "heading": wanted.heading, "language": wanted.language}
    put = INSERTS[db.engine.dialect.name](StackRow)
    put = put.values(workspace_id=seen.id, id=wanted.id, author_id=author_id, **whole, **told)
    db.session.execute(put.on_conflict_do_update(index_elements=["workspace_id", "id"], set_={**told, **words}))


def _lay(seen: Seen, note_ids: Iterable[str], stack_id: str | None, number: int) -> None:
    laid = update(NoteRow).where(NoteRow.workspace_id == seen.id, NoteRow.id.in_(list(note_ids)))
    laid = laid.values(stack_id=stack_id, changed_in=number)
    db.session.execute(laid, execution_options={"synchronize_session": False})


def _find(workspace_id: int, stack_id: str) -> Stack | None:
    row = run(_stacks().where(_STACK.c.workspace_id == workspace_id, _STACK.c.id == stack_id), {}).first()
    return _stack_of(row) if row else None


def _stacks() -> Select[Any]:
    return select(*_STACK.c)


def _stack_of(row: Row[Any]) -> Stack:
    return Stack(
        id=row.id,
        part=row.part,
        cell=row.cell,
        heading=row.heading,
        language=row.language,
        version=row.version,
        is_apart=row.deleted,
    )
