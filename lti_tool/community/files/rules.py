"""Files at posts and replies: what one is, and why one isn't taken."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from enum import StrEnum

MOST = 5
"""Files at one post or reply."""
LARGEST = 1_000_000
"""Bytes of a file as it is kept."""
LARGEST_PICTURE = 6_000_000
"""Bytes of a picture as it is sent: it is made smaller, and what a phone takes is mostly half of it."""
LARGEST_BODY = 12_000_000
"""Bytes that a form may send with its files: servers in front of the tool are set up for no more."""
A_DAY = 30_000_000
"""Bytes that a person may add within a day."""
LONGEST_ALT = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file at a post or reply, without what is in it."""

    id: str
    name: str
    suffix: str
    size: int
    alt: str
    """What is to be seen on a picture, for whoever doesn't see it; empty where nobody said."""
    width: int | None
    """In pixels, of a picture."""
    height: int | None

    @property
    def is_picture(self) -> bool:
        """Whether it is shown, rather than only given."""
        return self.width is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A file that is to be kept."""

    name: str
    suffix: str
    digest: str
    """Tells it from all others at the same piece."""
    content: bytes
    small: bytes | None = None
    """A picture's small one."""
    width: int | None = None
    height: int | None = None
    alt: str = ""


class Problem(StrEnum):
    """Why a file isn't taken."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    PICTURE_TOO_LARGE = "picture_too_large"
    OTHER_KIND = "other_kind"
    LIES = "lies"
    """Its name says another kind than its content."""
    PROGRAM = "program"
    """A document with macros."""
    HEIC = "heic"
    BROKEN = "broken"
    TOO_MANY_PIXELS = "too_many_pixels"
    ALT_TOO_LONG = "alt_too_long"
    FULL = "full"
    DAY_FULL = "day_full"


class Refused(Exception):
    """A file can't be taken."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A file that wasn't taken; without a name, it is about all of them."""

    name: str
    problem: Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What a form says of files: those that come, those that go, and what is to be seen on those that stay."""

    new: Sequence[Content] = ()
    removed: Set[str] = frozenset()
    alts: Mapping[str, str] = field(default_factory=dict, hash=False)
    refusals: Sequence[Refusal] = ()


def alt_of(text: str) -> str:
    """Take what somebody wrote of a picture.

    Raises:
        Refused: it is too long.
    """
    alt = " ".join(text.replace("\0", "").split())
    if len(alt) > LONGEST_ALT:
        raise Refused(Problem.ALT_TOO_LONG)
    return alt
