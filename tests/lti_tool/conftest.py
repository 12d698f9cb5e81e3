"""The tool's application on a fresh database, and a way in that needs no platform."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
from flask import Flask

from lti_tool.app import create_app
from lti_tool.clock import now
from lti_tool.config import Settings
from lti_tool.database import Base, db
from lti_tool.lti import keys
from tests.lti_tool.entering import Client, enter_course
from tests.lti_tool.ticking import Ticker

PUBLIC_URL = "http://127.0.0.1:8000"
_numbers = count(1)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the address of an empty database of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'tool.sqlite3'}"
        return
    folder = request.getfixturevalue("postgresql")
    name = f"t{next(_numbers)}"
    with psycopg.connect(host=folder, user="tests", dbname="postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield f"postgresql+psycopg://tests@/{name}?host={folder}"


@pytest.fixture
def ticker() -> Ticker:
    """Give the application's clock, which a test can move ahead."""
    return Ticker()


@pytest.fixture
def app(database_url: str, ticker: Ticker) -> Iterator[Flask]:
    """Give the application with its tables and its key."""
    settings = Settings.from_environment(
        {
            "PUBLIC_URL": PUBLIC_URL,
            "KEYS_PASSPHRASE": "a passphrase for tests",
            "DATABASE_URL": database_url,
            "ALLOW_PRIVATE_PLATFORMS": "1",
        }
    )
    application = create_app(settings, ticker)
    with application.app_context():
        Base.metadata.create_all(db.engine)
        keys.ensure_key(now())
        db.session.commit()
    yield application
    with application.app_context():
        db.engine.dispose()


@pytest.fixture
def enter(app: Flask) -> Callable[..., Client]:
    """Give a function that lets a person into a course, as a verified launch would."""
    return lambda **launch: enter_course(app, **launch)
