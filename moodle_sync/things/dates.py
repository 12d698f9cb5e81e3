"""Dates in a site's own fields: Moodle keeps seconds since 1970, and files have what people write.

A date alone is sent as it is, and Moodle takes it for midnight where the token's account lives.
"""

import re
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

DAY: Final = r"(\d{4})-(\d\d)-(\d\d)"
DATE: Final = re.compile(DAY)
MOODLES: Final = re.compile(rf"{DAY}-(\d\d)-(\d\d)-(\d\d)")
"""Moodle's own way to write a date with a time; nobody writes so into a text."""
TIME: Final = re.compile(rf"{DAY}[-T ](\d\d)[-:](\d\d)(?:[-:](\d\d))?")
SECONDS: Final = re.compile(r"-?\d{1,11}")
NEAR: Final = 12 * 60 * 60
"""Seconds by which the midnights of the file's zone and of the account's may differ."""


def written(wanted: str, before: str, zone: str) -> str:
    """Write a value as it is sent: a time in seconds, where the field is one of dates or can be nothing else."""
    form = TIME if SECONDS.fullmatch(before) else MOODLES
    seconds = _seconds(form, wanted, zone)
    return wanted if seconds is None else str(seconds)


def is_that_day(kept: str, wanted: str, zone: str) -> bool:
    """Tell whether what Moodle keeps is the day that the file has: its midnight in a zone that is near enough."""
    midnight = _seconds(DATE, wanted, zone)
    return midnight is not None and bool(SECONDS.fullmatch(kept)) and abs(int(kept) - midnight) < NEAR


def _seconds(form: re.Pattern[str], text: str, zone: str) -> int | None:
    """Read a moment that is written in a form; None if it isn't, or is none."""
    found = form.fullmatch(text)
    if not found:
        return None
    year, month, day, *time = (int(part or 0) for part in found.groups())
    hour, minute, second = time or (0, 0, 0)
    try:
        return int(datetime(year, month, day, hour, minute, second, tzinfo=ZoneInfo(zone)).timestamp())
    except (ValueError, OverflowError):
        return None
