"""The tool's application as tests want it: on a database of their own, with a clock that they move."""

import re
from functools import cache
from itertools import count
from pathlib import Path

import psycopg
from flask import Flask

from content.load import load
from content.model import Curriculum
from lti_tool.app import create_app
from lti_tool.clock import Clock, now
from lti_tool.config import Settings
from lti_tool.database import Base, db
from lti_tool.delivery import wakeups
from lti_tool.lti.keys import tool_keys

PUBLIC_URL = "http://127.0.0.1:8000"
_numbers = count(1)


def new_postgresql_database(socket_folder: str) -> str:
    """Make an empty schema in the throw-away PostgreSQL, far faster than a database; give its address."""
    name = f"t{next(_numbers)}"
    with psycopg.connect(host=socket_folder, user="tests", dbname="postgres", autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
    return f"postgresql+psycopg://tests@/postgres?host={socket_folder}&options=-csearch_path%3D{name}"


def new_sqlite_database(folder: Path) -> str:
    """Give the address of a database file that is still to be."""
    return f"sqlite:///{folder / 'tool.sqlite3'}"


def make_app(database_url: str, clock: Clock, **settings: str) -> Flask:
    """Make the application with its tables and its key."""
    environment = {
        "PUBLIC_URL": PUBLIC_URL,
        "KEYS_PASSPHRASE": "a passphrase for tests",
        "DATABASE_URL": database_url,
        "WAKEUPS": _wakeups(database_url),
        "ALLOW_PRIVATE_PLATFORMS": "1",
        **settings,
    }
    app = create_app(Settings.from_environment(environment), clock, _packaged_curriculum())
    with app.app_context():
        Base.metadata.create_all(db.engine)
        tool_keys.ensure_keys(now())
        db.session.commit()
    return app


def _wakeups(database_url: str) -> str:
    """Keep the file of a PostgreSQL's wake-ups out of the folder that the tests run in; SQLite has its default."""
    schema = re.search(r"host=(?P<folder>[^&]+)&.*%3D(?P<name>\w+)$", database_url)
    return f"sqlite:///{schema['folder']}/{schema['name']}-wakeups.sqlite3" if schema else ""


@cache
def _packaged_curriculum() -> Curriculum:
    """Read the curriculum once: it never changes, and reading it takes longer than most tests."""
    return load()


def close_app(app: Flask) -> None:
    """Close its connections to the database and to the wake-ups."""
    with app.app_context():
        wakeups.bell().close()
        db.engine.dispose()
