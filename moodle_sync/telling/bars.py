"""Bars on a terminal, as rich draws them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn


@contextmanager
def drawn(title: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """Draw a bar, or without a total only a count, for the length of a block; it gives a function that moves it on."""
    bar = _uncounted() if total is None else _counted()
    with bar:
        task = bar.add_task(title, total=total)
        yield lambda more: bar.advance(task, more)


def _counted() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)


def _uncounted() -> Progress:
    columns = (TextColumn("{task.description}: {task.completed} requests"), TimeElapsedColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)
