"""Offers of help on needs."""

from sqlalchemy import ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.community.tables import Written
from lti_tool.database import Base, Long, Moment


class OfferRow(Written, Base):
    """What somebody can do about a need, and when."""

    __tablename__ = "offers"
    __table_args__ = (
        ForeignKeyConstraint(["community_id", "post_id"], ["posts.community_id", "posts.id"]),
        Index("ix_offers_post", "community_id", "post_id"),
        Index("ix_offers_author", "community_id", "author_id"),
        Index("ix_offers_created", "community_id", "created_at"),
        Index("ix_offers_accepted", "community_id", "accepted_at"),
    )

    post_id: Mapped[str] = mapped_column(String(36))
    available: Mapped[Long]
    accepted_at: Mapped[Moment | None]
    """Counts while the offer can be read."""
