"""Files that people asked for, and what is gathered for them."""

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.database import Base, Key, Long, Moment, Short
from lti_tool.exports.rules import Problem, State

IS_WAITING = text("state = 'waiting'")


class ExportRow(Base):
    """An export, for whoever asked alone; it is thrown away with its file after a day."""

    __tablename__ = "exports"
    __table_args__ = (
        # One at a time for each person, however often and wherever they press.
        Index("uq_exports_waiting", "person_id", unique=True, sqlite_where=IS_WAITING, postgresql_where=IS_WAITING),
        Index("ix_exports_due_at", "due_at"),
    )

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"))
    exercise: Mapped[Short]
    workspace_id: Mapped[int | None] = mapped_column(ForeignKey("workspaces.id"))
    for_trainers: Mapped[bool]
    form: Mapped[Short]
    language: Mapped[Short]
    reads: Mapped[Short]
    timezone: Mapped[Short | None]
    state: Mapped[State]
    problem: Mapped[Problem | None]
    workspace_ids: Mapped[list[int] | None] = mapped_column(JSON)
    """The pieces of work in it, in their order, once they are counted."""
    done: Mapped[int] = mapped_column(default=0)
    size: Mapped[int] = mapped_column(default=0)
    """Of what is gathered, in characters."""
    asked_at: Mapped[Moment]
    due_at: Mapped[Moment | None]
    """When a worker may take it; one that takes it moves this ahead."""
    attempts: Mapped[int] = mapped_column(default=0)
    """Of the step that is next."""
    ends_at: Mapped[Moment]
    file: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)


class ExportPieceRow(Base):
    """One piece of work as it goes into the file; gone once that is made."""

    __tablename__ = "export_pieces"

    export_id: Mapped[int] = mapped_column(ForeignKey("exports.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    body: Mapped[Long]
    """As JSON; each form of file has its own."""
