"""One running miniature: its settings, its database, its key and its clock."""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from sqlite3 import Connection
from typing import Any

from flask import current_app
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from lti_tool.demo.moodle.keys import load_or_make_key
from lti_tool.demo.moodle.settings import MoodleSettings
from lti_tool.demo.moodle.spelling import COLLATION, compare, compare_folded
from lti_tool.demo.moodle.tables import ADMIN, GUEST, SITE_COURSE, Base, Course, User


class Site:
    """What the views share.

    SQLite has one connection for the threads of the server when it is in memory, so transactions take
    turns. No turn may be held while another program is waited for: the tool may be asking us something.
    """

    def __init__(self, settings: MoodleSettings) -> None:
        self.settings = settings
        self._engine = _engine(settings)
        self._turn = threading.Lock()
        Base.metadata.create_all(self._engine)
        with self.session() as session:
            _install(session)
            self.key = load_or_make_key(session, settings.private_key_pem)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Open one transaction: it is committed at the end, and rolled back by an exception."""
        with self._turn, Session(self._engine, expire_on_commit=False) as session, session.begin():
            yield session

    def snapshot(self) -> bytes:
        """Copy a database in memory, so that a test-suite can begin each test at the same point."""
        with self._turn, closing(self._engine.raw_connection()) as connection:
            state: bytes = connection.driver_connection.serialize()  # type: ignore[union-attr]  # it is open
            return state

    def restore(self, state: bytes) -> None:
        """Go back to a copy that was made before."""
        with self._turn, closing(self._engine.raw_connection()) as connection:
            connection.driver_connection.deserialize(state)  # type: ignore[union-attr]  # it is open

    def now(self) -> int:
        """Tell the time in whole seconds since 1970."""
        return int(self.settings.clock())

    def url(self, path: str) -> str:
        """Make a path an address."""
        return self.settings.wwwroot + path

    def close(self) -> None:
        """Let go of the database, once nobody uses it: a request may go on that nobody waits for any more."""
        with self._turn:
            self._engine.dispose()


def this_site() -> Site:
    """Find the miniature that answers the current request."""
    site: Site = current_app.extensions["moodle"]
    return site


def _engine(settings: MoodleSettings) -> Engine:
    url = settings.database
    options: dict[str, Any] = {"connect_args": {"check_same_thread": False}}
    if url in ("sqlite://", "sqlite:///:memory:"):
        options["poolclass"] = StaticPool
    engine = create_engine(url, **options)
    event.listen(engine, "connect", lambda connection, _record: _prepare(connection, settings))
    return engine


def _prepare(connection: Connection, settings: MoodleSettings) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.create_collation(COLLATION, compare_folded if settings.folds_texts else compare)


def _install(session: Session) -> None:
    """Give an empty database what every Moodle has from its installation."""
    if session.get(Course, SITE_COURSE):
        return
    session.add(Course(id=SITE_COURSE, shortname="MiniMoodle", fullname="A miniature of Moodle"))
    session.add(_account(GUEST, "guest", "Guest", "User"))
    administrator = _account(ADMIN, "admin", "Site", "Administrator")
    administrator.is_admin = True
    session.add(administrator)


def _account(number: int, username: str, firstname: str, lastname: str) -> User:
    return User(id=number, username=username, firstname=firstname, lastname=lastname, email=f"{username}@example.org")
