"""A day."""

import datetime
from typing import ClassVar, Literal

from content.fields.field import Field, Misfit, MisfitKind, Value


class DateField(Field):
    """A day, as `2026-05-31`; it has no time, and so no zone."""

    is_day: ClassVar[bool] = True

    kind: Literal["date"]

    def misfit(self, value: Value) -> Misfit | None:
        """Refuse what is no day of the calendar."""
        return None if _is_day(str(value)) else Misfit(kind=MisfitKind.NO_DATE, told={"example": "2026-05-31"})


def _is_day(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
