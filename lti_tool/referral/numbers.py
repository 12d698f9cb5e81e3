"""What somebody wrote as a number or an address, in pieces: those that can be called or opened, and the rest."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

NUMBER = re.compile(r"(\+\s?)?\(?\d[\d\s().-]*")
PAGE = re.compile(r"https?://[^\s<>\"]+")
BETWEEN = re.compile(r"(\s*[,;|·،؛]\s*|\s+/\s+)")
"""Stands between two numbers; a group of it is kept, so that nothing that was written is lost."""
FEWEST, MOST = 2, 15
"""Digits of a telephone number; the most by ITU-T E.164."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A piece of what was written."""

    text: str
    href: str | None = None

    @property
    def is_number(self) -> bool:
        """Whether it can be called."""
        return bool(self.href) and str(self.href).startswith("tel:")


def spans(written: str) -> Sequence[Span]:
    """Find the numbers at the beginning, and the pages anywhere; a number after words may be a house's or a town's."""
    found, may_be_called = [], True
    for piece in filter(None, BETWEEN.split(written)):
        span = _span(piece, may_be_called=may_be_called)
        may_be_called = may_be_called and (span.is_number or bool(BETWEEN.fullmatch(piece)))
        found.append(span)
    return found


def _span(piece: str, *, may_be_called: bool) -> Span:
    if PAGE.fullmatch(piece):
        return Span(text=piece, href=piece)
    number = _number(piece) if may_be_called else None
    return Span(text=piece, href=number and f"tel:{number}")


def _number(piece: str) -> str | None:
    """Write a number as telephones want it, in Western digits."""
    if not NUMBER.fullmatch(piece):
        return None
    digits = "".join(str(unicodedata.digit(char)) for char in piece if char.isdigit())
    plus = "+" if piece.startswith("+") else ""
    return plus + digits if FEWEST <= len(digits) <= MOST else None
