"""Questions at the same time: in order, and left at once by whoever doesn't want the answers any more."""

from collections.abc import Callable
from threading import Event, Thread

import pytest

from moodle_sync.site.side_by_side import AT_ONCE, side_by_side, three

PATIENCE = 30
"""Seconds after which somebody surely waits."""


def fail(message: str) -> Callable[[], None]:
    def work() -> None:
        raise ValueError(message)

    return work


def test_results_come_in_order() -> None:
    assert list(side_by_side(lambda number: number * 2, range(3 * AT_ONCE))) == list(range(0, 6 * AT_ONCE, 2))


def test_of_several_failures_the_first_one_is_told() -> None:
    with pytest.raises(ValueError, match="second"):
        three(lambda: None, fail("second"), fail("third"))


def test_whoever_leaves_waits_for_no_answer() -> None:
    answer = Event()
    asked = side_by_side(lambda number: number == 0 or answer.wait(2 * PATIENCE), range(2 * AT_ONCE))
    first = next(asked)
    leaving = Thread(target=asked.close)

    leaving.start()
    leaving.join(PATIENCE)
    still_there = leaving.is_alive()
    answer.set()

    assert (first, still_there) == (True, False)
