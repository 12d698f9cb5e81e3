"""Several questions at the same time: Moodle takes most of the time, and the client lets only a few leave at once."""

from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")
S = TypeVar("S")

AT_ONCE = 4
"""Courses, or pages of a list, that are read at the same time."""


def side_by_side(work: Callable[[T], R], items: Iterable[T]) -> Generator[R, None, None]:
    """Work on several items at once; the results come in order, and after a failure nothing new is begun."""
    with _workers() as pool:
        yield from pool.map(work, items)


def three(first: Callable[[], R], second: Callable[[], S], third: Callable[[], T]) -> tuple[R, S, T]:
    """Work on three different things at once; of several failures the earliest in this order is raised."""
    with _workers() as pool:
        one, two, last = pool.submit(first), pool.submit(second), pool.submit(third)
        return one.result(), two.result(), last.result()


@contextmanager
def _workers() -> Iterator[ThreadPoolExecutor]:
    """Give threads that are waited for, but not by somebody who presses Ctrl-C: reading may be left at any time."""
    pool = ThreadPoolExecutor(max_workers=AT_ONCE)
    left = False
    try:
        yield pool
    except (KeyboardInterrupt, GeneratorExit):  # the latter where whoever took the results was interrupted
        left = True
        raise
    finally:
        pool.shutdown(wait=not left, cancel_futures=left)
