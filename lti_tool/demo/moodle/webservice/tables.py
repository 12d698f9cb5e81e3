"""What only the web services and the administrator's pages about them know."""

from typing import Any

from sqlalchemy import Connection, Table, event
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.demo.moodle.tables import NEVER_REUSED, Base, Id, UserId

FIRST_CATEGORY = 1


class Category(Base):
    """A category of courses; `parent` 0 is the top."""

    __tablename__ = "category"
    __table_args__ = NEVER_REUSED
    id: Mapped[Id]
    name: Mapped[str]
    idnumber: Mapped[str] = mapped_column(default="")
    parent: Mapped[int] = mapped_column(default=0)


class ServiceToken(Base):
    """What a program shows when it calls a function."""

    __tablename__ = "service_token"
    token: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[UserId]
    functions: Mapped[str]
    """The names of its service's functions, one a line."""
    valid_until: Mapped[int] = mapped_column(default=0)
    """Seconds since 1970; 0: for ever."""


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
