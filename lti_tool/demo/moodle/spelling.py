"""When two texts are one to a site's database: PostgreSQL compares them exactly, MySQL and MariaDB don't."""

import unicodedata
from typing import Annotated

from sqlalchemy import String
from sqlalchemy.orm import mapped_column

COLLATION = "spelling"
Spelt = Annotated[str, mapped_column(String(collation=COLLATION))]
"""A column by which rows are found."""


def folded(text: str) -> str:
    """Leave out what MariaDB's own collation does: capitals, accents and spaces at the end."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).rstrip(" ")


def exact(text: str) -> str:
    """Leave all as it is."""
    return text


def compare(one: str, other: str) -> int:
    """Order two texts as SQLite asks for it."""
    return (one > other) - (one < other)


def compare_folded(one: str, other: str) -> int:
    """Order two texts that may be one in two spellings."""
    return compare(folded(one), folded(other))
