"""What the gradebooks held when they were last read: only of people to whom a score was sent."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.database import Base
from lti_tool.readings.tables import ReadingRow


class ResultsRow(ReadingRow):
    """How old a placement's results are, and when they are read next."""

    __tablename__ = "results"
    __table_args__ = (Index("ix_results_due_at", "due_at"),)

    placement_id: Mapped[int] = mapped_column(ForeignKey("placements.id"), primary_key=True)


class HeldRow(Base):
    """A person's grade in the gradebook."""

    __tablename__ = "held_grades"

    placement_id: Mapped[int] = mapped_column(ForeignKey("results.placement_id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    score: Mapped[float]
    maximum: Mapped[float | None]
