"""Needs on which people want to work together, at an exercise of a course."""

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.database import Base, Key, Moment, Short

OPEN = text("closed_at IS NULL")


class WishRow(Base):
    """Somebody who wrote a need asks those who offered help to work on it together; a trainer makes the group."""

    __tablename__ = "joint_wishes"
    __table_args__ = (
        ForeignKeyConstraint(["community_id", "post_id"], ["posts.community_id", "posts.id"]),
        Index("ix_joint_wishes_exercise", "course_id", "exercise"),
        Index("ix_joint_wishes_open", "community_id", "post_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
    )

    id: Mapped[Key]
    community_id: Mapped[int]
    post_id: Mapped[str] = mapped_column(String(36))
    """The need, as it was when they were asked: where it was merged into another, the wish goes on there."""
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"))
    exercise: Mapped[Short]
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[Moment]
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"))
    """The group that a trainer made of it."""
    closed_at: Mapped[Moment | None]
    """When it became a group, or a trainer or its author ended it."""


class AskedRow(Base):
    """Somebody who is asked, and what they say."""

    __tablename__ = "joint_asked"

    wish_id: Mapped[int] = mapped_column(ForeignKey("joint_wishes.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    agrees: Mapped[bool | None]
    """Nothing until they answered."""
