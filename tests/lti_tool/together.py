"""Several do something at the same moment, each as a process of its own would."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from typing import TypeVar

from flask import Flask
from sqlalchemy import event

from lti_tool.database import db

T = TypeVar("T")
PATIENCE = 30
"""Seconds, for what takes none."""


def at_once(app: Flask, *works: Callable[[], T]) -> list[T]:
    """Do things in threads of their own, all beginning at the same moment; give what came of each."""
    together = Barrier(len(works))

    def run(work: Callable[[], T]) -> T:
        with app.app_context():
            together.wait(PATIENCE)
            return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


@contextmanager
def overtaking(
    app: Flask, *works: Callable[[], object], before: tuple[str, ...] = ("UPDATE", "INSERT")
) -> Iterator[None]:
    """Let others be faster by a moment: all they do happens right before the first such statement in this block."""
    faster = list(works)

    def overtake(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith(before) and faster:
            going = faster.copy()
            faster.clear()
            for work in going:
                at_once(app, work)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", overtake)
    yield
    event.remove(engine, "before_cursor_execute", overtake)
    assert not faster, "there was no such statement"
