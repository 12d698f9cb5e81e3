"""The outbox as those who run the tool see it, and sending again what did not arrive."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, case, cast, func, select

from lti_tool.database import db
from lti_tool.delivery import astray
from lti_tool.delivery.store import add_score, hold
from lti_tool.delivery.tables import DeliveryRow, DeliveryState
from lti_tool.lti.tables import CourseRow, PersonRow, PlacementRow, SiteRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One delivery, without anything that tells who the person is."""

    number: int
    state: str
    issuer: str
    context_id: str
    activity: str | None
    person: int
    """The person's number within the site."""
    attempts: int
    due_at: datetime
    created_at: datetime
    problem: str | None


STATES = (*map(str, DeliveryState), astray.WORD)


def lines(state: str | None, limit: int) -> Sequence[Line]:
    """Give deliveries, newest first."""
    shown = case((astray.went_astray(), astray.WORD), else_=cast(DeliveryRow.state, String)).label("shown")
    query = (
        select(
            DeliveryRow,
            shown,
            SiteRow.issuer,
            CourseRow.context_id,
            PlacementRow.activity,
            PersonRow.number,
        )
        .join(PlacementRow, PlacementRow.id == DeliveryRow.placement_id)
        .join(CourseRow, CourseRow.id == PlacementRow.course_id)
        .join(SiteRow, SiteRow.id == CourseRow.site_id)
        .join(PersonRow, PersonRow.id == DeliveryRow.person_id)
        .order_by(DeliveryRow.id.desc())
        .limit(limit)
    )
    chosen = query.where(shown == state) if state else query
    return [
        Line(
            number=row.id,
            state=shown,
            issuer=issuer,
            context_id=context_id,
            activity=activity,
            person=number,
            attempts=row.attempts,
            due_at=row.due_at,
            created_at=row.created_at,
            problem=row.problem,
        )
        for row, shown, issuer, context_id, activity, number in db.session.execute(chosen)
    ]


def failed(issuer: str | None) -> Sequence[int]:
    """Name the deliveries that failed, of one site or of all, and that no newer score has followed."""
    newest = select(func.max(DeliveryRow.id)).group_by(DeliveryRow.placement_id, DeliveryRow.person_id)
    query = (
        select(DeliveryRow.id)
        .join(PersonRow, PersonRow.id == DeliveryRow.person_id)
        .join(SiteRow, SiteRow.id == PersonRow.site_id)
        .where(DeliveryRow.id.in_(newest), DeliveryRow.state == DeliveryState.FAILED)
        .order_by(DeliveryRow.person_id, DeliveryRow.id)
    )
    return db.session.scalars(query.where(SiteRow.issuer == issuer) if issuer else query).all()


def _went_astray(number: int) -> bool:
    placed = select(DeliveryRow.id).join(PlacementRow, PlacementRow.id == DeliveryRow.placement_id)
    return db.session.scalar(placed.where(DeliveryRow.id == number, astray.went_astray())) is not None


def send_again(number: int, now: datetime) -> str | None:
    """Send a delivery's score with a new time, in the caller's transaction; say why where that makes no sense."""
    row = db.session.get(DeliveryRow, number)
    if row is None:
        return f"There is no delivery {number}."
    hold(row.person_id)
    db.session.refresh(row)
    newest = db.session.scalar(
        select(func.max(DeliveryRow.id)).filter_by(placement_id=row.placement_id, person_id=row.person_id)
    )
    if newest != number:
        return f"Delivery {number} was followed by {newest}, which has a newer score for the same grade."
    if row.state is DeliveryState.DELIVERED and not _went_astray(number):
        return f"Delivery {number} has arrived."
    score, comment = row.score, row.comment
    add_score(row.placement_id, row.person_id, given=score["given"], maximum=score["maximum"], comment=comment, now=now)
    return None
