"""Runs `moodle-sync` until a moment at which it is killed, in a process that is forked from one with all modules read.

The moment is a point of `POINTS`, as often as it may pass before, or a number of events after which it comes. All is
watched from outside: what the interpreter's audit events tell of requests, and SQLite of statements and commits.
"""

import os
import re
import signal
import sqlite3
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from unittest.mock import patch

from moodle_sync.cli import main
from moodle_sync.webservice.functions import COPYING, FILLING, FUNCTIONS

WRITES = frozenset(function.name for function in (*FUNCTIONS, *COPYING, *FILLING) if function.writes)
KILLED = -signal.SIGKILL
PATIENCE = 120
"""Seconds, for what takes one; the machine may be busy."""


@dataclass
class Moment:
    """What the process is just about to do, what it wrote in its transaction, and in the one that it just ended."""

    kind: str = ""
    what: str = ""
    wrote: str = ""
    committed: str = ""


Point = Callable[[Moment], bool]


def before(written: str) -> Point:
    """Name the moment before a transaction is committed."""
    return lambda now: now.kind == "commit" and now.wrote == written


def after(written: str) -> Point:
    """Name the moment after a transaction was committed: whatever comes next."""
    return lambda now: now.committed == written


OF_A_RUN: Mapping[str, Point] = {
    "before the run is written": before("run"),
    "after the run is written": after("run"),
    "before the end is written": before("end"),
    "after the end is written": after("end"),
}
OF_A_REQUEST: Mapping[str, Point] = {
    "before the intent is written": before("intent"),
    "after the intent is written": after("intent"),
    "before the sending is written": before("sending"),
    "after the sending is written": after("sending"),
    "before the request": lambda now: now.kind == "send" and now.what in WRITES,
    "after the answer, before what it did is written": before("outcome"),
    "after what it did is written": after("outcome"),
}
OF_A_NEW_JOURNAL: Mapping[str, Point] = {
    "before the limit is written": before("limit"),
    "after the limit is written": after("limit"),
}
OF_FORGETTING: Mapping[str, Point] = {
    "before what is forgotten is written": before("forgetting"),
    "after what is forgotten is written": after("forgetting"),
}
OF_ADOPTION: Mapping[str, Point] = {
    "before the names are written": before("names"),
    "after the names are written": after("names"),
    "before what is adopted is written": before("adoption"),
    "after what is adopted is written": after("adoption"),
}
OF_AN_UPGRADE: Mapping[str, Point] = {
    "in the middle of an upgrade": lambda now: now.wrote == "upgrade" and now.what.startswith("PRAGMA user_version ="),
    "before an upgrade is written": before("upgrade"),
}
POINTS = {**OF_A_RUN, **OF_A_REQUEST, **OF_A_NEW_JOURNAL, **OF_FORGETTING, **OF_ADOPTION, **OF_AN_UPGRADE}
WRITTEN: Mapping[str, str] = {
    r"INSERT INTO runs": "run",
    r"INSERT INTO limits": "limit",
    r"INSERT INTO sends": "intent",
    r"UPDATE sends SET state = [^,]+, sent": "sending",
    r"UPDATE sends SET state = [^,]+, reason": "outcome",
    r"UPDATE runs SET ended = [^,]+, outcome = [^,]+, stopped": "end",
    r"ALTER TABLE people": "upgrade",
    r"DELETE FROM people": "forgetting",
    r"INSERT INTO people": "names",
    r"INSERT OR IGNORE INTO people": "adoption",
}
"""How the first statement of a transaction that matters begins."""


class Watch:
    """Kills this process when its moment comes."""

    def __init__(self, is_the_moment: Point) -> None:
        self._is_the_moment = is_the_moment
        self._now = Moment()

    def install(self) -> None:
        """Begin to watch; a connection to SQLite can't be watched yet when the interpreter tells of it."""
        connect = sqlite3.connect

        def watched(*arguments: Any, **named: Any) -> sqlite3.Connection:
            db: sqlite3.Connection = connect(*arguments, **named)
            db.set_trace_callback(self._see_statement)
            return db

        sqlite3.connect = watched  # type: ignore[assignment]  # it takes and gives the same
        sys.addaudithook(self._see_audit)

    def _see_audit(self, name: str, arguments: tuple[Any, ...]) -> None:
        if name == "http.client.send" and (function := function_of(arguments[1])):
            self._see("send", function)

    def _see_statement(self, statement: str) -> None:
        if statement == "COMMIT":
            self._see("commit")
            self._now.wrote, self._now.committed = "", self._now.wrote
        else:
            self._see("statement", statement)
            self._now.wrote = self._now.wrote or written(statement)

    def _see(self, kind: str, what: str = "") -> None:
        self._now.kind, self._now.what = kind, what
        if self._is_the_moment(self._now):
            os.kill(os.getpid(), signal.SIGKILL)
        self._now.committed = ""


def written(statement: str) -> str:
    """Name what a statement writes, if it matters."""
    return next((name for beginning, name in WRITTEN.items() if re.match(beginning, statement)), "")


def function_of(data: object) -> str:
    """Name the function that a request calls; empty for what is no request's body."""
    found = re.search(rb"wsfunction=(\w+)", data) if isinstance(data, bytes) else None
    return found[1].decode() if found else ""


def nth(point: Point, number: int) -> Point:
    """Let a point pass until it comes for the nth time."""
    passed = count(1)
    return lambda now: point(now) and next(passed) == number


def after_events(events: int) -> Point:
    """Count events of all kinds and threads."""
    counted = count(1)
    return lambda _now: next(counted) >= events


@dataclass(frozen=True)
class Command:
    """A command in a folder."""

    folder: Path
    arguments: Sequence[str]
    token: str
    moment: str = ""
    """A point and a number after a space, or a number of events; empty: it lives."""


class Process:
    """A command that runs."""

    def __init__(self, command: Command) -> None:
        self._process = processes.Process(target=_live, args=(command,))

    def run(self) -> int:
        """Run it to its end; give its exit code, which is `KILLED` where its moment came."""
        self._process.start()
        self._process.join(PATIENCE)
        code = self._process.exitcode
        if code is None:
            self.kill()
            raise TimeoutError
        return code

    def kill(self) -> None:
        """End it as a crash would."""
        self._process.kill()


def said(folder: Path) -> str:
    """Give what the last command said."""
    return (folder / "said.txt").read_text(encoding="utf-8")


def _live(command: Command) -> None:
    os.environ |= {"CONTENT_DIR": str(command.folder / "content"), "MOODLE_TOKEN": command.token}
    os.chdir(command.folder)
    if command.moment:
        Watch(_point(command.moment)).install()
    with (
        Path("said.txt").open("w", encoding="utf-8", buffering=1) as output,
        redirect_stdout(output),
        redirect_stderr(output),
        patch("time.sleep"),  # what was asked for before the crash is not on its way any more
    ):
        main(command.arguments)


def _point(moment: str) -> Point:
    name, _, number = moment.rpartition(" ")
    return nth(POINTS[name], int(number)) if name else after_events(int(number))


processes = get_context("forkserver")
processes.set_forkserver_preload([__name__])
