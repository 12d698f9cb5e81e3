"""What a trainer may release of a piece of work, and which score counts for it: pure decisions."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lti_tool.exercises.marking import Marking

LONGEST_SENTENCE = 300
MARK = re.compile(r"\d{1,6}([.,٫]\d)?")
"""A whole number, or one with one decimal place, in whatever digits; more places than one are not for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Points out of a maximum."""

    given: float
    maximum: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What a trainer released of a piece of work; the one with the highest number counts."""

    number: int
    """1, 2, … within the workspace."""
    submission_id: int
    """What the trainer had read."""
    score: Score
    sentence: str
    language: str
    reviewer_name: str | None
    reviewer_number: int
    released_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """How far a piece of work was when a page was shown: the numbers of its newest release and hand-in, from 1."""

    release: int = 0
    hand_in: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A mark and a sentence as a trainer sends them, and what they had before them."""

    mark: str
    sentence: str
    seen: Seen

    @property
    def given(self) -> float | None:
        """Read the mark; nothing where it is no number that Moodle takes."""
        return float(re.sub("[,٫]", ".", self.mark)) if MARK.fullmatch(self.mark) else None


class Field(StrEnum):
    """What the form asks for."""

    MARK = "mark"
    SENTENCE = "sentence"


class Problem(StrEnum):
    """Why something can't be released."""

    NO_MARK = "no_mark"
    NO_NUMBER = "no_number"
    TOO_HIGH = "too_high"
    TOO_LONG = "too_long"
    NO_SENTENCE = "no_sentence"

    @property
    def field(self) -> Field:
        """Name what is to be changed."""
        return Field.SENTENCE if self in (Problem.TOO_LONG, Problem.NO_SENTENCE) else Field.MARK


def tidy(text: str) -> str:
    """Write what was typed in one line, without what no keyboard writes and a database may refuse."""
    return " ".join("".join(" " if unicodedata.category(char) in ("Cc", "Cs") else char for char in text).split())


def find_problems(draft: Draft, maximum: int, *, takes_mark: bool = True) -> Iterator[Problem]:
    """Go through what keeps a tidied draft from being released; one that takes no mark needs a sentence."""
    if not takes_mark and not draft.sentence:
        yield Problem.NO_SENTENCE
    if not draft.mark:
        yield Problem.NO_MARK
    elif draft.given is None:
        yield Problem.NO_NUMBER
    elif draft.given > maximum:
        yield Problem.TOO_HIGH
    if len(draft.sentence) > LONGEST_SENTENCE:
        yield Problem.TOO_LONG


def what_counts(marking: Marking, review: Review | None, full: int) -> Score | None:
    """Give the score of work that was handed in: what a trainer released, else what handing in gives; or none yet."""
    if review is not None:
        return review.score
    return Score(given=full, maximum=full) if marking is Marking.HANDED_IN else None
