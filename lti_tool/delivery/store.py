"""Reads and writes of the outbox."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, ScalarSelect, and_, delete, exists, func, or_, select, update
from sqlalchemy.orm import aliased, join, outerjoin

from lti_tool.database import INSERTS, db
from lti_tool.delivery import pace
from lti_tool.delivery.rules import AHEAD, LEASE, Cause, earliest, first_try, next_stamp
from lti_tool.delivery.tables import DeliveryRow, DeliveryState, PaceRow, WorkerRow
from lti_tool.delivery.wakeups import ring_after_commit
from lti_tool.keeping import delete_some
from lti_tool.lti.tables import PersonRow, PlacementRow

PACED = outerjoin(
    join(DeliveryRow, PlacementRow, PlacementRow.id == DeliveryRow.placement_id),
    PaceRow,
    PaceRow.registration_id == PlacementRow.registration_id,
)
"""Deliveries with what tells how fast their platforms may be asked."""
FORGOTTEN_AFTER = timedelta(days=1)
"""How long a worker that no longer shows itself is remembered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One score that is due."""

    id: int
    placement_id: int
    person_id: int
    registration_id: int
    given: float
    maximum: float
    scored_at: datetime
    attempts: int
    leased_until: datetime
    created_at: datetime
    comment: str | None


def add_score(  # noqa: PLR0913 - a score has that many parts
    placement_id: int, person_id: int, *, given: float, maximum: float, now: datetime, comment: str | None = None
) -> None:
    """Put a score into the outbox, in the caller's transaction; it takes the place of any that still waits.

    Workers are woken once the transaction is committed.
    """
    stamp = next_stamp(now, _cleared(placement_id, person_id, now))
    db.session.add(
        DeliveryRow(
            placement_id=placement_id,
            person_id=person_id,
            score={"given": given, "maximum": maximum},
            comment=comment,
            scored_at=stamp,
            state=DeliveryState.DUE,
            due_at=first_try(now, stamp),
            created_at=now,
        )
    )
    ring_after_commit(db.session)


def hold(person_id: int) -> None:
    """Keep others from adding a score for a person until the transaction ends; what is read after it is the newest.

    The update that changes nothing takes the row's lock on PostgreSQL and the file's on SQLite.
    """
    untouched = update(PersonRow).where(PersonRow.id == person_id).values(number=PersonRow.number)
    db.session.execute(untouched, execution_options={"synchronize_session": False})


def hold_all(person_ids: Iterable[int]) -> None:
    """Do so for several people, always in the same order, so that no two wait for each other."""
    for person_id in sorted(set(person_ids)):
        hold(person_id)


def _cleared(placement_id: int, person_id: int, now: datetime) -> datetime | None:
    """Let a score that waits make room, and tell the last stamp of this grade."""
    hold(person_id)
    of_this_grade = _of_grade(placement_id, person_id)
    db.session.execute(
        update(DeliveryRow)
        .where(*of_this_grade, DeliveryRow.state == DeliveryState.DUE)
        .values(state=DeliveryState.SUPERSEDED, ended_at=now)
    )
    return db.session.scalar(select(func.max(DeliveryRow.scored_at)).where(*of_this_grade))


def _of_grade(placement_id: int, person_id: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return DeliveryRow.placement_id == placement_id, DeliveryRow.person_id == person_id


def take_due(now: datetime) -> Delivery | None:
    """Take one delivery that may leave now for two minutes, in a transaction of its own.

    No two workers get the same, nor two scores for one grade, nor more for one platform than its pace allows.
    """
    taken = (
        update(DeliveryRow)
        .where(DeliveryRow.id == _first_due(now))
        .where(DeliveryRow.state == DeliveryState.DUE, _is_free(now))
        .values(leased_until=now + LEASE, attempts=DeliveryRow.attempts + 1)
        .returning(DeliveryRow)
    )
    row = db.session.scalar(taken, execution_options={"synchronize_session": False, "populate_existing": True})
    delivery = _delivery(row, now + LEASE) if row else None
    if delivery is None or not pace.take_turn(delivery.registration_id, now):
        db.session.rollback()
        return None
    db.session.commit()
    return delivery


def _first_due(now: datetime) -> ScalarSelect[int]:
    """Choose what has been due for longest, of platforms that may be asked; what others are just taking is skipped."""
    return (
        select(DeliveryRow.id)
        .select_from(PACED)
        .where(*_may_leave(now), DeliveryRow.due_at <= now)
        .where(or_(PaceRow.next_at.is_(None), PaceRow.next_at <= now + AHEAD))
        .where(or_(PaceRow.paused_until.is_(None), PaceRow.paused_until <= now))
        .order_by(DeliveryRow.due_at, DeliveryRow.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=DeliveryRow)
        .correlate(None)
        .scalar_subquery()
    )


def _is_free(now: datetime) -> ColumnElement[bool]:
    return or_(DeliveryRow.leased_until.is_(None), DeliveryRow.leased_until <= now)


def _may_leave(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Keep out what a worker has, and what came while a worker has an older score for the same grade."""
    older = aliased(DeliveryRow)
    same_grade = (older.placement_id == DeliveryRow.placement_id, older.person_id == DeliveryRow.person_id)
    under_way = exists().where(*same_grade, older.id != DeliveryRow.id, older.leased_until > now)
    return DeliveryRow.state == DeliveryState.DUE, _is_free(now), ~under_way


def next_moment(now: datetime) -> datetime | None:
    """Tell when the next delivery may leave, by its own time and its platform's pace; nothing if none waits."""
    rows = db.session.execute(
        select(func.min(DeliveryRow.due_at), PaceRow.next_at, PaceRow.paused_until)
        .select_from(PACED)
        .where(*_may_leave(now))
        .group_by(PlacementRow.registration_id, PaceRow.next_at, PaceRow.paused_until)
    )
    return min((earliest(due_at, next_at, paused_until) for due_at, next_at, paused_until in rows), default=None)


def _delivery(row: DeliveryRow, leased_until: datetime) -> Delivery:
    return Delivery(
        id=row.id,
        placement_id=row.placement_id,
        person_id=row.person_id,
        registration_id=db.session.get_one(PlacementRow, row.placement_id).registration_id,
        given=row.score["given"],
        maximum=row.score["maximum"],
        scored_at=row.scored_at,
        attempts=row.attempts,
        leased_until=leased_until,
        created_at=row.created_at,
        comment=row.comment,
    )


def end(
    delivery: Delivery, state: DeliveryState, problem: str | None, now: datetime, cause: Cause | None = None
) -> None:
    """Record how a delivery ended, unless a newer score took its place meanwhile."""
    is_confirmed = state is DeliveryState.DELIVERED
    _give_back(delivery, state=state, is_confirmed=is_confirmed, problem=problem, cause=cause, ended_at=now)


def try_again(delivery: Delivery, at: datetime, problem: str, cause: Cause | None = None) -> None:
    """Put a delivery off."""
    _give_back(delivery, due_at=at, problem=problem, cause=cause)


def restamp(delivery: Delivery, now: datetime) -> None:
    """Give a score a later time, because Moodle holds an older score of ours with a time as late as its own."""
    stamp = next_stamp(now, delivery.scored_at)
    _give_back(delivery, scored_at=stamp, due_at=now + timedelta(seconds=1))


def _give_back(delivery: Delivery, **values: object) -> None:
    """Record what came of a try, and end the lease, so that a newer score of the same grade may leave.

    Who comes after the end of its lease records nothing: another worker has the delivery.
    """
    of_this = (DeliveryRow.id == delivery.id, DeliveryRow.leased_until == delivery.leased_until)
    db.session.execute(update(DeliveryRow).where(*of_this, DeliveryRow.state == DeliveryState.DUE).values(**values))
    db.session.execute(update(DeliveryRow).where(*of_this).values(leased_until=None))
    db.session.commit()


def sent_before(delivery: Delivery) -> Sequence[float]:
    """Give the scores that were sent earlier for the same grade, as shares of their maximum."""
    rows = db.session.scalars(
        select(DeliveryRow)
        .where(*_of_grade(delivery.placement_id, delivery.person_id))
        .where(DeliveryRow.id < delivery.id, DeliveryRow.attempts > 0)
    )
    return [row.score["given"] / row.score["maximum"] for row in rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the newest score for one grade is on its way."""

    state: DeliveryState
    cause: Cause | None
    share: float
    """The score as a share of its maximum."""
    attempts: int
    due_at: datetime
    ended_at: datetime | None


def progress(placement_ids: Iterable[int], person_ids: Iterable[int]) -> Mapping[tuple[int, int], Progress]:
    """Tell, by placement and person, how far the newest score is; of whom nothing was ever sent, there is none."""
    rows = db.session.execute(
        select(DeliveryRow.placement_id, DeliveryRow.person_id, DeliveryRow.score)
        .add_columns(
            DeliveryRow.state, DeliveryRow.cause, DeliveryRow.attempts, DeliveryRow.due_at, DeliveryRow.ended_at
        )
        .where(DeliveryRow.placement_id.in_(list(placement_ids)), DeliveryRow.person_id.in_(list(person_ids)))
        .order_by(DeliveryRow.id)
    )
    return {
        (placement_id, person_id): Progress(
            state=state,
            cause=cause,
            share=score["given"] / score["maximum"],
            attempts=attempts,
            due_at=due_at,
            ended_at=ended_at,
        )
        for placement_id, person_id, score, state, cause, attempts, due_at, ended_at in rows
    }


def purge(before: datetime, most: int) -> int:
    """Forget grades that ended before a moment, and whose newer one did too, in the caller's transaction.

    The newest of each grade stays: trainers read what became of it, and the next one must be later.
    """
    newer = aliased(DeliveryRow)
    same_grade = (newer.placement_id == DeliveryRow.placement_id, newer.person_id == DeliveryRow.person_id)
    is_followed = exists().where(*same_grade, newer.id > DeliveryRow.id, newer.ended_at < before)
    return delete_some(DeliveryRow, and_(DeliveryRow.ended_at < before, _is_free(before), is_followed), most)


def beat(name: str, now: datetime) -> None:
    """Record that a worker works, in a transaction of its own; forget those that ended long ago."""
    seen = INSERTS[db.engine.dialect.name](WorkerRow).values(name=name, seen_at=now)
    db.session.execute(seen.on_conflict_do_update(index_elements=["name"], set_={"seen_at": now}))
    db.session.execute(delete(WorkerRow).where(WorkerRow.seen_at < now - FORGOTTEN_AFTER))
    db.session.commit()


def newest_beat() -> datetime | None:
    """Tell when a worker last showed that it works; nothing where none did lately."""
    return db.session.scalar(select(func.max(WorkerRow.seen_at)))
