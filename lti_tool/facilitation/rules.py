"""What a trainer is told of a person's work: pure decisions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class WorkState(StrEnum):
    """How far a person is with an exercise."""

    DRAFT = "draft"
    HANDED_IN = "handed_in"
    CHANGED_SINCE = "changed_since"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """A submission, without what was written."""

    id: int
    workspace_id: int
    placement_id: int
    number: int
    version: int
    submitted_at: datetime
    score_given: int
    score_maximum: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One person's work on the exercise."""

    workspace_id: int
    version: int
    changed_at: datetime
    person_id: int
    name: str | None
    number: int
    submissions: tuple[HandedIn, ...] = ()
    """In their order; the last one counts."""
    grade: str | None = None
    """State of the score's delivery, if one was ever sent."""
    attempts: int = 0
    """How often it was tried to bring the score to Moodle."""
    next_try: datetime | None = None
    given_up: datetime | None = None
    graded: bool = False
    """Whether Moodle takes scores for what was handed in, by now."""

    @property
    def can_be_sent(self) -> bool:
        """Whether sending the score, for the first time or again, could change anything."""
        return self.last is not None and self.graded and self.grade != "delivered"

    @property
    def last(self) -> HandedIn | None:
        """Give the submission that counts."""
        return self.submissions[-1] if self.submissions else None

    @property
    def state(self) -> WorkState:
        """Tell how far the person is."""
        if self.last is None:
            return WorkState.DRAFT
        return WorkState.HANDED_IN if self.last.version == self.version else WorkState.CHANGED_SINCE


class Unsent(StrEnum):
    """Scores that a trainer can send all at once."""

    FAILED = "failed"
    NEVER = "never"
    """Handed in before the activity was graded."""


def unsent(works: Iterable[Work], which: Unsent) -> list[Work]:
    """Choose whose scores are to be sent."""
    grade = Unsent.FAILED if which is Unsent.FAILED else None
    return [work for work in works if work.can_be_sent and work.grade == grade]


def in_order(works: Iterable[Work]) -> list[Work]:
    """Order people by name, as the list shows them; those without one come last, by number."""
    return sorted(works, key=lambda work: (work.name is None, (work.name or "").casefold(), work.number))


def neighbours(works: Sequence[Work], workspace_id: int) -> tuple[HandedIn | None, HandedIn | None]:
    """Give the last submissions of the people before and after this one in the list."""
    handed_in = [work for work in works if work.last]
    places = [place for place, work in enumerate(handed_in) if work.workspace_id == workspace_id]
    if not places:
        return None, None
    before = handed_in[places[0] - 1].last if places[0] > 0 else None
    after = handed_in[places[0] + 1].last if places[0] + 1 < len(handed_in) else None
    return before, after
