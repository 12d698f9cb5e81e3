"""Words in any script, as checks count and compare them."""

import unicodedata


def words(text: str) -> list[str]:
    """Take a text apart; dashes and dots that stand alone are no words."""
    return [word for word in map(folded, text.split()) if word]


def folded(text: str) -> str:
    """Leave out what doesn't tell two texts apart: case, marks, spaces and punctuation."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", text).casefold()))
