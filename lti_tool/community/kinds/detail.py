"""A field that a kind of post asks for beside title and text: how it is typed, and what it can hold."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from flask_babel.speaklater import LazyString

from lti_tool.community.typed import Problem, tidy, tidy_line

LONGEST = 3_000
LONGEST_LINK = 500
LINK = re.compile(r"https?://[^\s/@<>\"“”«»]+\.[^\s/@<>\"“”«»]+(?:/[^\s<>\"“”«»]*)?", re.IGNORECASE)
"""An address on the web, with no name or password in it, and nothing that a browser would run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """A text of some lines."""

    widget: ClassVar[str] = "words"
    """What shows it, in a form and in a thread."""
    limit: ClassVar[int] = LONGEST
    has_direction: ClassVar[bool] = True
    """Whether it is written in the post's language."""

    name: str
    label: LazyString
    hint: LazyString | None = None
    wrong: LazyString | None = None
    """What to do where it can't be taken."""

    def tidy(self, typed: str) -> str:
        """Trim what was typed."""
        return tidy(typed)

    def fits(self, _value: str) -> bool:
        """Tell whether it can hold this."""
        return True

    def problems(self, value: str) -> Iterator[Problem]:
        """Tell what is wrong with a value; an empty one never is."""
        if len(value) > self.limit:
            yield Problem(field=self.name, length=len(value), limit=self.limit)
        elif value and not self.fits(value):
            yield Problem(field=self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDetail(Detail):
    """Something in one line."""

    widget: ClassVar[str] = "line"
    limit: ClassVar[int] = LONGEST_LINK

    def tidy(self, typed: str) -> str:
        """Write it in one line."""
        return tidy_line(typed)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkDetail(LineDetail):
    """An address on the web."""

    widget: ClassVar[str] = "link"
    has_direction: ClassVar[bool] = False

    def fits(self, value: str) -> bool:
        """Take http and https, and nothing that a browser would run."""
        return LINK.fullmatch(value) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class DateDetail(LineDetail):
    """A day, kept as `2026-12-31`."""

    widget: ClassVar[str] = "date"
    has_direction: ClassVar[bool] = False

    def fits(self, value: str) -> bool:
        """Take a day that there is."""
        return self.day(value) is not None

    def day(self, value: str) -> date | None:
        """Read the day."""
        try:
            return date.fromisoformat(value) if len(value) == len("2026-12-31") else None
        except ValueError:
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceDetail(LineDetail):
    """One of some answers."""

    widget: ClassVar[str] = "choice"
    has_direction: ClassVar[bool] = False

    options: Mapping[str, LazyString] = field(hash=False)

    def fits(self, value: str) -> bool:
        """Take what is offered."""
        return value in self.options
