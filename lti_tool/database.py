"""The database: one session for a request, SQLite by default and PostgreSQL to scale out."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from inspect import iscoroutinefunction
from pathlib import Path
from time import monotonic
from typing import Annotated, Any, TypeVar

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import (
    Connection,
    DateTime,
    Dialect,
    Engine,
    Enum,
    MetaData,
    Select,
    String,
    Text,
    TypeDecorator,
    bindparam,
    event,
    make_url,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import InvalidatePoolError, OperationalError
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from lti_tool.errors import ConfigurationError

MIGRATIONS = Path(__file__).parent / "migrations"

CONNECT_WITHIN = 5
"""Seconds that PostgreSQL has to take a connection; the system's own two minutes would hold every thread."""

PING_AFTER = 1.0
"""Seconds that a connection may lie idle and be used again without asking whether it is still there.

Asking costs a round trip, at each of a launch's transactions; and a server that ended is hardly back within a second.
"""

DEADLOCK = "40P01"
"""PostgreSQL's code for one of two that wait for each other, which it ends."""

LARGEST = 2**31 - 1
"""The largest whole number that both databases take."""

MOST_COLLISIONS = 20
"""Of a migration with processes that serve meanwhile; each takes the second after which PostgreSQL looks."""

db = SQLAlchemy()


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, kept in UTC and always aware of it; SQLite alone would lose the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse what names no zone, and turn the rest into UTC."""
        if value is not None and value.tzinfo is None:
            msg = f"{value!r} names no time zone"
            raise ValueError(msg)
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Say that what was read is UTC."""
        if value is None or value.tzinfo is not None:
            return value.astimezone(UTC) if value else None
        return value.replace(tzinfo=UTC)


Key = Annotated[int, mapped_column(primary_key=True)]
Moment = Annotated[datetime, mapped_column(UtcDateTime)]
Short = Annotated[str, mapped_column(String(255))]
Long = Annotated[str, mapped_column(Text)]
Hash = Annotated[str, mapped_column(String(64))]


class Base(DeclarativeBase):
    """The root of all tables."""

    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        StrEnum: Enum(
            StrEnum,
            native_enum=False,
            length=32,
            values_callable=lambda states: [str(state) for state in states],
        )
    }
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


Row = TypeVar("Row", bound=Base)
INSERTS: dict[str, Callable[..., postgresql.Insert | sqlite.Insert]] = {
    "postgresql": postgresql.insert,
    "sqlite": sqlite.insert,
}


def bounded(number: int) -> int:
    """Give a number that somebody sent as near to itself as every database can take it: no id or version is so far."""
    return max(-LARGEST, min(number, LARGEST))


def found_or_added(table: type[Row], key: dict[str, Any], rest: dict[str, Any]) -> Row:
    """Find a row by its natural key or add it; where another process adds it first, theirs counts.

    No savepoint: on SQLite, releasing the first one commits, and what follows could no longer be taken back.
    """
    row = found(table, key)
    if row is not None:
        return row
    insert = INSERTS[db.engine.dialect.name]
    db.session.execute(insert(table).values(**key, **rest).on_conflict_do_nothing(index_elements=list(key)))
    added: Row = db.session.scalars(_by_key(table, tuple(key)), key).one()
    return added


def found(table: type[Row], key: dict[str, Any]) -> Row | None:
    """Find a row by its natural key."""
    row: Row | None = db.session.scalar(_by_key(table, tuple(key)), key)
    return row


@cache
def _by_key(table: type[Row], columns: tuple[str, ...]) -> Select[Any]:
    """Write a query once: writing it costs more than asking it."""
    return select(table).filter_by(**{column: bindparam(column) for column in columns})


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _entry: ConnectionPoolEntry) -> None:
    if isinstance(connection, sqlite3.Connection):
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=10000"):
            connection.execute(f"PRAGMA {pragma}")


def init_app(app: Flask, url: str, seconds: Callable[[], float] = monotonic) -> None:
    """Give the application its database; `seconds` tells how long a connection lay idle."""
    options: dict[str, Any] = {
        "url": url,
        "pool_use_lifo": True,  # the connection used last has its pages and statements at hand
        "hide_parameters": True,  # errors are logged, people's words are not
    }
    if make_url(url).get_backend_name() == "postgresql":
        options["connect_args"] = {"connect_timeout": CONNECT_WITHIN}
    app.config["SQLALCHEMY_ENGINES"] = {"default": options}
    db.init_app(app)
    _close_only_what_is_opened(app)
    with app.app_context():
        _ping_after_a_rest(db.engine, seconds)


def _ping_after_a_rest(engine: Engine, seconds: Callable[[], float]) -> None:
    """Look whether a connection that lay idle is still there; where it isn't, all are made anew."""
    if engine.dialect.name == "sqlite":  # a file hangs up on nobody
        return

    def rest(_connection: Any, entry: ConnectionPoolEntry) -> None:
        entry.info["rests_since"] = seconds()

    def wake(connection: Any, entry: ConnectionPoolEntry, _proxy: PoolProxiedConnection) -> None:
        if seconds() - entry.info.get("rests_since", seconds()) < PING_AFTER:  # a new one has not rested
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error

    event.listen(engine, "checkin", rest)
    event.listen(engine, "checkout", wake)


def _close_only_what_is_opened(app: Flask) -> None:
    """Leave out the library's closing of async sessions: there are none, and it makes an event loop at each request."""
    kept = [close for close in app.teardown_appcontext_funcs if not iscoroutinefunction(close)]
    app.teardown_appcontext_funcs = kept


def migrate(url: str) -> None:
    """Bring the database's tables up to what this version of the tool needs.

    Raises:
        ConfigurationError: the database can't be used.
    """
    with _usable():
        for _ in range(MOST_COLLISIONS):
            if _upgraded(url):
                return
        command.upgrade(alembic_config(url), "head")


def _upgraded(url: str) -> bool:
    """Migrate, unless that and a process of the version before wait for each other: then nothing was changed."""
    try:
        command.upgrade(alembic_config(url), "head")
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) != DEADLOCK:
            raise
        return False
    return True


def alembic_config(url: str) -> Config:
    """Configure Alembic with the migrations in this package and without a file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = url
    return config


class Tables(StrEnum):
    """How the database's tables stand to this version of the tool."""

    RIGHT = "right"
    OLDER = "older"
    NEWER = "newer"


@cache
def _known_migrations() -> tuple[str, ...]:
    """List this version's migrations, the last one first; read once, since it means reading files."""
    return tuple(script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions())


def state_of_tables() -> Tables:
    """Compare the database's tables with what this version needs.

    Raises:
        SQLAlchemyError: the database can't be used.
    """
    found, known = _found_migration(db.session.connection()), _known_migrations()
    if found == known[0]:
        return Tables.RIGHT
    return Tables.OLDER if found is None or found in known else Tables.NEWER


def _found_migration(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def require_migrated(engine: Engine) -> None:
    """Refuse a database whose tables are not this version's.

    Raises:
        ConfigurationError: saying which command to run, or why the database can't be used.
    """
    wanted = _known_migrations()[0]
    with _usable(), engine.connect() as connection:
        found = _found_migration(connection)
    if found != wanted:
        msg = f"The database is at migration {found or 'none'} and needs {wanted}. Run: lti-tool migrate"
        raise ConfigurationError(msg)


@contextmanager
def _usable() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        msg = f"The database can't be used; look at DATABASE_URL. {error.orig}"
        raise ConfigurationError(msg) from error
