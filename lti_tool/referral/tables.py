"""The card of each course that says where to turn."""

from datetime import date
from typing import TypedDict

from sqlalchemy import JSON, Date, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.database import Base, Long, Moment, Short


class ContactSnapshot(TypedDict):
    """Somebody to turn to, as a card holds them."""

    name: str
    reach: str
    note: str


class ReferralCardRow(Base):
    """Whom a course's trainers name; where they never named anybody, there is no row."""

    __tablename__ = "referral_cards"

    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"), primary_key=True)
    known: Mapped[dict[str, ContactSnapshot]] = mapped_column(JSON)
    """Those that every card asks for, by their kind."""
    more: Mapped[list[ContactSnapshot]] = mapped_column(JSON)
    languages: Mapped[Long]
    """Those that are spoken there, in the trainers' words."""
    language: Mapped[Short]
    """The one that the card is written in."""
    checked_on: Mapped[date | None] = mapped_column(Date)
    """By the calendar of whoever looked."""
    version: Mapped[int]
    """Counts the saves."""
    changed_at: Mapped[Moment]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
