"""The meetings of a community."""

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lti_tool.database import Base, Long, Moment, Short
from lti_tool.lti.tables import PersonRow


class MeetingRow(Base):
    """A meeting of the community; the id is made by the form, so that sending it twice makes one."""

    __tablename__ = "meetings"
    __table_args__ = (
        ForeignKeyConstraint(["community_id", "post_id"], ["posts.community_id", "posts.id"]),
        Index("ix_meetings_starts_at", "community_id", "starts_at"),
        Index("ix_meetings_post", "community_id", "post_id"),
    )

    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    planner_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"))
    """The course it was planned in: its trainers look after it."""
    post_id: Mapped[str | None] = mapped_column(String(36))
    """The need that it is about."""
    title: Mapped[Long]
    place: Mapped[Long]
    """A room, or the address of a video call."""
    text: Mapped[Long]
    language: Mapped[Short]
    starts_at: Mapped[Moment]
    minutes: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[Moment]
    cancelled_at: Mapped[Moment | None]
    notes_id: Mapped[str | None] = mapped_column(String(36))
    """The reply that its notes became."""
    is_nameless: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether it was about a nameless need of its planner's, which was merged into another."""
    planner: Mapped[PersonRow] = relationship(lazy="joined", innerjoin=True, foreign_keys=[planner_id])
