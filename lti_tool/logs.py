"""The log: one line for each thing that happened, in JSON or for reading, with the request's id and nobody's data.

What could name a person is left out where the line is made: requests are known by their endpoint and not by their
address, and of an exception only the places in the code are told, with its message where that can't quote anybody.
"""

import json
import logging
import sys
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from http import HTTPStatus
from secrets import token_hex
from time import perf_counter
from types import TracebackType
from typing import Literal

from flask import Flask, Response, g, has_request_context, request
from requests import RequestException
from sqlalchemy.exc import OperationalError

from lti_tool.errors import MedTownError

Format = Literal["json", "text"]
ExceptionInformation = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

READABLE = "%(asctime)s %(levelname)s %(name)s %(message)s"
ID_HEADER = "X-Request-ID"
EXTRAS = ("method", "endpoint", "status", "milliseconds", "reason")
"""What a line in JSON says beside its message, where it is known."""
PROBES = frozenset({"operations.alive", "operations.ready", "operations.measured", "exercises.changes.show"})
"""Asked every few seconds, without anybody's doing; the log tells only when they hear of a problem."""
TELLABLE = (MedTownError, OperationalError, OSError, ImportError, NameError, AttributeError, TypeError, RuntimeError)
"""Exceptions that speak of code and machines. Others, such as ValueError, quote the values that they stumbled over."""
UNTELLABLE = RequestException
"""An OSError that quotes whole addresses, and in them people's ids."""

log = logging.getLogger("lti_tool.requests")


class ReadableFormatter(logging.Formatter):
    """Writes lines for people at a terminal."""

    def formatException(self, ei: ExceptionInformation) -> str:  # noqa: N802 - the parent's name
        """Tell where it happened."""
        return _told(ei[1])


class JsonFormatter(ReadableFormatter):
    """Writes one JSON object for each record, in one line."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **({"request": g.request_id} if has_request_context() and "request_id" in g else {}),
            **{name: vars(record)[name] for name in EXTRAS if name in vars(record)},
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line)


def _told(error: BaseException | None) -> str:
    return "\n".join(reversed(list(_each_told(error))))


def _each_told(error: BaseException | None) -> Iterator[str]:
    """Tell an exception and those that led to it, the last one first."""
    while error is not None:
        said = f": {error}" if isinstance(error, TELLABLE) and not isinstance(error, UNTELLABLE) else ""
        yield "".join(traceback.format_tb(error.__traceback__)) + type(error).__qualname__ + said
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def set_up(form: Format | None) -> None:
    """Write the log of this process to its standard error: for reading at a terminal, else in JSON."""
    chosen = form or ("text" if sys.stderr.isatty() else "json")
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter() if chosen == "json" else ReadableFormatter(READABLE))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.getLogger("alembic").setLevel(logging.WARNING)


def init_app(app: Flask) -> None:
    """Give every request its id, and the log a line for each; before anything else that looks at requests."""
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    g.began = perf_counter()
    g.request_id = request.headers.get(ID_HEADER) or token_hex(6)  # what came in is a trusted proxy's: `proxies.py`


def _end(response: Response) -> Response:
    response.headers[ID_HEADER] = g.request_id
    status, milliseconds = response.status_code, round(seconds_so_far() * 1000)
    log.log(
        logging.DEBUG if endpoint() in PROBES and status < HTTPStatus.BAD_REQUEST else logging.INFO,
        "%s %s %s ms [%s]",
        request_line(),
        status,
        milliseconds,
        g.request_id,
        extra={"method": request.method, "endpoint": endpoint(), "status": status, "milliseconds": milliseconds},
    )
    return response


def seconds_so_far() -> float:
    """Tell how long the request has been worked on."""
    began: float = g.began
    return perf_counter() - began


def endpoint() -> str:
    """Name what was asked for; addresses hold launches, which would tie a person's requests together."""
    return request.endpoint or "none"


def request_line() -> str:
    """Name the request for the log."""
    return f"{request.method} {endpoint()}"
