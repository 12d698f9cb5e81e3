"""Somebody's words, as a quote in another text: pure."""

import re
from collections.abc import Sequence

LONGEST = 1_500
"""Characters of a quote, so that room is left for an answer."""
SIGNS = re.compile(r"([\\`*_\[\]<>&!#~])")
"""What means something in CommonMark."""


def quote(text: str, name: str | None = None) -> str:
    """Write a text as a quote, with the name of its author where that may be said.

    What it quotes itself is left out, and the end of a long one.
    """
    own = "\n".join(line for line in text.split("\n") if not line.lstrip().startswith(">")).strip()
    said = _shortened(own or text)
    return (said_by(name) if name else "") + _as_quote(said.split("\n")) + "\n"


def said_by(name: str) -> str:
    """Write the beginning of a quote that names its author."""
    return _as_quote([f"**{as_words(name)}:**", ""])


def _as_quote(lines: Sequence[str]) -> str:
    return "".join(f"> {line}".rstrip() + "\n" for line in lines)


def as_words(name: str) -> str:
    """Write a name so that it means nothing but itself."""
    return SIGNS.sub(r"\\\1", " ".join(name.split()))


def _shortened(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    kept, _, cut = text[:LONGEST].rpartition(" ")
    return f"{kept or cut} …"
