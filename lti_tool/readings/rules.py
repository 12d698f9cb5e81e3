"""When what a platform holds is read again: pure decisions."""

from dataclasses import dataclass
from datetime import datetime, timedelta

FRESH_FOR = timedelta(minutes=15)
ASK_EVERY = timedelta(minutes=1)
"""Between two times that people make us ask."""
MOST_TRIES = 6
"""In a row; then the next person who looks makes us ask again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How old it is what we hold, and whether it will be read again."""

    fetched_at: datetime | None = None
    """When it was last read; nothing before the first time."""
    asked_at: datetime | None = None
    """When somebody last made us ask."""
    is_wanted: bool = False
    """Whether the worker will ask, or is asking."""
    failed_at: datetime | None = None
    """When the last try failed, if it did."""

    def is_due(self, now: datetime) -> bool:
        """Tell whether somebody who looks at it makes us ask."""
        if self.is_wanted:
            return False
        return self.fetched_at is None or self.fetched_at <= now - FRESH_FOR

    def may_be_asked(self, now: datetime) -> bool:
        """Tell whether somebody can make us ask at once."""
        return self.asked_at is None or self.asked_at <= now - ASK_EVERY
