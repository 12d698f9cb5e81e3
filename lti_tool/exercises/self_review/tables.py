"""What people say of their own work, as it is now and as it was handed in."""

from typing import TypedDict

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.database import Base, Long, Moment, Short


class SelfReviewRow(Base):
    """What those who work in a workspace say of it, all of them together; it stays when they hand in."""

    __tablename__ = "self_reviews"

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"), primary_key=True, autoincrement=False)
    levels: Mapped[dict[str, str]] = mapped_column(JSON)
    """By the criteria."""
    sentence: Mapped[Long]
    language: Mapped[Short]
    version: Mapped[int]
    changed_at: Mapped[Moment]
    changed_by: Mapped[int] = mapped_column(ForeignKey("people.id"))


class ChosenSnapshot(TypedDict):
    """A level with its words as they were."""

    criterion: str
    level: str
    title: str
    words: str
    language: str


class HandedInRow(Base):
    """The same as it was handed in; it goes with its submission."""

    __tablename__ = "self_reviews_handed_in"

    submission_id: Mapped[int] = mapped_column(
        # Processes of the version before, which empty a trial, know nothing of it.
        ForeignKey("submissions.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    )
    levels: Mapped[list[ChosenSnapshot]] = mapped_column(JSON)
    sentence: Mapped[Long]
    language: Mapped[Short]
    said_at: Mapped[Moment]
    said_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
