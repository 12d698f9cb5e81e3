"""What a trainer may give to one member alone: pure decisions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lti_tool.reviews.rules import LONGEST_SENTENCE, Score, read_mark


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnMark:
    """What a member has instead of the mark of the work, which whoever else did it gets."""

    number: int
    """1, 2, … of this person within the workspace."""
    score: Score | None
    """None where it was taken back."""
    reason: str
    language: str
    beside: int
    """The number of the work's mark from which it differs."""
    given_at: datetime
    reviewer: str = ""

    def outlived(self, newest: int) -> bool:
        """Whether another mark was released for the work since."""
        return self.beside < newest


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a trainer is about to give."""

    mark: str
    reason: str
    seen: int
    """The number of the one that the page showed; 0 where there was none."""

    @property
    def given(self) -> float | None:
        """Read the mark; nothing where it is no number that Moodle takes."""
        return read_mark(self.mark)


class Field(StrEnum):
    """What the form asks for."""

    MARK = "mark"
    REASON = "reason"


class Problem(StrEnum):
    """Why it can't be given."""

    NO_NUMBER = "no_number"
    TOO_HIGH = "too_high"
    NO_REASON = "no_reason"
    TOO_LONG = "too_long"
    CHANGED = "changed"
    """Another trainer gave one, or took it back, meanwhile."""

    @property
    def field(self) -> Field:
        """Name what is to be changed."""
        return Field.REASON if self in (Problem.NO_REASON, Problem.TOO_LONG) else Field.MARK


def find_problems(wanted: Wanted, maximum: int) -> Iterator[Problem]:
    """Go through what keeps a tidied wish from being given."""
    if wanted.given is None:
        yield Problem.NO_NUMBER
    elif wanted.given > maximum:
        yield Problem.TOO_HIGH
    if not wanted.reason:
        yield Problem.NO_REASON
    elif len(wanted.reason) > LONGEST_SENTENCE:
        yield Problem.TOO_LONG
