"""The rosters as they were last read: only what a trainer's list needs, and no addresses."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.database import Base, Short
from lti_tool.lti.roles import Role
from lti_tool.readings.tables import ReadingRow


class RosterRow(ReadingRow):
    """How old a course's roster is, and when it is read next."""

    __tablename__ = "rosters"
    __table_args__ = (Index("ix_rosters_due_at", "due_at"),)

    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"), primary_key=True)


class MemberRow(Base):
    """Somebody in a course's roster, who need never have been here."""

    __tablename__ = "roster_members"

    course_id: Mapped[int] = mapped_column(ForeignKey("rosters.course_id"), primary_key=True)
    sub: Mapped[Short] = mapped_column(primary_key=True)
    name: Mapped[Short | None]
    role: Mapped[Role]


class ExemptionRow(Base):
    """Somebody of whom a trainer said that they are no trainee in this course; the roster is read again and again."""

    __tablename__ = "exemptions"

    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"), primary_key=True)
    sub: Mapped[Short] = mapped_column(primary_key=True)
