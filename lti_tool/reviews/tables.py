"""What trainers released of people's work."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.database import Base, Key, Long, Moment, Short


class ReviewRow(Base):
    """One release: it is never changed, since what was said stays; a later one takes its place."""

    __tablename__ = "reviews"
    __table_args__ = (UniqueConstraint("workspace_id", "number"),)

    id: Mapped[Key]
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"))
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"))
    """What the trainer had read."""
    number: Mapped[int]
    """1, 2, … within the workspace; the newest counts."""
    given: Mapped[float]
    maximum: Mapped[int]
    """The exercise's, when it was released."""
    sentence: Mapped[Long]
    language: Mapped[Short]
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    released_at: Mapped[Moment]
