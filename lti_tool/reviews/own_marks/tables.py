"""Marks that one of those who did a piece of work has instead of the work's."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.database import Base, Key, Long, Moment, Short


class OwnMarkRow(Base):
    """One mark that was given to a member alone, or its taking back: it is never changed; a later one counts."""

    __tablename__ = "own_marks"
    __table_args__ = (UniqueConstraint("workspace_id", "person_id", "number"),)

    id: Mapped[Key]
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    number: Mapped[int]
    """1, 2, … of this person within the workspace."""
    given: Mapped[float | None]
    """None where it was taken back: the work's mark is theirs again."""
    maximum: Mapped[int]
    """The exercise's, when it was given."""
    reason: Mapped[Long]
    """Empty where it was taken back."""
    language: Mapped[Short]
    beside: Mapped[int]
    """The number of the work's mark from which it differs."""
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    given_at: Mapped[Moment]
