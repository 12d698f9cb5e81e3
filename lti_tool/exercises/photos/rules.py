"""Photos of a wall that are joined to a canvas: what one is, and why one isn't taken."""

from dataclasses import dataclass
from enum import StrEnum

MOST = 6
"""Photos that one canvas may have."""
LARGEST_BODY = 10_000_000
"""Bytes that a page may send with a photo: what a phone takes is mostly half of it."""
LONGEST_CAPTION = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A photo that is joined to a canvas, without what is to be seen on it."""

    digest: str
    """Of the photo as it is kept: it names it within its canvas."""
    caption: str
    """What is to be seen on it, for whoever doesn't see it; empty where nobody said."""
    language: str
    width: int
    height: int


class Size(StrEnum):
    """How large a photo is given."""

    WHOLE = "whole"
    SMALL = "small"


class Problem(StrEnum):
    """Why a photo isn't taken."""

    MISSING = "missing"
    HEIC = "heic"
    """What iPhones write by themselves, and few browsers show."""
    OTHER_KIND = "other_kind"
    BROKEN = "broken"
    TOO_MANY_PIXELS = "too_many_pixels"
    FULL = "full"
    CAPTION_TOO_LONG = "caption_too_long"


class Refused(Exception):
    """A photo can't be joined."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.value)
        self.problem = problem


def caption_of(text: str) -> str:
    """Take what somebody wrote under a photo.

    Raises:
        Refused: it is too long.
    """
    caption = " ".join(text.replace("\0", "").split())
    if len(caption) > LONGEST_CAPTION:
        raise Refused(Problem.CAPTION_TOO_LONG)
    return caption
