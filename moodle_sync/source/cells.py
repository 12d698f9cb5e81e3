"""What a cell may hold, and what it means: pure.

Dates are ISO 8601's, such as 2026-10-01 or 2026-10-01 09:00, meant in the configured zone unless they name another.
Moodle's own upload takes more, and reads 01/10/2026 as January: so that is refused.
"""

import re
from collections.abc import Mapping
from datetime import datetime, tzinfo
from functools import lru_cache
from typing import Final

from moodle_sync.shown import is_blank, spelled_mistake
from moodle_sync.source.addresses import address_mistake
from moodle_sync.source.entries import CLEAR
from moodle_sync.things.account import PROFILE

DATE: Final = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?)?", re.ASCII)
YEARS: Final = range(2000, 2038)
LAST: Final = 2**31 - 1
"""Times after this one, in January 2038, don't fit where some sites keep them."""
TEXT: Final = r"[^\x00-\x1f\x7f<>]"
PATTERNS: Final[Mapping[str, tuple[str, str]]] = {
    "username": (r"[-.@_a-z0-9]{1,100}", "must be letters without accents, digits and - . _ @ only"),
    "firstname": (TEXT + "{1,100}", "must be one line of at most 100 characters, without < and >"),
    "lastname": (TEXT + "{1,100}", "must be one line of at most 100 characters, without < and >"),
    "idnumber": (r"[^\x00-\x1f\x7f]{1,255}", "must be one line of at most 255 characters"),
    "lang": (r"[a-z]{2,3}(_[a-z0-9_]{1,26})?", "must be a language's code, such as es or pt_br"),
    "auth": (r"[a-z][a-z0-9_]{0,19}", "must be the short name of a way to log in, such as manual or oauth2"),
    "suspended": (r"[01]", "must be 0 (open) or 1 (suspended)"),
    "cohort": (TEXT + "{1,100}", "must be a cohort's idnumber of at most 100 characters, without < and >"),
    "role": (r"[^\s<>]{1,100}", "must be a role's short name, such as student"),
    "group": (TEXT + "{1,254}", "must be one line of at most 254 characters, without < and >"),
    "status": (r"[01]", "must be 0 (active) or 1 (suspended)"),
    "period": (r"[0-9]{1,5}", "must be a number of days"),
}
NAMES: Final = frozenset({"firstname", "lastname", "group", "cohort"})
CLEARABLE: Final = frozenset({"idnumber", "course", "group", "cohort", "start", "period"})
"""What may say !clear; the site's own profile fields may too."""


@lru_cache(maxsize=1000)  # most cells say what others said: a course, a role, a group
def mistake(kind: str, text: str) -> str | None:
    """Say what is wrong with a cell that isn't empty; `kind` is a field's name, or one of a course's cells."""
    if text == CLEAR:
        clears = kind in CLEARABLE or kind.startswith(PROFILE)
        return None if clears else "can't be cleared: write what it shall be, or nothing to leave it alone"
    if kind == "start":
        return _date_mistake(text)
    if kind == "email":
        return address_mistake(text)
    if is_blank(text):
        return "holds nothing that can be seen: write it, or empty it to leave alone what is there"
    pattern, advice = PATTERNS.get(kind, (r"(?s).*", ""))
    if not re.fullmatch(pattern, text):
        return f'"{text}" {advice}'
    spelled = spelled_mistake(text) if kind in NAMES else None
    return spelled and f'"{text}" {spelled}'


def _date_mistake(text: str) -> str | None:
    at = _moment(text)
    if at is None:
        return f'"{text}" isn\'t a date such as 2026-10-01 or 2026-10-01 09:00'
    return None if at.year in YEARS else f'"{text}" must be a date from 2000 to 2037'


def seconds(text: str, zone: tzinfo | None) -> int:
    """Read a date as seconds since 1970; what clears it is 0: from the beginning."""
    at = None if text == CLEAR else _moment(text)
    return int(at.replace(tzinfo=at.tzinfo or zone).timestamp()) if at else 0


def days(text: str) -> int:
    """Read a period; what clears it is 0: without end."""
    return 0 if text == CLEAR else int(text)


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if DATE.fullmatch(text) else None
    except ValueError:
        return None
