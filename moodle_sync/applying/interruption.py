"""Ctrl-C in order: the request under way comes to its end, and no other is sent."""

import signal
from collections.abc import Callable
from contextlib import AbstractContextManager
from types import FrameType, TracebackType

from moodle_sync.errors import Interrupted

ASKED = "stopped by Ctrl-C before the next request"


class Interruption(AbstractContextManager["Interruption"]):
    """Listens for Ctrl-C for the length of a block; the second one stops at once."""

    def __init__(self, tell: Callable[[], None]) -> None:
        self._tell = tell
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
        if self._asked:
            raise KeyboardInterrupt
        self._asked = True
        self._tell()
