"""Reads and writes of exports: asking for one, a worker's taking it and going on with it, and its file."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, select, update

from lti_tool.database import INSERTS, db
from lti_tool.delivery.wakeups import ring_after_commit
from lti_tool.exports.rules import AGAIN_AFTER, KEPT_FOR, LARGEST_GATHERED, LEASE, Export, Problem, State, Wanted
from lti_tool.exports.tables import IS_WAITING, ExportPieceRow, ExportRow

OF_WANTED = tuple(field.name for field in fields(Wanted))

# Asking


def ask(wanted: Wanted, now: datetime) -> Export:
    """Have a file made, once the caller's transaction is committed; who waits for one already gets that one."""
    added = INSERTS[db.engine.dialect.name](ExportRow).values(
        **asdict(wanted),
        state=State.WAITING,
        done=0,
        size=0,
        attempts=0,
        asked_at=now,
        due_at=now,
        ends_at=now + KEPT_FOR,
    )
    db.session.execute(added.on_conflict_do_nothing(index_elements=["person_id"], index_where=IS_WAITING))
    ring_after_commit(db.session)
    waiting = (ExportRow.person_id == wanted.person_id) & (ExportRow.state == State.WAITING)
    return _export(db.session.scalars(select(ExportRow).where(waiting)).one())


def find(export_id: int, person_id: int, now: datetime) -> Export | None:
    """Give an export of this person; of anybody else there is none, nor of one whose day is over."""
    row = db.session.scalar(select(ExportRow).where(_theirs(export_id, person_id, now)))
    return _export(row) if row else None


def file(export_id: int, person_id: int, now: datetime) -> bytes | None:
    """Give what was made for this person."""
    found: bytes | None = db.session.scalar(select(ExportRow.file).where(_theirs(export_id, person_id, now)))
    return found


def _theirs(export_id: int, person_id: int, now: datetime) -> ColumnElement[bool]:
    return (ExportRow.id == export_id) & (ExportRow.person_id == person_id) & (ExportRow.ends_at > now)


def _export(row: ExportRow) -> Export:
    return Export(
        id=row.id,
        wanted=Wanted(**{name: getattr(row, name) for name in OF_WANTED}),
        state=row.state,
        done=row.done,
        total=None if row.workspace_ids is None else len(row.workspace_ids),
        problem=row.problem,
        asked_at=row.asked_at,
        ends_at=row.ends_at,
    )


# Making


class Taken:
    """An export that is this worker's until its lease is over."""

    def __init__(self, row: ExportRow, leased_until: datetime) -> None:
        self.export = _export(row)
        self.workspace_ids = row.workspace_ids
        self.size = row.size
        self.attempts = row.attempts
        self.leased_until = leased_until


def take_due(now: datetime) -> Taken | None:
    """Take one that is due, in a transaction of its own; no two workers get the same."""
    due = (ExportRow.state == State.WAITING) & (ExportRow.due_at <= now)
    number = db.session.scalar(select(ExportRow.id).where(due).order_by(ExportRow.due_at).limit(1))
    if number is None:
        return None
    lease = (
        update(ExportRow).where(ExportRow.id == number, due).values(due_at=now + LEASE, attempts=ExportRow.attempts + 1)
    )
    taken = db.session.scalar(lease.returning(ExportRow.id), execution_options={"synchronize_session": False})
    db.session.commit()
    row = db.session.get(ExportRow, number, populate_existing=True) if taken else None
    return Taken(row, now + LEASE) if row else None


def count(taken: Taken, workspace_ids: Sequence[int], now: datetime) -> None:
    """Keep of which pieces of work it is, and let whoever comes go on."""
    _end(taken, workspace_ids=list(workspace_ids), due_at=now, attempts=0)
    db.session.commit()


def add(taken: Taken, piece: Mapping[str, Any], now: datetime) -> None:
    """Keep one piece more, unless it is too much for one file, and let whoever comes go on."""
    body = json.dumps(piece)
    size, number = taken.size + len(body), taken.export.done
    if size > LARGEST_GATHERED:
        fail(taken, Problem.TOO_LARGE)
        return
    if _end(taken, done=number + 1, size=size, due_at=now, attempts=0):
        db.session.add(ExportPieceRow(export_id=taken.export.id, number=number, body=body))
    db.session.commit()


def pieces(taken: Taken) -> Sequence[Mapping[str, Any]]:
    """Give all that is gathered, in its order."""
    its = select(ExportPieceRow.body).where(ExportPieceRow.export_id == taken.export.id)
    return [json.loads(body) for body in db.session.scalars(its.order_by(ExportPieceRow.number))]


def lengthen(taken: Taken, now: datetime) -> None:
    """Go on having it."""
    if _end(taken, due_at=now + LEASE):
        taken.leased_until = now + LEASE
    db.session.commit()


def put_off(taken: Taken, now: datetime) -> None:
    """Let it be tried again, a little later."""
    _end(taken, due_at=now + AGAIN_AFTER)
    db.session.commit()


def keep(taken: Taken, made: bytes, now: datetime) -> None:
    """Keep the file, for a day from now, and nothing of what it was made of."""
    if _end(taken, state=State.READY, file=made, due_at=None, ends_at=now + KEPT_FOR):
        _forget_pieces(ExportPieceRow.export_id == taken.export.id)
    db.session.commit()


def fail(taken: Taken, problem: Problem) -> None:
    """Give it up."""
    if _end(taken, state=State.FAILED, problem=problem, due_at=None):
        _forget_pieces(ExportPieceRow.export_id == taken.export.id)
    db.session.commit()


def _end(taken: Taken, **values: object) -> bool:
    """Change an export that is still this worker's."""
    its = (ExportRow.id == taken.export.id) & (ExportRow.due_at == taken.leased_until)
    changed = update(ExportRow).where(its).values(**values).returning(ExportRow.id)
    return db.session.scalar(changed, execution_options={"synchronize_session": False}) is not None


def purge(now: datetime, most: int) -> int:
    """Throw away what is older than a day, in the caller's transaction; mostly there is nothing."""
    over = select(ExportRow.id).where(ExportRow.ends_at <= now).limit(most).with_for_update(skip_locked=True)
    found = db.session.scalars(over).all()
    _forget_pieces(ExportPieceRow.export_id.in_(found))
    db.session.execute(delete(ExportRow).where(ExportRow.id.in_(found)))
    return len(found)


def _forget_pieces(which: ColumnElement[bool]) -> None:
    db.session.execute(delete(ExportPieceRow).where(which))
