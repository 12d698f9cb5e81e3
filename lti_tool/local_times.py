"""Moments as people type them, on the clock of their own zone: pure decisions."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

TYPED = re.compile(r"(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?", re.ASCII)
"""What a field of the kind `datetime-local` sends; a browser that doesn't know it sends what was typed."""
SHOWN = "%Y-%m-%dT%H:%M"
YEARS = range(2000, 2100)


class Unclear(StrEnum):
    """What is wrong with a moment."""

    NO_MOMENT = "no_moment"
    SKIPPED = "skipped"
    """The clock goes forward at this time, so that it doesn't exist."""


def written(moment: datetime | None, zone: ZoneInfo) -> str:
    """Write a moment as a field shows it; nothing is empty."""
    return moment.astimezone(zone).strftime(SHOWN) if moment else ""


def read(text: str, zone: ZoneInfo, saved: datetime | None, *, later: bool) -> datetime | Unclear | None:
    """Read a moment, in UTC; what stands there as it was shown is the moment that is saved.

    A time that the clock shows twice in a night is the earlier one, or the `later` one.
    """
    if not text or text == written(saved, zone):
        return saved if text else None
    numbers = TYPED.fullmatch(text)
    if numbers is None or int(numbers[1]) not in YEARS:
        return Unclear.NO_MOMENT
    local = _local(numbers.groups(), zone, later=later)
    if local is None:
        return Unclear.NO_MOMENT
    moment = local.astimezone(UTC)
    return moment if written(moment, zone) == local.strftime(SHOWN) else Unclear.SKIPPED


def _local(numbers: Iterable[str], zone: ZoneInfo, *, later: bool) -> datetime | None:
    year, month, day, hour, minute = map(int, numbers)
    try:
        return datetime(year, month, day, hour, minute, tzinfo=zone, fold=int(later))
    except ValueError:
        return None
