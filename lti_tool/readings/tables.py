"""What every table has that says when something is read from a platform."""

from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.database import Base, Long, Moment


class ReadingRow(Base):
    """How old it is what was read of one thing, and when it is read next."""

    __abstract__ = True

    fetched_at: Mapped[Moment | None]
    asked_at: Mapped[Moment | None]
    due_at: Mapped[Moment | None]
    """When to try next, if it is wanted; a worker that takes the row moves it ahead."""
    attempts: Mapped[int] = mapped_column(default=0)
    failed_at: Mapped[Moment | None]
    problem: Mapped[Long | None]
    """What the last failed try ran into, for those who run the tool."""
