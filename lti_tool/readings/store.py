"""Wanting a reading, and a worker's taking and ending it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute

from lti_tool.database import db, found_or_added
from lti_tool.delivery.wakeups import ring_after_commit
from lti_tool.readings.rules import ASK_EVERY, Reading
from lti_tool.readings.tables import ReadingRow

LEASE = timedelta(minutes=3)
"""For which a reading is one worker's; longer than a fetch can take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What is read: the table that says when, with a row for each thing, and the column that names it."""

    table: type[ReadingRow]
    key: InstrumentedAttribute[int]

    @property
    def columns(self) -> tuple[ColumnElement[datetime | None], ...]:
        """Where a `Reading` is read from."""
        table = self.table.__table__.c
        return table.fetched_at, table.asked_at, table.due_at, table.failed_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A reading that a worker took."""

    number: int
    """Of the thing that is read."""
    attempts: int
    leased_until: datetime


def reading(values: Iterable[datetime | None]) -> Reading:
    """Make a reading of what a kind's columns hold."""
    fetched_at, asked_at, due_at, failed_at = values
    return Reading(fetched_at=fetched_at, asked_at=asked_at, is_wanted=due_at is not None, failed_at=failed_at)


def want(kind: Kind, number: int, now: datetime) -> None:
    """Have a worker read it, once the caller's transaction is committed, at most once a minute."""
    found_or_added(kind.table, {kind.key.key: number}, {"attempts": 0})
    db.session.execute(
        update(kind.table)
        .where(kind.key == number)
        .where(or_(kind.table.asked_at.is_(None), kind.table.asked_at <= now - ASK_EVERY))
        .values(asked_at=now, due_at=now, attempts=0)
    )
    ring_after_commit(db.session)


def take_due(kind: Kind, now: datetime) -> Due | None:
    """Take one reading that is due, in a transaction of its own; no two workers get the same."""
    due = kind.table.due_at <= now
    number = db.session.scalar(select(kind.key).where(due).order_by(kind.table.due_at).limit(1))
    if number is None:
        return None
    attempts = db.session.scalar(
        update(kind.table)
        .where(kind.key == number, due)
        .values(due_at=now + LEASE, attempts=kind.table.attempts + 1)
        .returning(kind.table.attempts)
    )
    db.session.commit()
    return None if attempts is None else Due(number=number, attempts=attempts, leased_until=now + LEASE)


def keep(kind: Kind, due: Due, put: Callable[[], None], now: datetime) -> None:
    """Put what was read in the place of what we held, unless the reading is no longer this worker's."""
    if _end(kind, due, fetched_at=now, due_at=None, attempts=0, failed_at=None, problem=None):
        put()
    db.session.commit()


def put_off(kind: Kind, due: Due, until: datetime | None, problem: str, now: datetime) -> None:
    """Record a failed try, and when to try next, if at all; what we held stays."""
    _end(kind, due, due_at=until, failed_at=now, problem=problem)
    db.session.commit()


def _end(kind: Kind, due: Due, **values: object) -> bool:
    """Change a reading that this worker took, and nobody else took or asked for since."""
    changed = (
        update(kind.table)
        .where(kind.key == due.number, kind.table.due_at == due.leased_until)
        .values(**values)
        .returning(kind.key)
    )
    return db.session.scalar(changed, execution_options={"synchronize_session": False}) is not None
