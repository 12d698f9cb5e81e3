"""What Moodle makes of a value for one of the site's own fields, by its kind: it refuses none."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, tzinfo
from types import MappingProxyType
from typing import Final

from lti_tool.demo.moodle.webservice.tables import ProfileField


def kept(field: ProfileField, value: str, zone: tzinfo) -> str:
    """Give what Moodle keeps; dates without a time are midnight where the caller lives."""
    return KINDS[field.kind](field, value, zone)


def is_shown(field: ProfileField, value: str) -> bool:
    """Tell whether a field is told: all but empty ones, and boxes even if they aren't ticked."""
    empty = ("", "0") if field.kind == "datetime" else ("",)
    return field.kind == "checkbox" or value not in empty


def _as_given(_field: ProfileField, value: str, _zone: tzinfo) -> str:
    return value


def _cut(field: ProfileField, value: str, _zone: tzinfo) -> str:
    return value[: field.longest]


def _offered(field: ProfileField, value: str, _zone: tzinfo) -> str:
    """Fall back to the menu's default when it doesn't offer the value."""
    return value if value in field.options.splitlines() else field.default


def _moment(field: ProfileField, value: str, zone: tzinfo) -> str:
    """Read seconds, or numbers with `-` between them; of each PHP takes what it begins with."""
    if value in ("", "0"):
        return "0"
    if re.fullmatch(r"-?\d+", value):
        value = f"{datetime.fromtimestamp(int(value), zone):%Y-%m-%d-%H-%M-%S}"
    parts = [int(re.match(r"\s*\d*", part)[0] or 0) for part in value.split("-")]  # type: ignore[index]  # it matches all
    year, month, day = [*parts, 0, 0][:3]
    year = min(max(year, field.first_year), field.last_year) + (month - 1) // 12
    midnight = datetime(year, (month - 1) % 12 + 1, 1, tzinfo=zone) + timedelta(days=day - 1)
    hour, minute, second = parts[3:] if field.with_time and len(parts) == PARTS else (0, 0, 0)
    return str(int(midnight.replace(hour=hour, minute=minute, second=second).timestamp()))


PARTS: Final = 6
"""Of a date with a time."""
KINDS: Final[Mapping[str, Callable[[ProfileField, str, tzinfo], str]]] = MappingProxyType(
    {"text": _cut, "menu": _offered, "checkbox": _as_given, "datetime": _moment}
)
