"""The outbox: what must reach Moodle, written in the same transaction as what caused it."""

from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.database import Base, Key, Long, Moment, Short
from lti_tool.delivery.rules import Cause


class DeliveryState(StrEnum):
    """How far a delivery is."""

    DUE = "due"
    DELIVERED = "delivered"
    SUPERSEDED = "superseded"
    """A newer score of ours, or a later edit in Moodle, took its place."""
    FAILED = "failed"


class DeliveryRow(Base):
    """One score on its way to one person's grade for one placement."""

    __tablename__ = "deliveries"
    __table_args__ = (
        Index("ix_deliveries_state_due_at", "state", "due_at"),
        Index("ix_deliveries_placement_id_person_id", "placement_id", "person_id"),
    )

    id: Mapped[Key]
    placement_id: Mapped[int] = mapped_column(ForeignKey("placements.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    score: Mapped[dict[str, float]] = mapped_column(JSON)
    """`given` and `maximum`."""
    scored_at: Mapped[Moment]
    """What platforms order scores by; each is of a later second than the one before it."""
    state: Mapped[DeliveryState]
    due_at: Mapped[Moment]
    """When to try next."""
    leased_until: Mapped[Moment | None]
    """Until when a worker has it: nobody else sends this grade before, not even a newer score."""
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[Moment]
    ended_at: Mapped[Moment | None]
    problem: Mapped[Long | None]
    """What the last failed try ran into."""
    cause: Mapped[Cause | None]
    """What that means for whoever can do something about it."""
    is_confirmed: Mapped[bool] = mapped_column(default=False)
    """Whether it was delivered to a confirmed line item; a worker of before there were any says nothing."""
    unconfirmed_url: Mapped[Long | None]
    """Where it went, of what went by a launch's word alone, before line items were confirmed."""
    comment: Mapped[Long | None]
    """What goes with the score, as it was when the work was handed in."""


class PaceRow(Base):
    """How fast one registration's platform may be asked; here so that all workers keep to it."""

    __tablename__ = "paces"

    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id"), primary_key=True)
    next_at: Mapped[Moment]
    """When the next request would begin if all were evenly spaced; some may begin ahead of it."""
    paused_until: Mapped[Moment | None]
    """Until when the platform is left alone."""
    failures: Mapped[int] = mapped_column(default=0)
    """How often in a row it gave no answer, or said that it can't just now."""


class WorkerRow(Base):
    """A worker and when it last showed that it works."""

    __tablename__ = "workers"

    name: Mapped[Short] = mapped_column(primary_key=True)
    seen_at: Mapped[Moment]
