"""A client that tells of its calls: to the log, to a progress bar, and to nobody what was in them."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from moodle_sync.errors import Refused, SyncError
from moodle_sync.logs import log
from moodle_sync.webservice.client import Client
from moodle_sync.webservice.encoding import Value
from moodle_sync.webservice.functions import Function

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """A call that came back: `error` names the exception, `errorcode` is Moodle's."""

    function: str
    rows: int
    seconds: float
    error: str | None = None
    errorcode: str | None = None


Listener: TypeAlias = Callable[[Called], None]


class WatchedClient(Client):
    """Logs every call with its time, and tells whoever listens; `before` may stop it before anything is sent."""

    before: Callable[[], None] = staticmethod(lambda: None)
    listener: Listener = staticmethod(lambda _called: None)

    def call(self, function: Function[T], **arguments: Value) -> T:
        """Call a function as `Client` does."""
        self.before()
        began = time.monotonic()
        try:
            reply = super().call(function, **arguments)
        except SyncError as error:
            self._tell(function.name, arguments, began, error)
            raise
        self._tell(function.name, arguments, began, None)
        return reply

    def _tell(self, function: str, arguments: dict[str, Value], began: float, error: SyncError | None) -> None:
        called = Called(
            function=function,
            rows=rows(arguments),
            seconds=round(time.monotonic() - began, 3),
            error=type(error).__name__ if error else None,
            errorcode=error.errorcode if isinstance(error, Refused) else None,
        )
        log.log(
            logging.WARNING if error else logging.INFO,
            "called",
            extra={name: getattr(called, name) for name in Called.__slots__},
        )
        self.listener(called)


def rows(arguments: dict[str, Value]) -> int:
    """Count the rows that a call sends or asks for: the length of its list, and 1 without any."""
    lists = [len(value) for name, value in arguments.items() if isinstance(value, (list, tuple)) and name != "options"]
    return max(lists, default=1)
