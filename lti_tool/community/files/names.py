"""Names of files as people give them: words of a stranger, kept as they read, without what could mislead; pure."""

import re
import unicodedata

LONGEST = 120
FORBIDDEN = re.compile(r'[\\/:*?"<>|]')
"""What some system doesn't take in a name."""
KEPT = "\u200c\u200d"
"""What joins letters or parts them; the other characters without a form turn what stands behind them."""


def parts_of(given: str) -> tuple[str, str]:
    """Take a name apart: what it says, in letters that every system takes, and its ending without the dot."""
    last = unicodedata.normalize("NFC", given).replace("\\", "/").rpartition("/")[2]
    shown = "".join(char for char in last if unicodedata.category(char)[0] != "C" or char in KEPT)
    tidy = " ".join(FORBIDDEN.sub("_", shown).split())
    stem, dot, suffix = tidy.rpartition(".")
    return (stem.strip(". "), suffix.strip().lower()) if dot else (tidy, "")


def named(stem: str, suffix: str) -> str:
    """Write a name, which says at least its kind."""
    return f"{stem[: LONGEST - len(suffix) - 1].strip() or suffix}.{suffix}"
