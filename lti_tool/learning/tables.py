"""What readers of a unit answer for themselves."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.database import Base, Long, Moment, Short


class OwnAnswerRow(Base):
    """A person's answer to a question of a unit, in one course; nobody else ever reads it."""

    __tablename__ = "own_answers"

    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    unit: Mapped[Short] = mapped_column(primary_key=True)
    question: Mapped[Short] = mapped_column(primary_key=True)
    text: Mapped[Long]
    language: Mapped[Short]
    version: Mapped[int]
    """Counts the saves."""
    changed_at: Mapped[Moment]
