"""Translations of posts, each by a member."""

from sqlalchemy import ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.community.tables import Written
from lti_tool.database import Base, Hash, Long


class TranslationRow(Written, Base):
    """A post's title and text in another language; its author is who translated them."""

    __tablename__ = "translations"
    __table_args__ = (
        ForeignKeyConstraint(["community_id", "post_id"], ["posts.community_id", "posts.id"]),
        UniqueConstraint("community_id", "post_id", "language", "author_id"),
    )

    post_id: Mapped[str] = mapped_column(String(36))
    title: Mapped[Long]
    of: Mapped[Hash]
    """The fingerprint of what was translated."""
