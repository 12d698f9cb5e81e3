"""What trainers keep to say again."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.database import Base, Key, Long, Moment, Short


class SentenceRow(Base):
    """A sentence of one person at one site; nobody else is ever shown it."""

    __tablename__ = "own_sentences"
    __table_args__ = (Index("ix_own_sentences_person_id", "person_id"),)

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    text: Mapped[Long]
    language: Mapped[Short]
    kept_at: Mapped[Moment]
