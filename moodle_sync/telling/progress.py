"""How far it has come: a bar on a terminal, and nothing where nobody looks on."""

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import TypeAlias

Advance: TypeAlias = Callable[[int], None]


def counted(title: str, total: int) -> AbstractContextManager[Advance]:
    """Show a bar with the time that is left, for the length of a block; it gives a function that moves it on."""
    return _shown(title, total)


def uncounted(title: str) -> AbstractContextManager[Advance]:
    """Show how many requests were made, for the length of a block that nobody knows the end of."""
    return _shown(title, None)


def _shown(title: str, total: int | None) -> AbstractContextManager[Advance]:
    if not sys.stderr.isatty():
        return nullcontext(lambda _more: None)
    from moodle_sync.telling.bars import drawn  # noqa: PLC0415 - rich loads slowly, and at night nobody looks on

    return drawn(title, total)
