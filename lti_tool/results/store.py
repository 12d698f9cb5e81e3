"""Reads and writes of results, and where grades stand by them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select

from lti_tool.database import db
from lti_tool.delivery import store as outbox
from lti_tool.delivery.rules import Cause
from lti_tool.delivery.store import Progress
from lti_tool.delivery.tables import DeliveryRow, DeliveryState
from lti_tool.lti.platform.grades import RESULT_SCOPE
from lti_tool.lti.platform.results import Result
from lti_tool.lti.tables import PersonRow, PlacementRow
from lti_tool.readings import store as readings
from lti_tool.readings.rules import Reading
from lti_tool.readings.store import Kind
from lti_tool.results import rules
from lti_tool.results.rules import Held, Sent, Standing
from lti_tool.results.tables import HeldRow, ResultsRow

RESULTS = Kind(table=ResultsRow, key=ResultsRow.placement_id)
AS_SENT = {
    DeliveryState.DUE: Standing.DUE,
    DeliveryState.DELIVERED: Standing.ARRIVED,
    DeliveryState.SUPERSEDED: Standing.REPLACED,
    DeliveryState.FAILED: Standing.FAILED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """Where one person's grade stands, and what is known of the way there."""

    standing: Standing
    cause: Cause | None
    attempts: int
    next_try: datetime
    ended_at: datetime | None
    held: Held | None
    """What the gradebook holds, where it was read since the score's sending ended."""


def want_due(placement_ids: Iterable[int], now: datetime) -> bool:
    """Have a worker read what is old, in the caller's transaction; tell whether there is any."""
    due = [number for number, reading in _readings(placement_ids).items() if reading.is_due(now)]
    want(due, now)
    return bool(due)


def want_again(placement_ids: Iterable[int], now: datetime) -> None:
    """Have a worker read everything that may be read, however old it is, at most once a minute."""
    want(_readings(placement_ids), now)


def want(placement_ids: Iterable[int], now: datetime) -> None:
    """Have a worker read results, once the caller's transaction is committed, at most once a minute."""
    for placement_id in placement_ids:
        readings.want(RESULTS, placement_id, now)


def _readings(placement_ids: Iterable[int]) -> Mapping[int, Reading]:
    """Give what is known of results that may be read: of line items that are confirmed."""
    rows = db.session.execute(
        select(PlacementRow.id, PlacementRow.scopes, *RESULTS.columns)
        .outerjoin(ResultsRow, ResultsRow.placement_id == PlacementRow.id)
        .where(PlacementRow.id.in_(list(placement_ids)), PlacementRow.confirmed_url.is_not(None))
        .order_by(PlacementRow.id)
    )
    return {number: readings.reading(values) for number, scopes, *values in rows if RESULT_SCOPE in scopes}


def grades(placement_ids: Collection[int], person_ids: Collection[int]) -> Mapping[tuple[int, int], Grade]:
    """Tell, by placement and person, where grades stand; of whom nothing was ever sent, there is none."""
    held = _held(placement_ids, person_ids)
    ways = outbox.progress(placement_ids, person_ids)
    return {whose: _grade(way, held.get(whose)) for whose, way in ways.items()}


def _grade(way: Progress, held: Held | None) -> Grade:
    sent = Sent(standing=AS_SENT[way.state], cause=way.cause, share=way.share, ended_at=way.ended_at)
    known = rules.newer(sent, held)
    return Grade(
        standing=rules.standing(sent, known),
        cause=way.cause,
        attempts=way.attempts,
        next_try=way.due_at,
        ended_at=way.ended_at,
        held=known,
    )


def _held(placement_ids: Collection[int], person_ids: Collection[int]) -> Mapping[tuple[int, int], Held]:
    """Give what was read of each, and that there was nothing of whoever was looked for in vain."""
    rows = db.session.execute(
        select(ResultsRow.placement_id, ResultsRow.fetched_at, HeldRow.person_id, HeldRow.score, HeldRow.maximum)
        .outerjoin(HeldRow, (HeldRow.placement_id == ResultsRow.placement_id) & HeldRow.person_id.in_(list(person_ids)))
        .where(ResultsRow.placement_id.in_(list(placement_ids)), ResultsRow.fetched_at.is_not(None))
    ).all()
    nothing = {
        (placement_id, person_id): Held(read_at=read_at, score=None)
        for placement_id, read_at in {(row.placement_id, row.fetched_at) for row in rows}
        for person_id in person_ids
    }
    return nothing | {
        (row.placement_id, row.person_id): Held(read_at=row.fetched_at, score=row.score, maximum=row.maximum)
        for row in rows
    }


def put(placement_id: int, results: Mapping[str, Result]) -> None:
    """Put what was read in the place of what we held, in the caller's transaction: of those who were sent a score."""
    db.session.execute(delete(HeldRow).where(HeldRow.placement_id == placement_id))
    people = db.session.execute(
        select(PersonRow.id, PersonRow.sub)
        .where(PersonRow.id.in_(select(DeliveryRow.person_id).where(DeliveryRow.placement_id == placement_id)))
        .order_by(PersonRow.id)
    )
    rows = [
        {"placement_id": placement_id, "person_id": person_id, "score": held.score, "maximum": held.maximum}
        for person_id, sub in people
        if (held := results.get(sub))
    ]
    if rows:
        db.session.execute(insert(HeldRow), rows)
