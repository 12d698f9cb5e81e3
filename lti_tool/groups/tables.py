"""Groups of a course, and who is in those that were made here."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.database import Base, Key, Short


class GroupRow(Base):
    """A group of a course: one of the platform's, which tells no more than its number, or one made for an exercise."""

    __tablename__ = "groups"
    __table_args__ = (UniqueConstraint("course_id", "platform_id"), UniqueConstraint("course_id", "number"))

    id: Mapped[Key]
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"))
    exercise: Mapped[Short | None]
    """The slug of the exercise that it was made for; the platform's groups are the whole course's."""
    platform_id: Mapped[Short | None]
    """Moodle's number of it; none where it was made here."""
    number: Mapped[int]
    """Counts up within the course; stands in for a name."""
    name: Mapped[Short | None]
    """What the course's trainers call it; it stands before the platform's name."""
    platform_name: Mapped[Short | None]
    """What Moodle calls it, as an administrator said it last; Moodle itself tells a tool no names of groups."""


class MemberRow(Base):
    """Who is in a group that was made here; of the platform's groups each person's newest launch says it."""

    __tablename__ = "group_members"

    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"), primary_key=True)
    exercise: Mapped[Short] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), index=True)
