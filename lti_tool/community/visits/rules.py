"""When a visit begins, and what is new in it: pure decisions."""

from dataclasses import dataclass
from datetime import datetime, timedelta

ABSENCE = timedelta(minutes=30)
"""Who comes back after it begins a visit."""
NOTED_EVERY = timedelta(minutes=1)
MOST_COUNTED = 99
"""What is new beyond that is said to be more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """A visit under way: who is here, in which community, and since when things are new to them."""

    community_id: int
    person_id: int
    since: datetime | None
    """When their visit before this one began; nothing in the first one, in which nothing is new or all of it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What is new of one post: itself, and so many of its replies."""

    is_new: bool
    replies: int


NOTHING_NEW = Mark(is_new=False, replies=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What is told on the way in."""

    new: int
    """Posts and replies by others since the visit before, unread; one more than are counted where there are more."""
    open_needs: int
    """Needs that wait for help, not counting one's own."""

    @property
    def is_more(self) -> bool:
        """Whether there is more than what is counted."""
        return self.new > MOST_COUNTED


def begins(seen_at: datetime, now: datetime) -> bool:
    """Tell whether somebody who was last seen then begins a visit."""
    return now - seen_at >= ABSENCE


def is_to_note(seen_at: datetime, now: datetime) -> bool:
    """Tell whether it is worth a write that somebody is still there."""
    return now - seen_at >= NOTED_EVERY
