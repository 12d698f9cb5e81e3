"""Reads and writes of the outbox."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, select, update

from lti_tool.database import INSERTS, db
from lti_tool.delivery.rules import LEASE, next_stamp
from lti_tool.delivery.tables import DeliveryRow, DeliveryState, WorkerRow

FORGOTTEN_AFTER = timedelta(days=1)
"""How long a worker that no longer shows itself is remembered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One score that is due."""

    id: int
    placement_id: int
    person_id: int
    given: float
    maximum: float
    scored_at: datetime
    attempts: int
    created_at: datetime


def add_score(placement_id: int, person_id: int, *, given: float, maximum: float, now: datetime) -> None:
    """Put a score into the outbox, in the caller's transaction; it takes the place of any that still waits."""
    of_this_grade = _of_grade(placement_id, person_id)
    last = db.session.scalar(
        select(DeliveryRow.scored_at).where(*of_this_grade).order_by(DeliveryRow.scored_at.desc()).limit(1)
    )
    db.session.execute(
        update(DeliveryRow)
        .where(*of_this_grade, DeliveryRow.state == DeliveryState.DUE)
        .values(state=DeliveryState.SUPERSEDED, ended_at=now)
    )
    db.session.add(
        DeliveryRow(
            placement_id=placement_id,
            person_id=person_id,
            score={"given": given, "maximum": maximum},
            scored_at=next_stamp(now, last),
            state=DeliveryState.DUE,
            due_at=now,
            created_at=now,
        )
    )


def _of_grade(placement_id: int, person_id: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return DeliveryRow.placement_id == placement_id, DeliveryRow.person_id == person_id


def take_due(now: datetime, limit: int) -> Sequence[Delivery]:
    """Take what is due for two minutes, in a transaction of its own; no two workers get the same."""
    due = (
        select(DeliveryRow.id)
        .where(DeliveryRow.state == DeliveryState.DUE, DeliveryRow.due_at <= now)
        .order_by(DeliveryRow.due_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    taken = (
        update(DeliveryRow)
        .where(DeliveryRow.id.in_(due), DeliveryRow.state == DeliveryState.DUE, DeliveryRow.due_at <= now)
        .values(due_at=now + LEASE, attempts=DeliveryRow.attempts + 1)
        .returning(DeliveryRow)
    )
    rows = db.session.scalars(taken, execution_options={"synchronize_session": False}).all()
    deliveries = [_delivery(row) for row in rows]
    db.session.commit()
    return deliveries


def _delivery(row: DeliveryRow) -> Delivery:
    return Delivery(
        id=row.id,
        placement_id=row.placement_id,
        person_id=row.person_id,
        given=row.score["given"],
        maximum=row.score["maximum"],
        scored_at=row.scored_at,
        attempts=row.attempts,
        created_at=row.created_at,
    )


def end(delivery: Delivery, state: DeliveryState, problem: str | None, now: datetime) -> None:
    """Record how a delivery ended, unless a newer score took its place meanwhile."""
    _change(delivery, state=state, problem=problem, ended_at=now)


def try_again(delivery: Delivery, at: datetime, problem: str) -> None:
    """Put a delivery off."""
    _change(delivery, due_at=at, problem=problem)


def restamp(delivery: Delivery, now: datetime) -> None:
    """Give a score a later time, because Moodle holds an older score of ours with a time as late as its own."""
    stamp = next_stamp(now, delivery.scored_at)
    _change(delivery, scored_at=stamp, due_at=now + timedelta(seconds=1))


def _change(delivery: Delivery, **values: object) -> None:
    waiting = (DeliveryRow.id == delivery.id, DeliveryRow.state == DeliveryState.DUE)
    db.session.execute(update(DeliveryRow).where(*waiting).values(**values))
    db.session.commit()


def sent_before(delivery: Delivery) -> Sequence[float]:
    """Give the scores that were sent earlier for the same grade, as shares of their maximum."""
    rows = db.session.scalars(
        select(DeliveryRow)
        .where(*_of_grade(delivery.placement_id, delivery.person_id))
        .where(DeliveryRow.id < delivery.id, DeliveryRow.attempts > 0)
    )
    return [row.score["given"] / row.score["maximum"] for row in rows]


def newest_states(placement_ids: Iterable[int], person_ids: Iterable[int]) -> Mapping[int, DeliveryState]:
    """Give, by person, the state of the newest score for any of these placements."""
    rows = db.session.execute(
        select(DeliveryRow.person_id, DeliveryRow.state)
        .where(DeliveryRow.placement_id.in_(list(placement_ids)), DeliveryRow.person_id.in_(list(person_ids)))
        .order_by(DeliveryRow.id)
    )
    return {person_id: state for person_id, state in rows}  # noqa: C416 - dict(rows) would hide that the last one counts


def beat(name: str, now: datetime) -> None:
    """Record that a worker works, in a transaction of its own; forget those that ended long ago."""
    seen = INSERTS[db.engine.dialect.name](WorkerRow).values(name=name, seen_at=now)
    db.session.execute(seen.on_conflict_do_update(index_elements=["name"], set_={"seen_at": now}))
    db.session.execute(delete(WorkerRow).where(WorkerRow.seen_at < now - FORGOTTEN_AFTER))
    db.session.commit()


def newest_beat() -> datetime | None:
    """Tell when a worker last showed that it works; nothing where none did lately."""
    return db.session.scalar(select(func.max(WorkerRow.seen_at)))
