"""What Moodle, and whatever stands before it, say on pages: as text that fits into a line."""

import html
import re
from typing import Final

HIDDEN: Final = re.compile(r"<(script|style)\b.*?(</\1\s*>|\Z)|<!--.*?(-->|\Z)", re.IGNORECASE | re.DOTALL)
INLINE: Final = re.compile(r"</?(a|abbr|b|code|em|font|i|q|small|span|strong|tt|u)(\s[^>]*)?>", re.IGNORECASE)
"""Tags that end no line."""
TAG: Final = re.compile(r"</?[a-z!][^>]*(>|\Z)", re.IGNORECASE)
LONGEST: Final = 300
"""How much of a line is told."""


def plain(text: str) -> str:
    """Write a text without HTML, in one line."""
    return " ".join(_lines(text).split())


def first_line(text: str) -> str:
    """Give the first line that has something to read, or as much of it as can be told."""
    line = next((line for line in _lines(text).splitlines() if line.strip()), "")
    return " ".join(line.split())[:LONGEST]


def _lines(text: str) -> str:
    return html.unescape(TAG.sub("\n", INLINE.sub("", HIDDEN.sub("\n", text))))
