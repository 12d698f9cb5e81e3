"""Faults that a test can order: what an endpoint answers next, instead of working.

`app.extensions["faults"]["scores"] = [503, Answer(429, {"Retry-After": "60"}), DROP]` makes the next three calls fail
so; `[Lasting(DROP)]` makes all calls fail until it is taken away.
"""

import functools
import socket
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event
from typing import NoReturn, ParamSpec

from flask import Flask, Response, current_app, request

P = ParamSpec("P")
Work = Callable[[], Response]
"""What the endpoint would have done, and its answer."""
Fault = int | Callable[[Work], Response]
"""An error status instead of the work, or a function that may do the work and gives the answer."""
PATIENCE = 60
"""Seconds that late work waits for a test's word, so that a test that fails leaves nothing behind."""


@dataclass(frozen=True, slots=True)
class Lasting:
    """A fault that stays until it is taken away."""

    fault: Fault


Faults = dict[str, list[Fault | Lasting]]


@dataclass(frozen=True, slots=True)
class Answer:
    """Something else is answered, and nothing done: a maintenance page with status 200, JSON that is cut short."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""

    def __call__(self, _work: Work) -> Response:
        """Answer so."""
        return Response(self.body, self.status, self.headers)


@dataclass(frozen=True, slots=True)
class Late:
    """The work is done long after whoever asked has given up: when a test says so.

    Nobody waits in the meantime: the connection is closed here, as it is there at the end of its patience.
    """

    begin: Event = field(default_factory=Event)
    done: Event = field(default_factory=Event)

    def __call__(self, work: Work) -> Response:
        """Hang up, wait for the word, and work."""
        request.get_data()  # nothing more can be read afterwards
        _hang_up()
        self.begin.wait(PATIENCE)
        work()
        self.done.set()
        return _broken_off()


def _drop(_work: Work) -> Response:
    return _broken_off()


def _lose(work: Work) -> Response:
    work()
    return _broken_off()


DROP: Fault = _drop
"""The connection is closed before anything is done."""
LOSE: Fault = _lose
"""The work is done, and the connection closed before the answer."""


def init_app(app: Flask) -> None:
    """Begin without faults."""
    app.extensions["faults"] = Faults()


def faulty(name: str) -> Callable[[Callable[P, Response]], Callable[P, Response]]:
    """Let a view fail on order, under a name: `token`, `certs` or a service's."""

    def decorate(view: Callable[P, Response]) -> Callable[P, Response]:
        @functools.wraps(view)
        def answer(*args: P.args, **kwargs: P.kwargs) -> Response:
            fault = _ordered(name)
            if fault is None:
                return view(*args, **kwargs)
            if isinstance(fault, int):
                return Response(status=fault)
            return fault(functools.partial(view, *args, **kwargs))

        return answer

    return decorate


def _ordered(name: str) -> Fault | None:
    """Give the next fault of this name, and use it up unless it lasts."""
    ordered: list[Fault | Lasting] = current_app.extensions["faults"].get(name) or []
    if not ordered:
        return None
    first = ordered[0]
    if isinstance(first, Lasting):
        return first.fault
    ordered.pop(0)
    return first


def _broken_off() -> Response:
    """Make an answer that closes the connection instead of being sent."""
    _hang_up()
    return Response(map(_abort, ["ordered by a test"]))


def _hang_up() -> None:
    """Shut the socket down, on a real port: the server would wait for another request on it."""
    connection = request.environ.get("werkzeug.socket")
    if connection is not None:
        with suppress(OSError):  # it is closed already
            connection.shutdown(socket.SHUT_RDWR)


def _abort(reason: str) -> NoReturn:
    raise ConnectionAbortedError(reason)
