"""How far it has come: a bar on a terminal, and nothing where nobody looks on."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

Advance: TypeAlias = Callable[[int], None]


@contextmanager
def counted(title: str, total: int) -> Iterator[Advance]:
    """Show a bar with the time that is left, for the length of a block; it gives a function that moves it on."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with _shown(Progress(*columns, console=_console(), transient=True), title, total) as advance:
        yield advance


@contextmanager
def uncounted(title: str) -> Iterator[Advance]:
    """Show how many requests were made, for the length of a block that nobody knows the end of."""
    columns = (TextColumn("{task.description}: {task.completed} requests"), TimeElapsedColumn())
    with _shown(Progress(*columns, console=_console(), transient=True), title, None) as advance:
        yield advance


def _console() -> Console:
    return Console(stderr=True)


@contextmanager
def _shown(bar: Progress, title: str, total: int | None) -> Iterator[Advance]:
    if not sys.stderr.isatty():
        yield lambda _more: None
        return
    with bar:
        task = bar.add_task(title, total=total)
        yield lambda more: bar.advance(task, more)
