"""When two texts are the same: to people, to Moodle, and to the databases below it."""

import re
import unicodedata

from moodle_sync.shown import without_unseen

BEYOND = re.compile("[\U00010000-\U0010ffff]")
"""What doesn't fit in sixteen bits, which some databases tell from letters, and not from each other."""


def same(text: str) -> str:
    """Write a text so that what looks the same is the same: composed, without spaces around it."""
    return unicodedata.normalize("NFC", text).strip()


def folded(text: str) -> str:
    """Write a username or an e-mail address so that capitals make no difference."""
    return same(text).lower()


def loosely(text: str) -> str:
    """Write a text as many databases compare it: capitals, accents and letters unseen make no difference."""
    parts = unicodedata.normalize("NFKD", same(without_unseen(text)))
    return "".join(letter for letter in parts if not unicodedata.combining(letter)).casefold()


def most_loosely(text: str) -> str:
    """Write a text as some databases compare it: of signs such as smileys, any is as good as another."""
    return BEYOND.sub("\ufffd", loosely(text))
