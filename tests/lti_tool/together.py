"""Several do something at the same moment, each as a process of its own would."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from flask import Flask

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
