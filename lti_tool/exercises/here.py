"""Who is at a workspace, and which note they have open: pure decisions."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

HERE_FOR = timedelta(seconds=45)
"""How long somebody counts as here who says nothing: pages say it every twenty seconds."""
HEARD_OFTEN = timedelta(seconds=15)
"""A page that is loaded again sooner than this writes nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """When somebody was last at a workspace."""

    seen_at: datetime
    note_id: str | None = None
    """The note that they have open."""
    has_left: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """What comes of a sign of somebody's life, or of their leaving."""

    presence: Presence
    """Of whoever gave it."""
    is_news: bool
    """Whether others see something change; that somebody is still here is none."""
    gone: Collection[int]
    """Who went without a word meanwhile: nobody but the others notices."""


def is_here(presence: Presence, now: datetime) -> bool:
    """Tell whether somebody counts as being here."""
    return not presence.has_left and presence.seen_at > now - HERE_FOR


def sign(presences: Mapping[int, Presence], person_id: int, told: Presence) -> Sign:
    """Decide about a sign of life; `presences` are those of all who ever were there."""
    before, now = presences.get(person_id), told.seen_at
    gone = [one for one, known in presences.items() if one != person_id and _went_silently(known, now)]
    return Sign(presence=told, is_news=bool(gone) or _shown(before, now) != _shown(told, now), gone=gone)


def _went_silently(known: Presence, now: datetime) -> bool:
    return not known.has_left and not is_here(known, now)


def _shown(presence: Presence | None, now: datetime) -> tuple[bool, str | None]:
    """Give what others see of somebody."""
    if presence is None or not is_here(presence, now):
        return (False, None)
    return (True, presence.note_id)


def is_fresh(presence: Presence | None, now: datetime) -> bool:
    """Tell whether a page that is loaded needs to say nothing: whoever it shows was heard of a moment ago."""
    return presence is not None and is_here(presence, now) and presence.seen_at > now - HEARD_OFTEN
