"""Faults that a test can order: what an endpoint answers next, instead of working.

`app.extensions["faults"]["scores"] = [503, 429, DROP]` makes the next three calls fail so; a `Response` among them is
answered as it is.
"""

import functools
import socket
from collections.abc import Callable
from typing import NoReturn, ParamSpec

from flask import Flask, Response, current_app, request

P = ParamSpec("P")
DROP = 0
"""The connection is closed before anything is done."""
LOSE = -1
"""The work is done, and the connection closed before the answer."""
Fault = int | Response
Faults = dict[str, list[Fault]]


def init_app(app: Flask) -> None:
    """Begin without faults."""
    app.extensions["faults"] = Faults()


def faulty(name: str) -> Callable[[Callable[P, Response]], Callable[P, Response]]:
    """Let a view fail on order, under a name: `token` or a service's."""

    def decorate(view: Callable[P, Response]) -> Callable[P, Response]:
        @functools.wraps(view)
        def answer(*args: P.args, **kwargs: P.kwargs) -> Response:
            ordered: list[Fault] = current_app.extensions["faults"].get(name) or []
            fault = ordered.pop(0) if ordered else None
            if fault is None:
                return view(*args, **kwargs)
            if isinstance(fault, Response):
                return fault
            if fault == LOSE:
                view(*args, **kwargs)
            return _broken_off() if fault in (DROP, LOSE) else Response(status=fault)

        return answer

    return decorate


def _broken_off() -> Response:
    """Make an answer that closes the connection instead of being sent.

    On a real port the socket has to be shut down here: the server would wait for another request on it.
    """
    connection = request.environ.get("werkzeug.socket")
    if connection is not None:
        connection.shutdown(socket.SHUT_RDWR)
    return Response(map(_abort, ["ordered by a test"]))


def _abort(reason: str) -> NoReturn:
    raise ConnectionAbortedError(reason)
