"""Photos that are joined to workspaces."""

from sqlalchemy import ForeignKey, Index, LargeBinary, false
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.database import Base, Hash, Long, Moment, Short


class PhotoRow(Base):
    """A photo at a canvas; of a removed one only that it was there, so that open pages hear of it."""

    __tablename__ = "photos"
    __table_args__ = (Index("ix_photos_changed_in", "workspace_id", "changed_in"),)

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    digest: Mapped[Hash] = mapped_column(primary_key=True)
    caption: Mapped[Long]
    language: Mapped[Short]
    """In which the caption is written."""
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    joined_at: Mapped[Moment]
    joined_in: Mapped[int]
    """The workspace's version that joining it made: what is handed in later has it."""
    changed_in: Mapped[int]
    """The workspace's version in which it was joined, described or removed last."""
    is_removed: Mapped[bool] = mapped_column(default=False, server_default=false())
    width: Mapped[int]
    height: Mapped[int]
    whole: Mapped[bytes] = mapped_column(LargeBinary)
    small: Mapped[bytes] = mapped_column(LargeBinary)
    """Both are JPEGs; empty once it is removed."""
