"""The applications that tests are lent come back as they were made, or go to nobody."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from threading import Event, Thread

import pytest
from flask import Flask
from sqlalchemy import select, text

from lti_tool.clock import now
from lti_tool.database import Base, db
from lti_tool.lti.keys import tool_keys
from tests.lti_tool.entering import enter_course
from tests.lti_tool.lending import Shelf
from tests.lti_tool.ticking import Ticker

Lend = Callable[[Ticker], AbstractContextManager[Flask]]


@pytest.fixture
def own_shelf(tmp_path: Path) -> Iterator[Shelf]:
    shelf = Shelf(tmp_path)
    yield shelf
    shelf.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def lend(request: pytest.FixtureRequest, own_shelf: Shelf) -> Lend:
    """Give a function that lends an application of one kind."""
    if request.param == "sqlite":
        return own_shelf.on_sqlite
    socket_folder = request.getfixturevalue("postgresql")
    return lambda ticker: own_shelf.on_postgresql(socket_folder, ticker)


def rows(app: Flask) -> int:
    with app.app_context():
        tables = [table for table in Base.metadata.sorted_tables if table.name != "tool_keys"]
        return sum(len(db.session.execute(select(table)).all()) for table in tables)


def test_the_next_test_finds_the_application_as_it_was_made(lend: Lend) -> None:
    with lend(Ticker()) as first:
        number = enter_course(first).person_id
        first.test_client().get("/metrics")
        first.extensions["curriculum"] = None
    ticker = Ticker()
    ticker.move(days=1)

    with lend(ticker) as app:
        assert app is first
        assert rows(app) == 0
        assert app.extensions["curriculum"] is not None
        assert app.extensions["metrics"].request_seconds.collect()[0].samples == []
        assert enter_course(app).person_id == number
        with app.app_context():
            assert now() == ticker()
            assert [key.created_at for key in tool_keys.all_keys()] == [ticker(), ticker()]


def test_an_application_whose_tables_were_changed_goes_to_nobody(lend: Lend) -> None:
    with lend(Ticker()) as first, first.app_context():
        db.session.execute(text("ALTER TABLE notes RENAME TO lost"))
        db.session.commit()

    with lend(Ticker()) as app:
        assert app is not first


def test_an_application_that_somebody_works_with_goes_to_nobody(lend: Lend) -> None:
    done = Event()
    with lend(Ticker()) as first:
        thread = Thread(target=done.wait)
        thread.start()
    done.set()
    thread.join()

    with lend(Ticker()) as app:
        assert app is not first


def test_two_at_once_are_two(lend: Lend) -> None:
    with lend(Ticker()) as one, lend(Ticker()) as other:
        enter_course(one)

        assert rows(other) == 0
