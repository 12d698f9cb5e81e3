"""What becomes of an export that somebody asked for: pure decisions."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

KEPT_FOR = timedelta(days=1)
LEASE = timedelta(minutes=2)
"""For which an export is one worker's; it is lengthened as long as that worker goes on."""
AGAIN_AFTER = timedelta(seconds=10)
MOST_TRIES = 3
"""Of one step, in a row."""
LONGEST_SETTING = timedelta(minutes=2)
"""That setting the file may take."""
LOOK = 0.5
"""Seconds that a worker waits for the file at a time, before it goes back to the grades."""
LARGEST_GATHERED = 40_000_000
"""Bytes of words and photos that are set in one file."""
LARGEST_FILE = 50_000_000


class State(StrEnum):
    """How far an export is."""

    WAITING = "waiting"
    """Asked for, or being made."""
    READY = "ready"
    FAILED = "failed"


class Problem(StrEnum):
    """Why there is no file."""

    NOTHING = "nothing"
    """There is no work in it any more."""
    TOO_LARGE = "too_large"
    TOO_LONG = "too_long"
    """Setting it took longer than it may."""
    BROKEN = "broken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody asked to have as a file."""

    person_id: int
    course_id: int
    exercise: str
    workspace_id: int | None
    """The piece of work; none where it is all that was handed in for the exercise."""
    for_trainers: bool
    """Whether it holds what the course's trainers read."""
    form: str
    language: str
    """The interface's."""
    reads: str
    """The language in which the exercise is read."""
    timezone: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """An export and how far it is, without its file."""

    id: int
    wanted: Wanted
    state: State
    done: int
    """Pieces of work that are gathered."""
    total: int | None
    """None before anybody counted them."""
    problem: Problem | None
    asked_at: datetime
    ends_at: datetime
    """When it is thrown away."""

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens to it."""
        return self.state is not State.WAITING

    @property
    def steps(self) -> int:
        """Count the steps of which a bar tells: counting, each piece of work, and setting the file."""
        return 2 + (self.total or 1)

    @property
    def steps_done(self) -> int:
        """Count those that are done."""
        if self.state is State.READY:
            return self.steps
        return 0 if self.total is None else 1 + self.done
