"""How far each thread was read."""

from sqlalchemy import ForeignKey, ForeignKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.database import Base, Moment


class ReadRow(Base):
    """A thread that somebody opened."""

    __tablename__ = "post_reads"
    __table_args__ = (ForeignKeyConstraint(["community_id", "post_id"], ["posts.community_id", "posts.id"]),)

    community_id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    post_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    read_until: Mapped[Moment]
    """When the newest piece that they were shown was written: one that arrives meanwhile stays unread."""
