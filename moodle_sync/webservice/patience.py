"""Asking again, with pauses that grow: what reads, and what was surely not even looked at."""

from collections.abc import Callable
from typing import TypeVar

from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception_type,
    wait_exponential,
    wait_random,
)

from moodle_sync.errors import Garbled, MoodleError, Unreachable

T = TypeVar("T")

TRIES = 5
LONGEST = 30
"""Seconds that one pause takes at most, unless the server names them."""
TOGETHER = 120
"""Seconds that all pauses of one question take at most: whoever names a longer one isn't waited for."""
growing = wait_exponential(multiplier=0.5, max=LONGEST) + wait_random(0, 0.5)


PASSING: tuple[type[MoodleError], ...] = (Unreachable, Garbled)
"""What may be otherwise at the next try, where it does no harm to ask again."""


def patiently(
    ask: Callable[[], T], sleep: Callable[[float], None], passing: tuple[type[MoodleError], ...] = PASSING
) -> T:
    """Ask until an answer comes, a few times at most; then the last error is raised."""
    asking = Retrying(
        retry=retry_if_exception_type(passing),
        stop=_enough,
        wait=_pause,
        sleep=sleep,
        reraise=True,
    )
    return asking(ask)


def _pause(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    named = error.after if isinstance(error, Unreachable) else None
    return growing(state) if named is None else named


def _enough(state: RetryCallState) -> bool:
    return state.attempt_number >= TRIES or state.idle_for + state.upcoming_sleep > TOGETHER
