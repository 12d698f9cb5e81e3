"""What only the web services and the administrator's pages about them know."""

from typing import Any

from sqlalchemy import Connection, ForeignKey, Table, event
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.demo.moodle.spelling import Spelt
from lti_tool.demo.moodle.tables import NEVER_REUSED, Base, Id, UserId

FIRST_CATEGORY = 1
HTML = 1
"""The format of a text."""


class Category(Base):
    """A category of courses; `parent` 0 is the top."""

    __tablename__ = "category"
    __table_args__ = NEVER_REUSED
    id: Mapped[Id]
    name: Mapped[str]
    idnumber: Mapped[Spelt] = mapped_column(default="")
    parent: Mapped[int] = mapped_column(default=0)
    description: Mapped[str] = mapped_column(default="")


class ServiceToken(Base):
    """What a program shows when it calls a function."""

    __tablename__ = "service_token"
    token: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[UserId]
    functions: Mapped[str]
    """The names of its service's functions, one a line."""
    valid_until: Mapped[int] = mapped_column(default=0)
    """Seconds since 1970; 0: for ever."""
    hidden: Mapped[str] = mapped_column(default="")
    """Usernames of those who look absent to it, as a plugin can hide them; one a line."""


class Cohort(Base):
    """People of a category, or of the whole site: `category_id` 0."""

    __tablename__ = "cohort"
    __table_args__ = NEVER_REUSED
    id: Mapped[Id]
    name: Mapped[str]
    idnumber: Mapped[Spelt] = mapped_column(index=True)
    description: Mapped[str] = mapped_column(default="")
    description_format: Mapped[int] = mapped_column(default=HTML)
    visible: Mapped[bool] = mapped_column(default=True)
    theme: Mapped[str] = mapped_column(default="")
    category_id: Mapped[int] = mapped_column(default=0)


class CohortMember(Base):
    """One person in one cohort."""

    __tablename__ = "cohort_member"
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)


class Grouping(Base):
    """A set of groups of a course."""

    __tablename__ = "grouping"
    __table_args__ = NEVER_REUSED
    id: Mapped[Id]
    course_id: Mapped[int]
    name: Mapped[Spelt]
    idnumber: Mapped[Spelt] = mapped_column(default="")
    description: Mapped[str] = mapped_column(default="")
    description_format: Mapped[int] = mapped_column(default=HTML)


class GroupingGroup(Base):
    """One group in one grouping."""

    __tablename__ = "grouping_group"
    grouping_id: Mapped[int] = mapped_column(ForeignKey("grouping.id"), primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("group.id"), primary_key=True)


class ProfileField(Base):
    """A field that a site adds to its accounts."""

    __tablename__ = "profile_field"
    id: Mapped[Id]
    shortname: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(default="text")
    """Moodle's datatype: `text`, `menu`, `checkbox` or `datetime`."""
    options: Mapped[str] = mapped_column(default="")
    """What a menu offers, one a line."""
    default: Mapped[str] = mapped_column(default="")
    """What is told of an account that has no value of its own."""
    longest: Mapped[int] = mapped_column(default=2048)
    """How much of a text is kept."""
    first_year: Mapped[int] = mapped_column(default=1970)
    last_year: Mapped[int] = mapped_column(default=2050)
    with_time: Mapped[bool] = mapped_column(default=False)
    """What dates may be."""


class ProfileValue(Base):
    """What one account has in one field."""

    __tablename__ = "profile_value"
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    field_id: Mapped[int] = mapped_column(ForeignKey("profile_field.id"), primary_key=True)
    value: Mapped[str]


class Mail(Base):
    """A mail that a real site would have sent."""

    __tablename__ = "mail"
    id: Mapped[Id]
    user_id: Mapped[UserId]
    subject: Mapped[str]


def _install(table: Table, connection: Connection, **_options: Any) -> None:
    """Make the category that every Moodle has from its installation."""
    connection.execute(table.insert().values(id=FIRST_CATEGORY, name="Category 1", idnumber="", parent=0))


event.listen(Category.__table__, "after_create", _install)
