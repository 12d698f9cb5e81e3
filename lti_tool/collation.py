"""The order of names and titles: the Unicode Collation Algorithm, the same in every script and on every database."""

from functools import cache, lru_cache

from pyuca import Collator


@cache
def _collator() -> Collator:
    """Read the table of all letters, which takes a moment, when something is ordered first."""
    return Collator()


@lru_cache(maxsize=4096)
def key(text: str) -> tuple[int, ...]:
    """Give what a text is ordered by."""
    found: tuple[int, ...] = _collator().sort_key(text)
    return found
