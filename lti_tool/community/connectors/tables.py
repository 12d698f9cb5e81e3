"""Who looks after the needs of a territory."""

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.database import Base, Moment, Short


class ConnectorRow(Base):
    """The member whom a territory's needs go to when nobody answers."""

    __tablename__ = "connectors"
    __table_args__ = (
        ForeignKeyConstraint(["community_id", "person_id"], ["members.community_id", "members.person_id"]),
        Index("ix_connectors_person", "community_id", "person_id"),
    )

    community_id: Mapped[int] = mapped_column(primary_key=True)
    territory: Mapped[Short] = mapped_column(primary_key=True)
    """Of the vocabulary."""
    person_id: Mapped[int]
    named_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    named_at: Mapped[Moment]
