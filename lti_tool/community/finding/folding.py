"""A text as search compares it: without case, marks and ornament, the same in every script. Pure.

Folding goes letter by letter, so that what was found in the folded text can be shown in the original.
"""

import unicodedata
from collections.abc import Sequence

LETTERS = {"ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ة": "ه", "ک": "ك", "ς": "σ"}
"""Letters that are written one for the other; hamza's seats fall together once the hamza is stripped as a mark."""
DROPPED = frozenset("ـ-‐‑")
"""Tatweel, which only stretches, and the hyphens within a word."""
MOST_KEPT = 10_000


class _Letters(dict[int, str]):
    """What `str.translate` reads; keeps the letters that came before, but not all that there could be."""

    def __missing__(self, code: int) -> str:
        found = "".join(_folded(letter) for letter in unicodedata.normalize("NFKD", chr(code)).casefold())
        if len(self) < MOST_KEPT:
            self[code] = found
        return found


def _folded(letter: str) -> str:
    kind = unicodedata.category(letter)
    if letter in DROPPED or kind in ("Mn", "Me", "Cf"):
        return ""
    if kind == "Nd":
        return str(unicodedata.decimal(letter))
    return LETTERS.get(letter, letter) if kind[0] in "LN" or kind == "Mc" else " "


_letters = _Letters()


def folded(text: str) -> str:
    """Give the text as it is compared; what is no letter or digit is a space."""
    return text.translate(_letters)


def folded_with_places(text: str) -> tuple[str, Sequence[int]]:
    """Give the folded text, and for each of its letters which letter of the original it comes from."""
    parts = [_letters[ord(letter)] for letter in text]
    return "".join(parts), [place for place, part in enumerate(parts) for _ in part]
