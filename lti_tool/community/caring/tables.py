"""What members report, and what was done to look after the community."""

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lti_tool.community.caring.rules import Deed, Why
from lti_tool.database import Base, Key, Long, Moment, Short
from lti_tool.lti.tables import PersonRow

OPEN = text("closed_at IS NULL")


class OfPiece:
    """A row about something that was written: of any sort, since all can be hidden."""

    id: Mapped[Key]
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"))
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"))
    """The course that the piece was written in: only its trainers read the row."""
    sort: Mapped[Short]
    """As the piece's address names it."""
    piece_id: Mapped[str] = mapped_column(String(36))


class ReportRow(OfPiece, Base):
    """What one member says is wrong with a piece: one at a time, until a trainer looked at it."""

    __tablename__ = "reports"
    __table_args__ = (
        Index(
            "ix_reports_open",
            "community_id",
            "sort",
            "piece_id",
            "reporter_id",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
        Index("ix_reports_course", "community_id", "course_id", "closed_at"),
        Index("ix_reports_reporter", "community_id", "reporter_id"),
    )

    reporter_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    why: Mapped[Why]
    words: Mapped[Long]
    """May be empty."""
    reported_at: Mapped[Moment]
    closed_at: Mapped[Moment | None]
    reporter: Mapped[PersonRow] = relationship(lazy="joined", innerjoin=True)


class DeedRow(OfPiece, Base):
    """What a trainer did, to what, and why."""

    __tablename__ = "deeds"
    __table_args__ = (
        Index("ix_deeds_course", "community_id", "course_id", "id"),
        Index("ix_deeds_author", "community_id", "author_id", "seen_at"),
        Index("ix_deeds_from", "community_id", "from_post_id"),
    )

    deed: Mapped[Deed]
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    """Whose piece it was done to."""
    reason: Mapped[Long | None]
    done_at: Mapped[Moment]
    seen_at: Mapped[Moment | None]
    """When the author looked at it, or nothing was left to look at; always there where they aren't told."""
    from_post_id: Mapped[str | None] = mapped_column(String(36))
    """The post under which the piece stood, where it was taken out of there."""
    by: Mapped[PersonRow] = relationship(lazy="joined", innerjoin=True, foreign_keys="DeedRow.by_id")
