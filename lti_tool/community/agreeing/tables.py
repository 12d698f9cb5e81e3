"""What one of a group proposes to bring to the community, and what the others say."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.database import Base, Long, Moment

OPEN = text("closed_at IS NULL")


class ProposalRow(Base):
    """A post that a group agrees on; it keeps its id where it becomes one."""

    __tablename__ = "proposals"
    __table_args__ = (
        Index("ix_proposals_open", "workspace_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    version: Mapped[int]
    """What is agreed to: every change asks anew."""
    draft: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The post as it was seen; what is written on the canvas since doesn't change it."""
    changed_at: Mapped[Moment]
    closed_at: Mapped[Moment | None]
    """When it was published or withdrawn."""


class ConsentRow(Base):
    """What one of the group says of a proposal."""

    __tablename__ = "consents"

    proposal_id: Mapped[str] = mapped_column(ForeignKey("proposals.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    version: Mapped[int]
    """Of the proposal, as it was read."""
    agrees: Mapped[bool]
    is_named: Mapped[bool]
    """Whether their name may stand at the post."""
    words: Mapped[Long]
    """Why they don't agree; may be empty."""
    said_at: Mapped[Moment]
