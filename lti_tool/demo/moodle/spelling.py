"""When two texts are one to a site's database: PostgreSQL compares them exactly, MySQL and MariaDB don't."""

import re
import unicodedata
from typing import Annotated

from sqlalchemy import String
from sqlalchemy.orm import mapped_column

UNSEEN = re.compile("[\u034f\u180b-\u180d\u200b-\u200f\u202a-\u202e\u2060-\u2063\u206a-\u206f\ufe00-\ufe0f\ufeff]")
BEYOND = re.compile("[\U00010000-\U0010ffff]")
COLLATION = "spelling"
Spelt = Annotated[str, mapped_column(String(collation=COLLATION))]
"""A column by which rows are found."""


def folded(text: str) -> str:
    """Leave out what MariaDB's own collation does: capitals, accents, letters unseen and spaces at the end.

    Of what is beyond sixteen bits, such as smileys, it takes all for one.
    """
    letters = unicodedata.normalize("NFKD", UNSEEN.sub("", text.casefold()))
    return BEYOND.sub("\ufffd", "".join(letter for letter in letters if not unicodedata.combining(letter))).rstrip(" ")


def exact(text: str) -> str:
    """Leave all as it is."""
    return text


def compare(one: str, other: str) -> int:
    """Order two texts as SQLite asks for it."""
    return (one > other) - (one < other)


def compare_folded(one: str, other: str) -> int:
    """Order two texts that may be one in two spellings."""
    return compare(folded(one), folded(other))
