"""What was said of a piece of work, and what was answered: values alone."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from lti_tool.exercises.levels import Chosen
from lti_tool.reviews.rules import Outcome, Score

WHOLE = 0
"""Stands for the whole, where each comment has its number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What one of those who did the work answered."""

    text: str
    language: str
    author: str
    written_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """What was said of one note."""

    number: int
    """1, 2, … within the release."""
    note_id: str
    words: str
    """The note's first words, as they were."""
    text: str
    language: str
    reply: Reply | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What was said at one moment."""

    id: int | None
    """None of a mark that a version before released: nobody can answer to it."""
    submission_id: int
    hand_in: int
    """The number of that submission."""
    handed_in_at: datetime
    outcome: Outcome | None
    """None where a version before asked for none."""
    text: str
    language: str
    reviewer: str
    released_at: datetime
    score: Score | None = None
    comments: Sequence[Comment] = ()
    levels: Sequence[Chosen] = ()
    reply: Reply | None = None
    """To the whole."""

    def at(self, note_id: str) -> Sequence[Comment]:
        """Give what was said of a note."""
        return [one for one in self.comments if one.note_id == note_id]

    def reply_to(self, number: int) -> Reply | None:
        """Give what was answered to a comment, or to the whole."""
        if number == WHOLE:
            return self.reply
        return next((one.reply for one in self.comments if one.number == number), None)

    def takes(self, number: int) -> bool:
        """Tell whether there is anything of this number to answer to."""
        return bool(self.text) if number == WHOLE else any(one.number == number for one in self.comments)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """How far the answer to a piece of work is, for a list of many."""

    outcome: Outcome | None
    """What the newest release asks for."""
    submission_id: int
    """What that was about."""
    number: int
    """How many releases there are."""


def by_note(releases: Iterable[Release]) -> Mapping[str, Sequence[tuple[Release, Comment]]]:
    """Gather what was said of each note, by its id, in the order of the releases."""
    found: defaultdict[str, list[tuple[Release, Comment]]] = defaultdict(list)
    for release in releases:
        for comment in release.comments:
            found[comment.note_id].append((release, comment))
    return found
