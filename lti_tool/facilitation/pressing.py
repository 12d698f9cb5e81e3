"""What a press on the trainer's page sets for everybody, and what it says of what the page showed: pure decisions."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from content.model import Step

MINUTES = (2, 10)
"""That one press gives."""
LONGEST_MESSAGE = 500


def number_seen(text: str | None) -> int | None:
    """Read the number of a step; none where no step is on."""
    return int(text) if text and re.fullmatch("[1-9][0-9]?", text) else None


def moment_seen(text: str | None) -> datetime | None:
    """Read the moment at which a step was to end; none where no time ran, or where nobody wrote that."""
    try:
        found = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    return found if found and found.tzinfo else None


def to_step(steps: Sequence[Step], number: int | None, now: datetime) -> Mapping[str, object]:
    """Begin a step of an exercise, with its time; without a number, end them."""
    if number is None:
        return {"step": None, "step_ends_at": None}
    return {"step": number, "step_ends_at": now + timedelta(minutes=steps[number - 1].minutes)}


def more_time(ends_at: datetime | None, now: datetime, minutes: int) -> datetime:
    """Let the time that runs end later; what is up already begins again now."""
    return max(ends_at or now, now) + timedelta(minutes=minutes)
