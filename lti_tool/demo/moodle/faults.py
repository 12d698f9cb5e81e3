"""Faults that a test can order: what an endpoint answers next, instead of working.

`app.extensions["faults"]["scores"] = [503, Response(status=429), DROP]` makes the next three calls fail so;
`[Lasting(DROP)]` makes all calls fail until it is taken away; `[after(503), cut]` leaves whoever asks in doubt.
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
Fault = int | Response | Callable[[Work], Response]
"""An error status or an answer instead of the work, or a function that may do the work and gives the answer."""
DROP = 0
"""The connection is closed before anything is done."""
LOSE = -1
"""The work is done, and the connection closed before the answer."""
PATIENCE = 60
"""Seconds that late work waits for a test's word, so that a test that fails leaves nothing behind."""


@dataclass(frozen=True, slots=True)
class Lasting:
    """A fault that stays until it is taken away."""

    fault: Fault


Faults = dict[str, list[Fault | Lasting]]


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


@dataclass(frozen=True, slots=True)
class Held:
    """The work is done at once, and the answer comes when a test says so: after whoever asked has given up."""

    done: Event = field(default_factory=Event)
    let_go: Event = field(default_factory=Event)

    def __call__(self, work: Work) -> Response:
        """Work, and wait for the word."""
        answer = work()
        self.done.set()
        self.let_go.wait(PATIENCE)
        return answer


def after(status: int) -> Callable[[Work], Response]:
    """Make a fault that does the work and answers with an error status, as a gateway whose patience ends."""

    def answer(work: Work) -> Response:
        work()
        return Response(status=status)

    return answer


def cut(work: Work) -> Response:
    """Do the work, and answer half of what there is to say."""
    whole = work()
    told = whole.get_data()
    return Response(told[: len(told) // 2], whole.status, content_type=whole.content_type)


def drop(_work: Work) -> Response:
    """Close the connection before anything is done."""
    return _broken_off()


def lose(work: Work) -> Response:
    """Do the work, and close the connection before the answer."""
    work()
    return _broken_off()


NAMED: Mapping[int, Callable[[Work], Response]] = {DROP: drop, LOSE: lose}


def init_app(app: Flask) -> None:
    """Begin without faults."""
    app.extensions["faults"] = Faults()


def faulty(name: str) -> Callable[[Callable[P, Response]], Callable[P, Response]]:
    """Let a view fail on order, under a name: `token`, `certs` or a service's."""

    def decorate(view: Callable[P, Response]) -> Callable[P, Response]:
        @functools.wraps(view)
        def answer(*args: P.args, **kwargs: P.kwargs) -> Response:
            work = functools.partial(view, *args, **kwargs)
            fault = _ordered(name)
            return work() if fault is None else _failed(fault, work)

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


def _failed(fault: Fault, work: Work) -> Response:
    if isinstance(fault, int):
        return NAMED[fault](work) if fault in NAMED else Response(status=fault)
    return fault if isinstance(fault, Response) else fault(work)


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
