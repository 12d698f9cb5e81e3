"""Answers that were brought along from an earlier exercise to where there was one already."""

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from content.fields.field import Value
from lti_tool.database import Base, Short


class AlongRow(Base):
    """An answer from another exercise of the same course, which stands beside the one that is there."""

    __tablename__ = "brought_along"

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    from_workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    from_note_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    part: Mapped[Short] = mapped_column(primary_key=True)
    """Here, as the cell is."""
    cell: Mapped[Short]
    values: Mapped[dict[str, Value]] = mapped_column(JSON)
    language: Mapped[Short]
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    deleted: Mapped[bool] = mapped_column(default=False)
    """Whether it was taken away: it isn't offered again by itself."""
