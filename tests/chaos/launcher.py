"""Runs one process of the tool, as its commands do, until a moment at which it is killed.

`launcher.py worker`, or `launcher.py web PORT`. `CRASH_AT` names the moment: a point of `POINTS`, or a number of events
after which it comes. `AHEAD` is how many seconds the clock is ahead of the machine's. All is watched from outside: what
the interpreter's audit events tell of sockets, and SQLAlchemy of statements and commits.
"""

import importlib.util
import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from datetime import timedelta
from itertools import count
from typing import Any

from flask import Flask, request
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from lti_tool.app import create_app
from lti_tool.clock import utc_now
from lti_tool.config import Settings
from lti_tool.delivery import worker
from lti_tool.server import serve_forever

POINTS: Mapping[str, Callable[["Moment"], bool]] = {
    # the worker
    "before the claim is committed": lambda now: now.kind == "commit" and now.wrote == "claim",
    "after the claim is committed": lambda now: now.kind == "committed" and now.wrote == "claim",
    "before the token is asked for": lambda now: now.kind == "send" and now.what == "/mod/lti/token.php",
    "after the token's answer": lambda now: now.kind == "connect" and now.sent == "/mod/lti/token.php",
    "before the score is sent": lambda now: now.kind == "send" and now.what.endswith("/scores"),
    "after the score's answer, before its end is recorded": lambda now: now.kind == "execute" and now.wrote == "end",
    "before the end is committed": lambda now: now.kind == "commit" and now.wrote == "end",
    "after the end is committed": lambda now: now.kind == "committed" and now.wrote == "end",
    "when a wake-up was taken": lambda now: now.kind == "woken",
    # the web
    "before the submission is committed": lambda now: now.kind == "commit" and now.wrote == "submission",
    "after the submission is committed, before the wake-up": lambda now: (
        now.kind == "committed" and now.wrote == "submission"
    ),
    "after the wake-up, before the answer": lambda now: now.kind == "answer" and now.what.endswith("/submissions"),
}


class Moment(threading.local):
    """What a thread is just about to do, what it wrote in its transaction, and what it sent last."""

    kind = ""
    what = ""
    wrote = ""
    sent = ""


class Watch:
    """Kills this process, and what it belongs to, when its moment comes."""

    def __init__(self, is_the_moment: Callable[[Moment], bool]) -> None:
        self._is_the_moment = is_the_moment
        self._now = Moment()

    def see(self, kind: str, what: str = "") -> None:
        """Look whether the moment has come."""
        self._now.kind, self._now.what = kind, what
        if self._is_the_moment(self._now):
            os.killpg(0, signal.SIGKILL)

    def install(self, app: Flask) -> None:
        """Begin to watch; what the tool itself does at a commit comes after us."""
        event.listen(Engine, "before_cursor_execute", self._see_statement)
        event.listen(Engine, "commit", lambda _connection: self.see("commit"))
        event.listen(Session, "after_commit", lambda _session: self._see_committed(), insert=True)
        app.after_request(self._see_answer)
        if importlib.util.find_spec("huey"):
            self._watch_wake_ups()
        sys.addaudithook(self._see_audit)

    def _see_statement(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        self._now.wrote = written(statement) or self._now.wrote
        self.see("execute", statement)

    def _see_committed(self) -> None:
        self.see("committed")
        self._now.wrote = ""

    def _see_answer(self, response: Any) -> Any:
        self.see("answer", request.path)
        return response

    def _see_audit(self, name: str, arguments: tuple[Any, ...]) -> None:
        if name == "socket.connect":
            self.see("connect")
        elif name == "http.client.send" and (path := path_of(arguments[1])):
            self.see("send", path)
            self._now.sent = path

    def _watch_wake_ups(self) -> None:
        """Look behind the queue's own method: it has no events."""
        from huey import storage  # noqa: PLC0415 - it may not be there

        for queue in (storage.SqliteStorage, storage.RedisStorage):
            queue.dequeue = self._seen(queue.dequeue)

    def _seen(self, dequeue: Callable[..., Any]) -> Callable[..., Any]:
        def seen(*arguments: Any) -> Any:
            taken = dequeue(*arguments)
            if taken is not None:
                self.see("woken")
            return taken

        return seen


def written(statement: str) -> str:
    """Name what a statement writes into the outbox, if anything."""
    if statement.startswith("INSERT INTO deliveries"):
        return "submission"
    if not statement.startswith("UPDATE deliveries"):
        return ""
    changes = statement.partition("WHERE")[0]
    return "claim" if "attempts" in changes else "end" if "ended_at" in changes else ""


def path_of(data: bytes | object) -> str:
    """Give the path of a request's first line; nothing for what is none."""
    line = data.split(b"\r\n", 1)[0].split(b" ") if isinstance(data, bytes) else []
    return line[1].partition(b"?")[0].decode() if len(line) == 3 else ""


def after(events: int) -> Callable[[Moment], bool]:
    """Count events of all kinds and threads."""
    counted = count(1)
    return lambda _now: next(counted) >= events


def main(role: str, *address: str) -> None:
    """Work until killed."""
    ahead = timedelta(seconds=float(os.environ.get("AHEAD", "0")))
    app = create_app(Settings.from_environment(os.environ), lambda: utc_now() + ahead)
    at = os.environ["CRASH_AT"]
    Watch(after(int(at)) if at.isdigit() else POINTS[at]).install(app)
    if role == "worker":
        worker.run(app, threading.Event())
    else:
        serve_forever(app, bind=[f"127.0.0.1:{address[0]}"], workers=1, threads=4)


if __name__ == "__main__":
    main(*sys.argv[1:])
