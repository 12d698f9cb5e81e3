"""Watches what the application does: what it sends to its database, and when it logs."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

from flask import Flask
from sqlalchemy import event

from lti_tool.database import db


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    """Give the statements that are sent in the block, as they come."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


@contextmanager
def set_at_log(log: logging.Logger) -> Iterator[Event]:
    """Give an event that the next line of a log sets."""
    logged = Event()

    class Setter(logging.Handler):
        def emit(self, _record: logging.LogRecord) -> None:
            logged.set()

    handler = Setter()
    log.addHandler(handler)
    yield logged
    log.removeHandler(handler)
