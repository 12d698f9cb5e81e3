"""What a reader may keep for themselves: pure decisions."""

import unicodedata
from dataclasses import dataclass

LONGEST_ANSWER = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAnswer:
    """An answer as it is saved, or as it comes from a page that had seen this version of it."""

    text: str = ""
    language: str = ""
    version: int = 0

    @property
    def excess(self) -> int:
        """Tell how many characters it has too many."""
        return max(0, len(self.text) - LONGEST_ANSWER)


def tidy(text: str) -> str:
    """Leave out what no keyboard writes and a database may refuse; lines stay."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return "".join(char for char in lines if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs"))
