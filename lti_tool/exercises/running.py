"""When each step of a session begins, on the clock of whoever guides it."""

from collections.abc import Sequence
from itertools import accumulate

from content.facilitation import FacilitationStep

HOUR = 60
DAY = 24 * HOUR


def begins(steps: Sequence[FacilitationStep], start: int = 0) -> Sequence[str]:
    """Give the moments at which steps begin, and at last that at which all is over; `start` is in minutes of a day."""
    return [clock(minutes) for minutes in accumulate((step.minutes for step in steps), initial=start)]


def clock(minutes: int) -> str:
    """Write minutes of a day as a clock shows them."""
    return f"{minutes % DAY // HOUR}:{minutes % HOUR:02d}"


def start_of(text: str) -> int | None:
    """Read a moment of a day such as `14:30`; nothing where it is none."""
    hours, _, minutes = text.partition(":")
    if not (hours.isdecimal() and minutes.isdecimal() and len(hours) <= 2 and len(minutes) == 2):  # noqa: PLR2004 - as a clock shows them
        return None
    found = int(hours) * HOUR + int(minutes)
    return found if int(minutes) < HOUR and found < DAY else None
