"""The tool's application on a fresh database, and a way in that needs no platform."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.lti_tool.databases import new_sqlite_database, postgresql_database
from tests.lti_tool.entering import Client, enter_course
from tests.lti_tool.lending import Shelf
from tests.lti_tool.platform import Platform, serve_platform
from tests.lti_tool.ticking import Ticker


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the address of an empty database of each kind."""
    if request.param == "sqlite":
        yield new_sqlite_database(tmp_path)
        return
    with postgresql_database(request.getfixturevalue("postgresql")) as url:
        yield url


@pytest.fixture
def ticker() -> Ticker:
    """Give the application's clock, which a test can move ahead."""
    return Ticker()


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """Give the place where applications stand between two tests."""
    kept = Shelf(tmp_path_factory.mktemp("shelf"))
    yield kept
    kept.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def app(request: pytest.FixtureRequest, shelf: Shelf, ticker: Ticker) -> Iterator[Flask]:
    """Give the application with its tables and its key."""
    if request.param == "postgresql":
        lent = shelf.on_postgresql(request.getfixturevalue("postgresql"), ticker, is_new=takes_routes(request))
    else:
        lent = shelf.on_sqlite(ticker, is_new=takes_routes(request))
    with lent as application:
        yield application


@pytest.fixture
def sqlite_app(request: pytest.FixtureRequest, shelf: Shelf, ticker: Ticker) -> Iterator[Flask]:
    """Give the application on SQLite only, for pages whose database makes no difference."""
    with shelf.on_sqlite(ticker, is_new=takes_routes(request)) as application:
        yield application


def takes_routes(request: pytest.FixtureRequest) -> bool:
    """Tell whether a test adds routes, which Flask refuses once an application has answered."""
    return request.node.get_closest_marker("adds_routes") is not None


@pytest.fixture
def enter(app: Flask) -> Callable[..., Client]:
    """Give a function that lets a person into a course, as a verified launch would."""
    return lambda **launch: enter_course(app, **launch)


@pytest.fixture
def sqlite_enter(sqlite_app: Flask) -> Callable[..., Client]:
    """Give `enter` for the application on SQLite only."""
    return lambda **launch: enter_course(sqlite_app, **launch)


@pytest.fixture(scope="session")
def platform_server() -> Iterator[Platform]:
    """Serve a platform's key set and registration on a port of loopback."""
    with serve_platform() as platform:
        yield platform


@pytest.fixture
def platform(platform_server: Platform) -> Platform:
    """Give a platform that answers as it should, and has not been asked anything."""
    platform_server.forget()
    return platform_server
