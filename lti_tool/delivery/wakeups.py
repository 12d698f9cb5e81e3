"""Wake-ups: a bell that a web process rings when something was put into the outbox, and that workers wait for.

The outbox's table is the truth. A wake-up says nothing but "look"; one that is lost costs a delay until the next look.
It goes through one of huey's queues: Redis, which reaches workers on every machine, or an SQLite file of its own on one
machine. In the application's own file it would wait for the very transaction that it tells of.
"""

import logging
import sqlite3
from functools import cached_property
from threading import Event
from time import monotonic

from flask import Flask, current_app
from huey.storage import RedisStorage, SqliteStorage
from redis import ConnectionPool, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry
from sqlalchemy import event
from sqlalchemy.orm import Session

log = logging.getLogger("lti_tool.delivery")

QUEUE = "wakeups"
WAKE = b"look"
TO_SEND = "outbox_has_news"
LOOK_EVERY = 0.5
"""Seconds between two looks into the SQLite file."""
REDIS_WAITS = 1
"""Seconds for which Redis is listened to at a time; so long may a worker take to notice that it should stop."""
REDIS_GIVES_UP = 2.0
"""Seconds after which a Redis that does not answer is given up: a trainee waits for it."""
LOST = (RedisError, sqlite3.Error, OSError)


class Bell:
    """Rings in one process and is heard in another; many rings until somebody listens are one."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._blocks = not url.startswith("sqlite:")

    @cached_property
    def _queue(self) -> RedisStorage | SqliteStorage:
        if not self._blocks:
            return SqliteStorage(QUEUE, filename=self._url.removeprefix("sqlite:///"), timeout=1, fsync=False)
        pool = ConnectionPool.from_url(
            self._url,
            socket_timeout=REDIS_GIVES_UP,
            socket_connect_timeout=REDIS_GIVES_UP,
            retry=Retry(NoBackoff(), 0),
        )
        return RedisStorage(QUEUE, connection_pool=pool, read_timeout=REDIS_WAITS)

    def ring(self) -> None:
        """Wake a worker; where that fails, the log says so and the next look finds what there is."""
        try:
            if self._queue.queue_size() == 0:
                self._queue.enqueue(WAKE)
        except LOST as error:
            log.warning("no wake-up was sent, a worker looks within seconds all the same: %s", type(error).__name__)

    def wait(self, seconds: float, stop: Event) -> None:
        """Wait for a ring, for the end of a time, or until told to stop, whichever comes first."""
        ends_at = monotonic() + seconds
        try:
            self._listen(ends_at, stop)
        except LOST as error:
            log.warning("no wake-up can be heard: %s", type(error).__name__)
            stop.wait(max(0.0, ends_at - monotonic()))

    def _listen(self, ends_at: float, stop: Event) -> None:
        while not stop.is_set() and (left := ends_at - monotonic()) > 0:
            if self._blocks and left < REDIS_WAITS:
                stop.wait(left)
            elif self._queue.dequeue() is not None:
                return
            elif not self._blocks:
                stop.wait(min(left, LOOK_EVERY))

    def close(self) -> None:
        """Close its connections."""
        if "_queue" in self.__dict__:
            self._queue.pool.disconnect() if self._blocks else self._queue.close()


def init_app(app: Flask, url: str) -> None:
    """Give the application its bell; nothing is opened before it rings or is listened to."""
    app.extensions["bell"] = Bell(url)


def bell() -> Bell:
    """Give the application's bell."""
    found: Bell = current_app.extensions["bell"]
    return found


def ring_after_commit(session: Session) -> None:
    """Ring once this session's transaction is committed, and not if it is rolled back."""
    session.info[TO_SEND] = True


@event.listens_for(Session, "after_commit")
def _ring(session: Session) -> None:
    if session.info.pop(TO_SEND, False):
        bell().ring()


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop(TO_SEND, None)
