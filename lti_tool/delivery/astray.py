"""Grades that went by a launch's word alone, before line items were confirmed, to a column that isn't their own.

Whoever runs the tool sees those that didn't in `lti-tool deliveries list`, and can send them again. For that the worker
asks about each activity that has such grades, whether anybody hands in there again or not, once a day until it is told.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, or_, select, update

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.delivery import pace
from lti_tool.delivery.tables import DeliveryRow, DeliveryState
from lti_tool.errors import PlatformError, PlatformUnreachable
from lti_tool.lti.platform import targets
from lti_tool.lti.tables import PlacementRow, RegistrationRow, State

ASK_AGAIN_AFTER = timedelta(days=1)
WORD = "astray"
"""What stands in the list in place of `delivered`."""


def went_astray() -> ColumnElement[bool]:
    """Tell, for a delivery and its placement, whether it went to a line item that isn't the activity's."""
    return and_(
        DeliveryRow.state == DeliveryState.DELIVERED,
        DeliveryRow.unconfirmed_url.is_not(None),
        or_(PlacementRow.confirmed_url.is_not(None), _has_none()),
        PlacementRow.confirmed_url.is_distinct_from(DeliveryRow.unconfirmed_url),
    )


def _has_none() -> ColumnElement[bool]:
    """Tell, for a placement, whether the platform said so of what is claimed now; an older version asked otherwise."""
    is_asked = PlacementRow.asked_claim.is_not_distinct_from(PlacementRow.line_item_url)
    return and_(PlacementRow.has_no_line_item, PlacementRow.asked_at.is_not(None), is_asked)


def keep_claims() -> bool:
    """Keep where grades went that workers of an older version sent after the migration; tell that it is done.

    Launches may have claimed something else meanwhile; what they claim now is the best that is known.
    """
    claimed = select(PlacementRow.line_item_url).where(PlacementRow.id == DeliveryRow.placement_id).scalar_subquery()
    is_unknown = and_(~DeliveryRow.is_confirmed, DeliveryRow.unconfirmed_url.is_(None))
    went = update(DeliveryRow).where(DeliveryRow.state == DeliveryState.DELIVERED, is_unknown)
    db.session.execute(went.values(unconfirmed_url=claimed), execution_options={"synchronize_session": False})
    db.session.commit()
    return True


def look_at_one() -> bool:
    """Ask for the line item of one activity with such grades; tell whether there may be more."""
    found = db.session.execute(_untold(now())).one_or_none()
    if found is None or not pace.take_turn(found.registration_id, now()):
        db.session.rollback()
        return False
    db.session.commit()
    try:
        targets.ask(targets.target(found.id))
    except PlatformUnreachable:
        pace.failed(found.registration_id, None, 0.0, now())  # it is asked again once the platform is
        db.session.commit()
    except PlatformError:
        targets.leave(found.id)
    return True


def _untold(moment: datetime) -> Select[int, int]:
    """Find an activity for whose line item nobody asked, or a day ago in vain."""
    untold = and_(PlacementRow.confirmed_url.is_(None), ~_has_none())
    long_ago = and_(untold, PlacementRow.asked_at <= moment - ASK_AGAIN_AFTER)
    return (
        select(PlacementRow.id, PlacementRow.registration_id)
        .join(DeliveryRow, DeliveryRow.placement_id == PlacementRow.id)
        .join(RegistrationRow, RegistrationRow.id == PlacementRow.registration_id)
        .where(RegistrationRow.state == State.ACTIVE, or_(PlacementRow.asked_at.is_(None), long_ago))
        .where(DeliveryRow.state == DeliveryState.DELIVERED, DeliveryRow.unconfirmed_url.is_not(None))
        .limit(1)
    )
