"""What people follow besides what they follow of itself."""

from sqlalchemy import ForeignKey, ForeignKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.database import Base, Short


class FollowRow(Base):
    """What somebody said about following a post; nobody else ever learns it."""

    __tablename__ = "follows"
    __table_args__ = (ForeignKeyConstraint(["community_id", "post_id"], ["posts.community_id", "posts.id"]),)

    community_id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    post_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    is_on: Mapped[bool]
    """No: they wrote it or replied there, and no longer want to follow it."""


class FollowedTagRow(Base):
    """A word of the vocabulary whose new posts somebody follows."""

    __tablename__ = "followed_tags"

    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    tag: Mapped[Short] = mapped_column(primary_key=True)
