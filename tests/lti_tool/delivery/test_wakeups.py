"""Wake-ups: rung after the commit, heard wherever a worker waits, and never missed for more than a look's time."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread
from time import monotonic

import pytest
from flask import Flask
from sqlalchemy import text

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.delivery import store, wakeups
from lti_tool.delivery.wakeups import Bell
from tests.lti_tool.databases import new_sqlite_database
from tests.lti_tool.entering import Client, enter_course
from tests.lti_tool.making import close_app, make_app
from tests.lti_tool.ticking import Ticker

Enter = Callable[..., Client]
LONG = 60.0
"""Seconds that a wait would last if nothing rang; no test waits so long."""


@pytest.fixture(params=["sqlite", "redis"])
def queue_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give an empty queue of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'wakeups.sqlite3'}"
    url: str = request.getfixturevalue("redis_url")
    Bell(url)._queue.flush_queue()  # noqa: SLF001 - the server is shared by all tests
    return url


@pytest.fixture
def bell(queue_url: str) -> Iterator[Bell]:
    made = Bell(queue_url)
    yield made
    made.close()


@pytest.fixture
def elsewhere(queue_url: str) -> Iterator[Bell]:
    """Give the same bell as another process has it."""
    made = Bell(queue_url)
    yield made
    made.close()


def waited(bell: Bell, seconds: float = LONG) -> float:
    """Wait, and tell for how many seconds."""
    began_at = monotonic()
    bell.wait(seconds, Event())
    return monotonic() - began_at


def test_a_ring_is_heard_by_another_process_that_waits(bell: Bell, elsewhere: Bell) -> None:
    thread = Thread(target=waited, args=(bell,))
    thread.start()

    elsewhere.ring()
    thread.join(LONG / 2)

    assert not thread.is_alive()


def test_a_ring_while_nobody_waits_is_heard_later(bell: Bell, elsewhere: Bell) -> None:
    elsewhere.ring()

    assert waited(bell) < LONG / 2


def test_many_rings_are_heard_as_one(bell: Bell, elsewhere: Bell) -> None:
    for _ in range(5):
        elsewhere.ring()

    bell.wait(LONG, Event())

    assert bell._queue.queue_size() == 0  # noqa: SLF001 - looks without hearing


def test_a_wait_ends_with_its_time(bell: Bell) -> None:
    assert 0.2 <= waited(bell, 0.2) < LONG / 2


def test_a_wait_ends_when_the_worker_is_to_stop(bell: Bell) -> None:
    stop = Event()
    thread = Thread(target=bell.wait, args=(LONG, stop))
    thread.start()

    stop.set()
    thread.join(LONG / 2)

    assert not thread.is_alive()


BROKEN = ["sqlite:////no/such/folder/wakeups.sqlite3", "redis://127.0.0.1:{port}/0", "redis://127.0.0.1:{mute}/0"]


@pytest.fixture(params=BROKEN)
def broken(request: pytest.FixtureRequest) -> Iterator[Bell]:
    """Give a bell whose file can't be, whose Redis is not there, and whose Redis never answers."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with socket.create_server(("127.0.0.1", 0)) as mute:
        made = Bell(request.param.format(port=port, mute=mute.getsockname()[1]))
        yield made
        made.close()


def test_a_wake_up_that_cannot_be_sent_is_logged_and_no_error(broken: Bell, caplog: pytest.LogCaptureFixture) -> None:
    broken.ring()

    assert "no wake-up was sent" in caplog.text


def test_a_worker_that_cannot_hear_waits_all_the_same(broken: Bell) -> None:
    assert waited(broken, 1.2) >= 1.2


@pytest.mark.parametrize("broken", BROKEN[:2], indirect=True)
def test_a_worker_that_cannot_hear_says_so_once_for_each_wait(broken: Bell, caplog: pytest.LogCaptureFixture) -> None:
    waited(broken, 1.2)

    assert caplog.text.count("no wake-up can be heard") == 1


# With the outbox


def add(person: Client, given: float = 40) -> None:
    assert person.placement_id is not None
    store.add_score(person.placement_id, person.person_id, given=given, maximum=100, now=now())


def is_rung(app: Flask) -> bool:
    with app.app_context():
        size: int = wakeups.bell()._queue.queue_size()  # noqa: SLF001 - looks without hearing
        return size > 0


def test_the_bell_rings_after_the_commit_and_not_before(app: Flask, enter: Enter) -> None:
    person = enter()

    with app.app_context():
        add(person)
        db.session.flush()
        before = is_rung(app)
        db.session.commit()

    assert (before, is_rung(app)) == (False, True)


def test_what_is_rolled_back_rings_nothing_later_either(app: Flask, enter: Enter) -> None:
    person = enter()

    with app.app_context():
        add(person)
        db.session.rollback()
        db.session.execute(text("SELECT 1"))
        db.session.commit()

    assert not is_rung(app)


def test_what_is_not_for_the_outbox_rings_nothing(app: Flask, enter: Enter) -> None:
    enter()

    assert not is_rung(app)


def test_handing_in_works_without_a_queue(tmp_path: Path, ticker: Ticker) -> None:
    app = make_app(new_sqlite_database(tmp_path), ticker, WAKEUPS=f"sqlite:///{tmp_path / 'none' / 'wakeups.sqlite3'}")
    person = enter_course(app)
    with app.app_context():
        add(person)
        db.session.commit()
        taken = store.take_due(now())
    close_app(app)

    assert taken is not None
