"""What came of needs."""

from sqlalchemy import JSON, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.community.outcomes.rules import Held
from lti_tool.community.tables import Written
from lti_tool.database import Base, Long, Moment, Short


class OutcomeRow(Written, Base):
    """What came of a need; one that was opened again may get another."""

    __tablename__ = "outcomes"
    __table_args__ = (
        ForeignKeyConstraint(["community_id", "post_id"], ["posts.community_id", "posts.id"]),
        Index("ix_outcomes_post", "community_id", "post_id"),
        Index("ix_outcomes_created", "community_id", "created_at"),
    )

    post_id: Mapped[str] = mapped_column(String(36))
    reopened_at: Mapped[Moment | None]
    """When the need was opened again."""
    credited: Mapped[list[str]] = mapped_column(JSON, default=list)
    """The ids of the offers that were accepted then; until then the accepted ones count."""
    held: Mapped[Held | None]
    held_text: Mapped[Long | None]
    held_language: Mapped[Short | None]
    held_at: Mapped[Moment | None]
    dismissed_at: Mapped[Moment | None]
    """When the need's owner put the question away."""
