"""Applications that go from test to test: making one takes longer than most tests, and compiling its statements too.

Each test finds it as it was made: no rows, no caches, its own clock. An application that a test changed in any other
way, or that somebody still works with when the test is over, goes to no other test.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path
from threading import enumerate as all_threads

from flask import Flask
from sqlalchemy import QueuePool
from sqlalchemy.exc import OperationalError

from lti_tool import clock
from lti_tool.clock import Clock
from lti_tool.database import db
from lti_tool.delivery import wakeups
from lti_tool.lti.keys import tool_keys
from lti_tool.lti.platform.key_sets import KeySets
from lti_tool.lti.registering import registration
from tests.lti_tool.databases import empty, look, new_postgresql_database, new_sqlite_database
from tests.lti_tool.making import PASSPHRASE, close_app, make_app, make_keys


class _Lent:
    """One application, and what a test is not to change in it."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self._extensions = dict(app.extensions)
        self._threads = set(all_threads())
        self._looked = self._look()

    def begin(self, time: Clock, wakes: str) -> None:
        """Make it as new."""
        self._threads = set(all_threads())
        self.app.extensions.update(self._extensions)
        clock.init_app(self.app, time)
        tool_keys.init_app(self.app, PASSPHRASE)
        wakeups.init_app(self.app, wakes)
        for metric in (self.app.extensions["metrics"].launches, self.app.extensions["metrics"].request_seconds):
            metric.clear()
        with self.app.app_context():
            self.app.extensions["key_sets"] = KeySets(registration.platform_session())
            make_keys(PASSPHRASE)
            db.session.commit()

    def end(self) -> bool:
        """Take away what the test left; tell whether the application can go to another one."""
        if self._is_at_work() or self._look() != self._looked:
            return False
        try:
            with self.app.app_context():
                wakeups.bell().close()
                empty(db.engine)
        except OperationalError:
            return False
        return True

    def _is_at_work(self) -> bool:
        """Tell whether somebody works with it still: a thread, or who holds a connection."""
        with self.app.app_context():
            pool = db.engine.pool
        assert isinstance(pool, QueuePool)
        return bool(pool.checkedout() or set(all_threads()) - self._threads)

    def _look(self) -> tuple[str, set[str], dict[str, object]]:
        with self.app.app_context():
            return look(db.engine), set(self.app.view_functions), dict(self.app.config)


class Shelf:
    """Where applications stand between two tests, one for each kind of database."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept: dict[str, _Lent] = {}
        self._numbers = count(1)

    def on_sqlite(self, time: Clock, *, is_new: bool = False) -> AbstractContextManager[Flask]:
        """Give an application on SQLite until the end of the block."""
        return self._lent("sqlite", self._new_file, time, is_new=is_new)

    def on_postgresql(self, socket_folder: str, time: Clock, *, is_new: bool = False) -> AbstractContextManager[Flask]:
        """Give an application on PostgreSQL until the end of the block."""
        return self._lent("postgresql", lambda: new_postgresql_database(socket_folder), time, is_new=is_new)

    @contextmanager
    def _lent(self, kind: str, new_url: Callable[[], str], time: Clock, *, is_new: bool) -> Iterator[Flask]:
        kept = None if is_new else self._kept.pop(kind, None)
        lent = kept or _Lent(make_app(new_url(), time))
        lent.begin(time, f"sqlite:///{self._folder}/wakeups-{next(self._numbers)}.sqlite3")
        try:
            yield lent.app
        except BaseException:
            close_app(lent.app)
            raise
        self._put_back(kind, lent)

    def _put_back(self, kind: str, lent: _Lent) -> None:
        if kind not in self._kept and lent.end():
            self._kept[kind] = lent
        else:
            close_app(lent.app)

    def _new_file(self) -> str:
        folder = self._folder / str(next(self._numbers))
        folder.mkdir()
        return new_sqlite_database(folder)

    def close(self) -> None:
        """Close what stands here."""
        for lent in self._kept.values():
            close_app(lent.app)
