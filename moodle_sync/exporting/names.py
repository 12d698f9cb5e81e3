"""Names for what has none in Moodle that a file could use: of letters and digits, each once."""

import re
import unicodedata
from collections.abc import Container
from itertools import count
from typing import Final

LONGEST: Final = 50
"""What leaves room for a number behind it."""


def slug(text: str) -> str:
    """Write a text in small letters, digits and single hyphens; empty where it has none of them."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].strip("-")


def fresh(text: str, otherwise: str, taken: Container[str]) -> str:
    """Make a slug that isn't taken."""
    name = slug(text) or otherwise
    names = (name if number == 1 else f"{name}-{number}" for number in count(1))
    return next(made for made in names if made not in taken)
