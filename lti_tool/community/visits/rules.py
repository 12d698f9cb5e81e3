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
    """What is new of one post: itself, and what stands under it."""

    is_new: bool = False
    replies: int = 0
    offers: int = 0
    """Of help, on a need that concerns the reader."""
    has_outcome: bool = False
    """Whether it was told what came of such a need."""


NOTHING_NEW = Mark()


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What is told on the way in."""

    new: int
    """What others wrote since the visit before, unread, as far as it concerns the reader.

    One more than are counted where there are more.
    """
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
