"""What a trainer may release of a piece of work, and which score counts for it: pure decisions."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from content.rubric import Criterion
from lti_tool.exercises import levels
from lti_tool.exercises.levels import Levels
from lti_tool.exercises.marking import Marking

LONGEST_SENTENCE = 300
"""What goes to Moodle's gradebook of a longer text."""
LONGEST_TEXT = 4000
LONGEST_COMMENT = 2000
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


class Outcome(StrEnum):
    """What a trainer asks for."""

    REVISE = "revise"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a trainer is about to say, and what they had before them."""

    mark: str
    """Empty where they give none."""
    text: str
    """On the whole."""
    seen: Seen
    outcome: Outcome = Outcome.DONE
    comments: Mapping[str, str] = field(default_factory=dict)
    """By the notes' ids; none is empty."""
    levels: Levels = field(default_factory=dict)
    version: int = 0
    """Of the draft that is kept, from which this one grew; 0 where none was."""
    about: int | None = None
    """The number of an earlier hand-in, where whoever knows of a newer one answers to that."""

    @property
    def given(self) -> float | None:
        """Read the mark; nothing where it is no number that Moodle takes."""
        return read_mark(self.mark)

    @property
    def has_words(self) -> bool:
        """Whether it says anything in words."""
        return bool(self.text or self.comments)

    @property
    def is_begun(self) -> bool:
        """Whether there is anything to keep."""
        return self.has_words or bool(self.levels or self.mark) or self.outcome is Outcome.REVISE


class Field(StrEnum):
    """What the form asks for."""

    MARK = "mark"
    SENTENCE = "sentence"
    """The text on the whole, as pages of before call it."""
    COMMENTS = "comments"
    LEVELS = "levels"


class Problem(StrEnum):
    """Why something can't be released."""

    NOTHING = "nothing"
    NOTHING_TO_REVISE = "nothing_to_revise"
    NO_NUMBER = "no_number"
    TOO_HIGH = "too_high"
    TOO_LONG = "too_long"
    COMMENT_TOO_LONG = "comment_too_long"
    LEVELS_GONE = "levels_gone"

    @property
    def field(self) -> Field:
        """Name what is to be changed."""
        if self is Problem.COMMENT_TOO_LONG:
            return Field.COMMENTS
        if self is Problem.LEVELS_GONE:
            return Field.LEVELS
        return Field.MARK if self in (Problem.NO_NUMBER, Problem.TOO_HIGH) else Field.SENTENCE


def read_mark(mark: str) -> float | None:
    """Read a mark; nothing where it is no number that Moodle takes."""
    return float(re.sub("[,٫]", ".", mark)) if MARK.fullmatch(mark) else None


def tidy(text: str) -> str:
    """Write what was typed in one line, without what no keyboard writes and a database may refuse."""
    return " ".join(_writable(text).split())


def tidy_lines(text: str) -> str:
    """Do the same, and keep the lines."""
    lines = [" ".join(_writable(line).split()) for line in text.splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _writable(text: str) -> str:
    return "".join(" " if unicodedata.category(char) in ("Cc", "Cs") else char for char in text)


def sentence_of(text: str) -> str:
    """Write a text for Moodle's gradebook: in one line, shortened at a word."""
    line = tidy(text)
    if len(line) <= LONGEST_SENTENCE:
        return line
    words = line[:LONGEST_SENTENCE].rpartition(" ")[0]
    return (words or line[: LONGEST_SENTENCE - 1]) + "…"


def appended(draft: Draft, text: str) -> Draft:
    """Put a text behind what a draft says; pressed twice, it stands there once."""
    if draft.text.endswith(text):
        return draft
    return replace(draft, text=f"{draft.text}\n\n{text}".strip())


def find_problems(draft: Draft, maximum: int) -> Iterator[Problem]:
    """Go through what keeps a tidied draft from being released."""
    if not draft.has_words and draft.outcome is Outcome.REVISE:
        yield Problem.NOTHING_TO_REVISE
    elif not draft.is_begun:
        yield Problem.NOTHING
    if draft.mark and draft.given is None:
        yield Problem.NO_NUMBER
    elif draft.given is not None and draft.given > maximum:
        yield Problem.TOO_HIGH
    if len(draft.text) > LONGEST_TEXT:
        yield Problem.TOO_LONG
    if any(is_too_long(comment) for comment in draft.comments.values()):
        yield Problem.COMMENT_TOO_LONG


def find_gone(draft: Draft, rubric: Sequence[Criterion]) -> Iterator[Problem]:
    """Tell where a draft holds levels that the rubric of the work has no more: none is dropped in silence."""
    if levels.gone(rubric, draft.levels):
        yield Problem.LEVELS_GONE


def is_too_long(comment: str) -> bool:
    """Tell whether a comment is longer than one may be."""
    return len(comment) > LONGEST_COMMENT


def what_counts(marking: Marking, review: Review | None, full: int) -> Score | None:
    """Give the score of work that was handed in: what a trainer released, else what handing in gives; or none yet."""
    if review is not None:
        return review.score
    return Score(given=full, maximum=full) if marking is Marking.HANDED_IN else None
