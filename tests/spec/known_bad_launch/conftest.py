"""A platform that signs and serves its key set as a real one does, and the whole tool, which knows it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete

from lti_tool.database import db
from lti_tool.lti.tables import AttemptsRow
from tests.lti_tool.databases import new_postgresql_database, new_sqlite_database
from tests.lti_tool.making import close_app, make_app
from tests.lti_tool.platform import Platform, serve_platform
from tests.lti_tool.ticking import Ticker
from tests.spec.known_bad_launch.refusing import write_finnish


@pytest.fixture(scope="module")
def platform() -> Iterator[Platform]:
    """Serve one platform for all rows."""
    with serve_platform() as serving:
        yield serving


@pytest.fixture(scope="module")
def ticker() -> Ticker:
    """Give the tool's clock, which stands at a whole second: so do the tokens' times."""
    ticker = Ticker()
    ticker.time = ticker.time.replace(microsecond=0)
    return ticker


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def app(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, platform: Platform, ticker: Ticker
) -> Iterator[Flask]:
    """Give the tool on each database; each row begins a login of its own."""
    folder = tmp_path_factory.mktemp("tool")
    if request.param == "sqlite":
        url = new_sqlite_database(folder)
    else:
        url = new_postgresql_database(request.getfixturevalue("postgresql"))
    with _running(url, folder, platform, ticker) as application:
        yield application


@pytest.fixture(scope="module")
def sqlite_app(tmp_path_factory: pytest.TempPathFactory, platform: Platform, ticker: Ticker) -> Iterator[Flask]:
    """Give the tool on SQLite only, for rows that end before a database could make a difference."""
    folder = tmp_path_factory.mktemp("tool")
    with _running(new_sqlite_database(folder), folder, platform, ticker) as application:
        yield application


@pytest.fixture
def new_app(tmp_path: Path, platform: Platform, ticker: Ticker) -> Iterator[Flask]:
    """Give a tool that has not seen the platform's keys yet, and leave the platform as it was."""
    platform.forget()
    with _running(new_sqlite_database(tmp_path), tmp_path, platform, ticker) as application:
        yield application
    platform.forget()


@pytest.fixture(autouse=True)
def _fresh_address(request: pytest.FixtureRequest) -> None:
    """Forget the other rows' failures: from an address with too many of them, all are answered by 429."""
    for name in {"app", "sqlite_app"}.intersection(request.fixturenames):
        application: Flask = request.getfixturevalue(name)
        with application.app_context():
            db.session.execute(delete(AttemptsRow))
            db.session.commit()


@contextmanager
def _running(url: str, folder: Path, platform: Platform, ticker: Ticker) -> Iterator[Flask]:
    application = make_app(url, ticker, TRANSLATIONS_DIR=str(write_finnish(folder)))
    platform.register(application)
    yield application
    close_app(application)
