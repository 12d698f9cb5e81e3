"""What a trainer is told of a person's work, and of those who are missing: pure decisions."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lti_tool.exercises.marking import Marking
from lti_tool.results.rules import Held, Standing
from lti_tool.reviews.rules import Review, Score, Seen
from lti_tool.roster import rules as rosters
from lti_tool.roster.rules import Participant


class WorkState(StrEnum):
    """How far a person is with an exercise."""

    DRAFT = "draft"
    HANDED_IN = "handed_in"
    CHANGED_SINCE = "changed_since"
    NOTHING_YET = "nothing_yet"
    NEVER_HERE = "never_here"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """A submission, without what was written."""

    id: int
    workspace_id: int
    placement_id: int
    number: int
    version: int
    submitted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One person's work on the exercise."""

    workspace_id: int
    version: int
    changed_at: datetime
    person_id: int
    name: str | None
    number: int
    seen_at: datetime | None = None
    """When the person last came to this course."""
    submissions: tuple[HandedIn, ...] = ()
    """In their order; the last one counts."""
    marking: Marking = Marking.HANDED_IN
    review: Review | None = None
    """What a trainer released last."""
    counts: Score | None = None
    """The score that counts by now; nothing before there is one."""
    grade: Standing | None = None
    """Where the grade stands, if a score was ever sent."""
    cause: str | None = None
    """What is to be known of it beside that."""
    held: Held | None = None
    """What Moodle's gradebook holds, as far as it was read since."""
    attempts: int = 0
    """How often it was tried to bring the score to Moodle."""
    next_try: datetime | None = None
    given_up: datetime | None = None
    graded: bool = False
    """Whether Moodle takes scores for what was handed in, by now."""

    @property
    def can_be_sent(self) -> bool:
        """Whether sending the score, for the first time or again, could change anything."""
        return self.counts is not None and self.graded and self.grade is not Standing.ARRIVED

    @property
    def waits(self) -> bool:
        """Whether a trainer is to mark it, and nobody has yet."""
        return self.marking is Marking.BY_TRAINER and self.last is not None and self.review is None

    @property
    def handed_in_since(self) -> bool:
        """Whether the person handed in again after what was marked."""
        return self.review is not None and self.last is not None and self.last.id != self.review.submission_id

    @property
    def seen(self) -> Seen:
        """Tell how far it is, for whoever releases something on a page that shows it so."""
        number = self.review.number if self.review else 0
        return Seen(release=number, hand_in=self.last.number if self.last else 0)

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
    grade = Standing.FAILED if which is Unsent.FAILED else None
    return [work for work in works if work.can_be_sent and work.grade == grade]


def placements(works: Iterable[Work]) -> Set[int]:
    """Name the placements whose grades the list shows."""
    return {work.last.placement_id for work in works if work.last and work.grade}


def in_order(works: Iterable[Work]) -> list[Work]:
    """Order people by name, as the list shows them; those without one come last, by number."""
    return sorted(works, key=lambda work: (work.name is None, (work.name or "").casefold(), work.number))


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many of a course's trainees handed in."""

    handed_in: int
    trainees: int


def count(works: Iterable[Work], participants: Iterable[Participant]) -> Count:
    """Count among those who are in the course now."""
    trainees = [one for one in participants if one.is_trainee]
    handed_in = {work.person_id for work in works if work.last}
    return Count(handed_in=sum(one.person_id in handed_in for one in trainees), trainees=len(trainees))


def missing(works: Iterable[Work], participants: Iterable[Participant]) -> list[Participant]:
    """Give the trainees who have written nothing: first those who were here, then the others."""
    wrote = {work.person_id for work in works}
    found = [one for one in participants if one.is_trainee and one.person_id not in wrote]
    return sorted(rosters.in_order(found), key=lambda one: not one.was_here)


def exempt(participants: Iterable[Participant]) -> list[Participant]:
    """Give those of whom a trainer said that they are no trainees here."""
    return rosters.in_order(one for one in participants if one.is_exempt)


def state_of(participant: Participant) -> WorkState:
    """Tell how far somebody is who has written nothing."""
    return WorkState.NOTHING_YET if participant.was_here else WorkState.NEVER_HERE


def left(works: Iterable[Work], participants: Iterable[Participant], fetched_at: datetime) -> Set[int]:
    """Give the people whose work is here, and who are no longer in the course.

    Who came or wrote since the roster was read may have joined since.
    """
    present = {one.person_id for one in participants}
    gone = (work for work in works if work.person_id not in present)
    return {work.person_id for work in gone if max(work.changed_at, work.seen_at or work.changed_at) < fetched_at}


def neighbours(works: Sequence[Work], workspace_id: int) -> tuple[HandedIn | None, HandedIn | None]:
    """Give the last submissions of the people before and after this one in the list."""
    handed_in = [work for work in works if work.last]
    places = [place for place, work in enumerate(handed_in) if work.workspace_id == workspace_id]
    if not places:
        return None, None
    before = handed_in[places[0] - 1].last if places[0] > 0 else None
    after = handed_in[places[0] + 1].last if places[0] + 1 < len(handed_in) else None
    return before, after
