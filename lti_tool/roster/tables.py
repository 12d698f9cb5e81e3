"""The rosters as they were last read: only what a trainer's list needs, and no addresses."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.database import Base, Long, Moment, Short
from lti_tool.lti.roles import Role


class RosterRow(Base):
    """How old a course's roster is, and when it is read next."""

    __tablename__ = "rosters"
    __table_args__ = (Index("ix_rosters_due_at", "due_at"),)

    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"), primary_key=True)
    fetched_at: Mapped[Moment | None]
    asked_at: Mapped[Moment | None]
    due_at: Mapped[Moment | None]
    """When to try next, if it is wanted; a worker that takes the row moves it ahead."""
    attempts: Mapped[int] = mapped_column(default=0)
    failed_at: Mapped[Moment | None]
    problem: Mapped[Long | None]
    """What the last failed try ran into, for those who run the tool."""


class MemberRow(Base):
    """Somebody in a course's roster, who need never have been here."""

    __tablename__ = "roster_members"

    course_id: Mapped[int] = mapped_column(ForeignKey("rosters.course_id"), primary_key=True)
    sub: Mapped[Short] = mapped_column(primary_key=True)
    name: Mapped[Short | None]
    role: Mapped[Role]
