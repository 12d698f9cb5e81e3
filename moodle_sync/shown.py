"""What Moodle, and people, see of a text: what would be refused, changed in silence or shown as something else."""

import html
import re
from typing import Final

IGNORED: Final = (
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    r"\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Unicode's `Default_Ignorable_Code_Point`: letters that nobody sees."""
UNSEEN: Final = re.compile(f"[{IGNORED}]")
NOTHING: Final = re.compile(rf"[{IGNORED}\x00-\x1f\x7f-\x9f\u2800\s]*")
CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")
TAG: Final = re.compile(r"<(?![ \t])")
"""Moodle takes a < for the beginning of a tag unless a space follows, and cuts what it takes for a tag out."""
SPELLED: Final = re.compile(r"&[a-zA-Z0-9#]{1,8};")
"""A sign as web pages spell it: Moodle leaves it as it is, and browsers show the sign."""
LANGUAGES: Final = re.compile(r'<span lang="[a-zA-Z0-9_-]+" class="multilang">([^<]*)</span>')
"""What Moodle's filter for several languages takes; no other tag may stand in a title."""


def without_unseen(text: str) -> str:
    """Leave out the letters that nobody sees."""
    return UNSEEN.sub("", text)


def is_blank(text: str) -> bool:
    """Tell whether a text holds nothing that can be seen."""
    return NOTHING.fullmatch(text) is not None


def spelled_mistake(text: str) -> str | None:
    """Find a sign that is spelled out."""
    found = next((spelled for spelled in SPELLED.findall(text) if html.unescape(spelled) != spelled), None)
    return found and f"holds {found}, which Moodle shows as another sign in some places: write the sign itself"


def title_mistake(text: str) -> str | None:
    """Say why Moodle would refuse a title, or not show it as it is written."""
    if is_blank(text):
        return "holds nothing that can be seen: write it"
    if CONTROL.search(text):
        return "must be one line"
    if TAG.search(LANGUAGES.sub(r"\1", text)):
        return "holds < without a space behind it, which Moodle takes for a tag and refuses or cuts: write it otherwise"
    return spelled_mistake(text)
