"""Ctrl-C: once in order, so that the request under way comes to its end and no other is sent; twice at once."""

import os
import signal
from collections.abc import Callable
from contextlib import AbstractContextManager
from types import FrameType, TracebackType

from moodle_sync.errors import Exit, Interrupted

ASKED = "stopped by Ctrl-C before the next request"


class Interruption(AbstractContextManager["Interruption"]):
    """Listens for Ctrl-C for the length of a block: the first is only told, the second ends the process.

    It ends without waiting for anything, not even for the threads whose requests are under way. The journal bears that
    as it bears a crash: what was sent stays so, until somebody finds out what became of it.
    """

    def __init__(self, tell: Callable[[], None], take_leave: Callable[[], None]) -> None:
        self._tell = tell
        self._take_leave = take_leave
        self._asked = False

    def __enter__(self) -> "Interruption":
        self._before = signal.signal(signal.SIGINT, self._heard)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        signal.signal(signal.SIGINT, self._before)

    def check(self) -> None:
        """Raise Interrupted if somebody asked to stop."""
        if self._asked:
            raise Interrupted(ASKED)

    def _heard(self, _number: int, _frame: FrameType | None) -> None:
        if not self._asked:
            self._asked = True
            self._tell()
            return
        try:
            self._take_leave()
        finally:
            os._exit(Exit.INTERRUPTED)
