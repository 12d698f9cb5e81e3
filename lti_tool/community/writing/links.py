"""Bare addresses in what people write, and which addresses a link may lead to: pure."""

import re
from collections.abc import Sequence

from linkify_it import LinkifyIt
from linkify_it.main import Match

FOLLOWED = re.compile(r"(?:https?://|mailto:)[^\s]", re.IGNORECASE)
"""How the addresses begin that a link may lead to: nothing of our own, and nothing that a browser runs."""
QUOTES = re.compile("[«»“”„]")
"""What stands around an address and never in it."""
ENDS = ".,;:!?…،؛؟’'"
"""What ends a sentence rather than an address, in every script."""


class Addresses(LinkifyIt):  # type: ignore[misc]  # the library has no types
    """Finds the addresses that say their scheme, and leaves the punctuation of every script outside."""

    def __init__(self) -> None:
        super().__init__(options={"fuzzy_link": False, "fuzzy_email": False})
        for scheme in ("ftp:", "//"):
            self.add(scheme, None)

    def match(self, text: str) -> Sequence[Match] | None:
        """Find the addresses in a text."""
        return [_bare(found) for found in super().match(text) or ()] or None

    def match_at_start(self, text: str) -> Match | None:
        """Find the address with which a text begins."""
        found = super().match_at_start(text)
        return _bare(found) if found else None


def _bare(found: Match) -> Match:
    """Take an address out of the sentence in which it stands."""
    address = QUOTES.split(found.url)[0].rstrip(ENDS)
    found.last_index -= len(found.url) - len(address)
    found.raw = found.text = found.url = address
    return found


def can_be_followed(address: str) -> bool:
    """Tell whether a link may lead to an address."""
    return bool(FOLLOWED.match(address))
