"""What the database tells those who run the tool: numbers and times, never whose."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from lti_tool.database import db
from lti_tool.delivery.store import newest_beat
from lti_tool.delivery.tables import DeliveryRow, DeliveryState
from lti_tool.lti.keys.tables import KeyState, ToolKeyRow
from lti_tool.lti.tables import LoginRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """How much of everything there is."""

    deliveries: Mapping[DeliveryState, int]
    """Each state is there, with 0 if need be."""
    oldest_due: datetime | None
    """Since when the grade that has waited longest waits."""
    worker_seen_at: datetime | None
    key_made_at: datetime | None
    unfinished_logins: int


def numbers(now: datetime) -> Numbers:
    """Count."""
    return Numbers(
        deliveries=_deliveries(),
        oldest_due=_oldest_due(),
        worker_seen_at=newest_beat(),
        key_made_at=key_made_at(),
        unfinished_logins=_unfinished_logins(now),
    )


def _deliveries() -> Mapping[DeliveryState, int]:
    counted = db.session.execute(select(DeliveryRow.state, func.count()).group_by(DeliveryRow.state))
    return dict.fromkeys(DeliveryState, 0) | {state: number for state, number in counted}  # noqa: C416 - rows are no pairs to mypy


def _oldest_due() -> datetime | None:
    return db.session.scalar(select(func.min(DeliveryRow.created_at)).where(DeliveryRow.state == DeliveryState.DUE))


def _unfinished_logins(now: datetime) -> int:
    return db.session.scalar(select(func.count()).select_from(LoginRow).where(LoginRow.expires_at > now)) or 0


def key_made_at() -> datetime | None:
    """Tell when the key that signs was made; nothing where there is none."""
    return db.session.scalar(select(ToolKeyRow.created_at).where(ToolKeyRow.state == KeyState.ACTIVE))
