"""When a digest is due, what is in it, and through which course a mail's link leads: pure decisions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

HOUR = time(7)
"""When digests leave, in each person's own zone."""
SETTLES = timedelta(minutes=1)
"""What is younger waits for the next digest: a post that is being saved has a time already, and can't be seen yet."""
LEASE = timedelta(minutes=10)
"""For one mail: longer than a mail server may take for all its answers."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(minutes=30)
FIRST_SERVER_PAUSE, LONGEST_SERVER_PAUSE = timedelta(seconds=10), timedelta(minutes=5)
LINKS_LAST = timedelta(days=90)
STOPPING_LASTS = timedelta(days=365)
ARRIVAL_LASTS = timedelta(minutes=10)
"""From pressing a link in a mail to the launch that follows."""
ASKS_AFTER, ENDS_AFTER = timedelta(days=335), timedelta(days=365)
"""Of nothing heard from its reader: from when on a digest asks whether it should go on, and when it may be the last."""
ANSWERING_LASTS = ENDS_AFTER - ASKS_AFTER
"""Who was asked has so long to answer."""
ENDED = "ended"
"""In the place of a mail server's code: its reader neither came nor asked for it to go on, for so long."""
UNUSABLE = "unusable"
"""In the place of a mail server's code: what Moodle tells is no address that a mail can be sent to."""
MOST_WHOLE, MOST_BENEATH, MOST_TITLES = 10, 3, 30
"""Whole posts of each part, whole contributions to a thread, and titles; what is more is counted."""


class Rhythm(StrEnum):
    """How often somebody wants a digest."""

    NEVER = "never"
    DAILY = "daily"
    WEEKLY = "weekly"


class Standing(StrEnum):
    """How a digest stands to a reader who may never come back."""

    WANTED = "wanted"
    ASKED = "asked"
    """It asks whether it should go on."""
    LAST = "last"
    """It says that it is the last."""


class LinkUse(StrEnum):
    """What a link in a mail does."""

    GO = "go"
    STOP = "stop"
    KEEP = "keep"
    """Says that the digest should go on, or begin again after it ended by itself."""


class MailState(StrEnum):
    """How far a mail is."""

    MADE = "made"
    CLAIMED = "claimed"
    SENT = "sent"
    UNKNOWN = "unknown"
    """A worker had it and wasn't heard of again: it isn't repeated."""
    REFUSED = "refused"
    STOPPED = "stopped"
    """Its reader stopped the digest meanwhile."""
    LATE = "late"
    """The next one was due before it could be sent, and says what it would have said."""
    EMPTY = "empty"
    """What it was made for was read, hidden or deleted meanwhile."""


MAYBE_SENT = (MailState.CLAIMED, MailState.SENT, MailState.UNKNOWN)
"""Of what such a mail told nobody can say that it never arrived."""


def next_due(rhythm: Rhythm, weekday: int, after: datetime, zone: ZoneInfo) -> datetime:
    """Tell when the next digest is due: in the morning, every day or on a weekday (0 is Monday)."""
    local = after.astimezone(zone)
    ahead = (weekday - local.weekday()) % 7 if rhythm is Rhythm.WEEKLY else 0
    step = 7 if rhythm is Rhythm.WEEKLY else 1
    first = _morning(local, ahead, zone)
    return first if first > after else _morning(local, ahead + step, zone)


def _morning(local: datetime, days: int, zone: ZoneInfo) -> datetime:
    return datetime.combine(local.date() + timedelta(days=days), HOUR, zone).astimezone(UTC)


def pause(attempts: int, luck: float) -> timedelta:
    """Tell how long to wait with a mail that the server didn't take just now."""
    return _doubled(FIRST_PAUSE, attempts, LONGEST_PAUSE) * (0.5 + luck / 2)


def server_pause(failures: int) -> timedelta:
    """Tell how long to leave a server alone that failed so often in a row."""
    return _doubled(FIRST_SERVER_PAUSE, failures, LONGEST_SERVER_PAUSE)


def _doubled(first: timedelta, times: int, longest: timedelta) -> timedelta:
    doubled: timedelta = first * (1 << min(max(times - 1, 0), 10))
    return min(doubled, longest)


def standing(heard_at: datetime, asked_at: datetime | None, now: datetime) -> Standing:
    """Tell whether a digest goes on: the last one is preceded by one that asked and that there was time to answer."""
    silence = now - heard_at
    if silence < ASKS_AFTER:
        return Standing.WANTED
    was_asked = asked_at is not None and asked_at > heard_at and now - asked_at >= ANSWERING_LASTS
    return Standing.LAST if silence >= ENDS_AFTER and was_asked else Standing.ASKED


# What is in it


class Sort(StrEnum):
    """What may be new beneath a post that somebody follows."""

    OUTCOME = "outcome"
    ACCEPTED = "accepted"
    """An offer that its need's author accepted."""
    OFFER = "offer"
    REPLY = "reply"


Event: TypeAlias = tuple[Sort, str]
"""One of them, by its id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """Which posts, and what beneath them, a mail tells of, by their ids."""

    calls: Sequence[str] = ()
    """Needs that wait for the reader as their territory's connector, whole."""
    needs: Sequence[str] = ()
    """Other open needs, whole."""
    followed: Mapping[str, Sequence[Event]] = field(default_factory=dict)
    """Posts that the reader follows, each with what is new beneath; nothing where the post itself is new by its tag."""
    others: Sequence[str] = ()
    """Posts of which the title is told."""

    @property
    def posts(self) -> Sequence[str]:
        """Give all posts in their order: the mail's links go by their place among them."""
        return [*self.calls, *self.needs, *self.followed, *self.others]

    def as_json(self) -> dict[str, Any]:
        """Write it as it is kept."""
        told = {"calls": list(self.calls), "needs": list(self.needs)}
        return {**told, "followed": dict(self.followed), "others": list(self.others)}


# Where a link leads


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """An activity in Moodle that opens the community."""

    url: str
    course: str | None
    """The course's title."""
    came_at: datetime | None
    """When the person last came to that course."""
    is_own: bool
    """Whether the course holds nothing else: the one that stays when a training ends."""


def ways(found: Sequence[Way]) -> Sequence[Way]:
    """Choose among a site's ways in: the one that surely opens, else those between which the person chooses.

    A course that they came to and that holds nothing but the community never ends, if it is the only such course: where
    a training's other activities are Moodle's own, it looks the same. Of other courses the tool can't know whether they
    still let the person in.
    """
    own = [way for way in found if way.is_own]
    if len(own) == 1 and own[0].came_at:
        return own
    known = [way for way in found if way.is_own or way.came_at]
    return sorted(known or found, key=_came, reverse=True)


def _came(way: Way) -> datetime:
    return way.came_at or datetime.min.replace(tzinfo=UTC)
