"""Databases for one test each: an SQLite file of its own, or a schema of its own in the throw-away PostgreSQL.

Making the tables takes longer than most tests, so they are made once: SQLite's are in a file that is copied, and those
of PostgreSQL are emptied when a test is over and go on to another one, in a schema under another name.
"""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
from alembic.script import ScriptDirectory
from psycopg.errors import LockNotAvailable
from sqlalchemy import Engine, create_engine, make_url, text

from lti_tool.database import MIGRATIONS, Base

LOOK = """SELECT
coalesce(string_agg(concat_ws(' ', relname, relnatts, relchecks, relhastriggers), ',' ORDER BY relname), '')
FROM pg_class WHERE relnamespace = CAST(:name AS regnamespace)"""
"""Describes a schema's tables, indexes and sequences; an empty one's description is empty."""
_numbers = count(1)
_spare: dict[str, list[str]] = defaultdict(list)
"""By the folder of the server's socket: schemas with this version's tables, and nothing in them."""
_fresh: dict[tuple[str, str], str] = {}
"""By that folder and the schema's name: how its tables looked when `make_tables` made them."""


def new_sqlite_database(folder: Path) -> str:
    """Give the address of a database file that is still to be."""
    return f"sqlite:///{folder / 'tool.sqlite3'}"


def new_postgresql_database(socket_folder: str) -> str:
    """Make an empty schema in the throw-away PostgreSQL, far faster than a database; give its address."""
    name = f"t{next(_numbers)}"
    with _connected(socket_folder) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
    return f"postgresql+psycopg://tests@/postgres?host={socket_folder}&options=-csearch_path%3D{name}"


@contextmanager
def postgresql_database(socket_folder: str) -> Iterator[str]:
    """Give an empty schema until the end of the block, when its tables go on to another one."""
    yield (url := new_postgresql_database(socket_folder))
    _hand_on(url)


def make_tables(engine: Engine) -> None:
    """Make this version's tables where they aren't there."""
    if engine.dialect.name == "sqlite":
        _copy_tables(engine)
    elif not _take_over(engine.url.render_as_string()):
        Base.metadata.create_all(engine)


def _make_all(engine: Engine) -> None:
    """Make the tables that the code has, and the index of trigrams that only a migration knows."""
    Base.metadata.create_all(engine)
    finding = ScriptDirectory(str(MIGRATIONS)).get_revision("0040")
    with engine.begin() as connection:
        finding.module.make_index(connection)


def look(engine: Engine) -> str:
    """Describe the tables themselves, to see whether they are changed."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            return str(connection.exec_driver_sql("PRAGMA schema_version").scalar_one())
        name = schema_of(engine.url.render_as_string())[1]
        return str(connection.execute(text(LOOK), {"name": name}).scalar_one())


def empty(engine: Engine) -> None:
    """Delete all rows; the next ones' numbers begin at one.

    Raises:
        OperationalError: somebody is at work in the tables.
    """
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            for table in reversed(Base.metadata.sorted_tables):
                connection.exec_driver_sql(f"DELETE FROM {table.name}")
        else:
            connection.exec_driver_sql(_emptied(schema_of(engine.url.render_as_string())[1]))


def schema_of(url: str) -> tuple[str, str]:
    """Give the folder of PostgreSQL's socket, and the schema that an address names."""
    query = make_url(url).query
    found = re.search(r"search_path=(\w+)", str(query["options"]))
    assert found is not None
    return str(query["host"]), found[1]


# SQLite


def _copy_tables(engine: Engine) -> None:
    file = Path(str(engine.url.database))
    if file.exists():
        Base.metadata.create_all(engine)
    else:
        file.write_bytes(_file_with_tables())


@cache
def _file_with_tables() -> bytes:
    with TemporaryDirectory() as folder:
        engine = create_engine(new_sqlite_database(Path(folder)))
        _make_all(engine)
        engine.dispose()
        return (Path(folder) / "tool.sqlite3").read_bytes()


class Snapshot:
    """What a database file holds now, to be brought back whatever happens to it."""

    def __init__(self, url: str) -> None:
        self._file = str(make_url(url).database)
        self._kept = sqlite3.connect(":memory:")
        with closing(sqlite3.connect(self._file)) as there:
            there.backup(self._kept)

    def restore(self) -> None:
        """Bring it back, under the connections that others have open."""
        with closing(sqlite3.connect(self._file)) as there:
            self._kept.backup(there)


# PostgreSQL


def _take_over(url: str) -> bool:
    """Put tables into an empty schema: a test's that is over, or new ones; give whether it was empty."""
    folder, name = schema_of(url)
    with _connected(folder) as connection:
        if _look(connection, name):
            return False
        if not _spare[folder]:
            _spare[folder].append(_schema_with_tables(folder))
        connection.execute(f"DROP SCHEMA {name}")
        connection.execute(f"ALTER SCHEMA {_spare[folder].pop()} RENAME TO {name}")
        _fresh[folder, name] = _look(connection, name)
    return True


def _schema_with_tables(folder: str) -> str:
    url = new_postgresql_database(folder)
    engine = create_engine(url)
    _make_all(engine)
    engine.dispose()
    return schema_of(url)[1]


def _hand_on(url: str) -> None:
    """Empty the tables and keep them, unless the test changed them or left somebody at work in them.

    Somebody who would come too late finds no tables: the schema's name is another one.
    """
    folder, name = schema_of(url)
    with _connected(folder) as connection:
        if _fresh.pop((folder, name), None) != _look(connection, name):
            return
        try:
            connection.execute(_emptied(name))
        except LockNotAvailable:
            return
        connection.execute(f"ALTER SCHEMA {name} RENAME TO spare_{name}")
        _spare[folder].append(f"spare_{name}")


def _emptied(name: str) -> str:
    """Write what deletes all rows and lets their numbers begin at one again; it waits for nobody."""
    deletions = [f"DELETE FROM {name}.{table.name}" for table in reversed(Base.metadata.sorted_tables)]
    again = f"SELECT setval(oid, 1, false) FROM pg_class WHERE relkind = 'S' AND relnamespace = '{name}'::regnamespace"
    return ";".join(["SET LOCAL lock_timeout = '1s'", *deletions, again])


def _look(connection: psycopg.Connection, name: str) -> str:
    found = connection.execute(LOOK.replace(":name", "%(name)s"), {"name": name}).fetchone()
    assert found is not None
    return str(found[0])


@contextmanager
def _connected(socket_folder: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(host=socket_folder, user="tests", dbname="postgres", autocommit=True) as connection:
        yield connection
