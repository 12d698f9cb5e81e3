"""What a trainer is told of people's work, and of those who are missing: pure decisions."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lti_tool import collation
from lti_tool.exercises.crediting import Credit
from lti_tool.exercises.marking import Marking
from lti_tool.exercises.modes import Mode
from lti_tool.exercises.owners import OwnerKind
from lti_tool.results.rules import Held, Standing
from lti_tool.reviews.own_marks.rules import OwnMark
from lti_tool.reviews.rules import Review, Score, Seen
from lti_tool.reviews.said import Answered
from lti_tool.roster import rules as rosters
from lti_tool.roster.rules import Participant


class WorkState(StrEnum):
    """How far work, or a person who has none, is with an exercise."""

    DRAFT = "draft"
    HANDED_IN = "handed_in"
    CHANGED_SINCE = "changed_since"
    NOTHING_YET = "nothing_yet"
    NEVER_HERE = "never_here"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody whose work a trainer sees."""

    id: int
    name: str | None
    number: int
    """Stands in for a name that Moodle withholds."""
    seen_at: datetime | None = None
    """When they last came to this course."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """A submission, without what was written."""

    id: int
    workspace_id: int
    placement_id: int
    number: int
    version: int
    submitted_at: datetime
    is_late: bool = False
    submitter: Person | None = None
    """Who pressed, of what several people share."""
    credits: tuple[Credit, ...] = ()
    """Who gets its score."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """Somebody who gets the score of a piece of work, and where their grade stands."""

    person: Person
    placement_id: int
    counts: Score | None = None
    """The score that counts by now; nothing before there is one, or where a mark for other work keeps it out."""
    own: OwnMark | None = None
    """The mark that was given last to this person alone, or that it was taken back."""
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
    """Whether Moodle takes scores for the activity, by now."""

    @property
    def can_be_sent(self) -> bool:
        """Whether sending the score, for the first time or again, could change anything."""
        return self.counts is not None and self.graded and self.grade is not Standing.ARRIVED


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """The work in one workspace: a person's, a group's, or the whole course's."""

    workspace_id: int
    version: int
    changed_at: datetime
    kind: OwnerKind = OwnerKind.PERSON
    name: str | None = None
    number: int = 0
    """The person's or the group's, and none of the course's; both stand in for a name."""
    people: tuple[Person, ...] = ()
    """That person, else whoever is in it now, wrote there, or was ever credited."""
    submissions: tuple[HandedIn, ...] = ()
    """In their order; the last one counts."""
    marking: Marking = Marking.HANDED_IN
    review: Review | None = None
    """The mark that a trainer released last."""
    answered: Answered | None = None
    """How far the trainers' answer is."""
    is_drafted: bool = False
    """Whether a trainer began an answer that isn't released."""
    counts: Score | None = None
    """The score that counts by now; nothing before there is one."""
    receivers: tuple[Receiver, ...] = ()
    """Who gets it."""

    @property
    def is_shared(self) -> bool:
        """Whether several people work in it."""
        return self.kind is not OwnerKind.PERSON

    @property
    def graded(self) -> bool:
        """Whether Moodle takes a score for it of anybody."""
        return any(one.graded for one in self.receivers)

    @property
    def takes_own_marks(self) -> bool:
        """Whether one of several who did it can have another mark than it has."""
        return self.is_shared and self.review is not None

    @property
    def with_own_marks(self) -> tuple[Receiver, ...]:
        """Those who have a mark of their own, whatever is released for the work."""
        return tuple(one for one in self.receivers if one.own and one.own.score)

    @property
    def to_send(self) -> tuple[Receiver, ...]:
        """Those to whom sending the score could change anything."""
        return tuple(one for one in self.receivers if one.can_be_sent)

    @property
    def ever_credited(self) -> Set[int]:
        """Those whom any of its submissions credits: a later one takes nobody's score away."""
        return {credit.person_id for one in self.submissions for credit in one.credits}

    @property
    def unconfirmed(self) -> tuple[Person, ...]:
        """Those in it who don't get the score of what was handed in."""
        confirmed = {one.person.id for one in self.receivers}
        return tuple(one for one in self.people if self.last and one.id not in confirmed)

    @property
    def waits(self) -> bool:
        """Whether a trainer is to mark it, and nobody has answered yet."""
        is_open = self.answered is None or (self.handed_in_since and self.review is None)
        return self.marking is Marking.BY_TRAINER and self.last is not None and is_open

    @property
    def handed_in_since(self) -> bool:
        """Whether it was handed in again after what was answered."""
        return self.answered is not None and self.last is not None and self.last.id != self.answered.submission_id

    @property
    def seen(self) -> Seen:
        """Tell how far it is, for whoever releases something on a page that shows it so."""
        number = self.answered.number if self.answered else 0
        return Seen(release=number, hand_in=self.last.number if self.last else 0)

    @property
    def last(self) -> HandedIn | None:
        """Give the submission that counts."""
        return self.submissions[-1] if self.submissions else None

    @property
    def state(self) -> WorkState:
        """Tell how far it is."""
        if self.last is None:
            return WorkState.DRAFT
        return WorkState.HANDED_IN if self.last.version == self.version else WorkState.CHANGED_SINCE


def marked(works: Iterable[Work]) -> Set[int]:
    """Name those who were given a mark, which keeps out the score of any work of theirs that has none."""
    given = ((work.review.submission_id, work.submissions) for work in works if work.review)
    return {credit.person_id for number, all_ in given for one in all_ if one.id == number for credit in one.credits}


class Unsent(StrEnum):
    """Scores that a trainer can send all at once."""

    FAILED = "failed"
    NEVER = "never"
    """Handed in before the activity was graded."""


def unsent(works: Iterable[Work], which: Unsent) -> list[tuple[Work, Receiver]]:
    """Choose whose scores, and of which work, are to be sent."""
    grade = Standing.FAILED if which is Unsent.FAILED else None
    return [(work, one) for work in works for one in work.to_send if one.grade == grade]


def placements(works: Iterable[Work]) -> Set[int]:
    """Name the placements whose grades the list shows."""
    return {one.placement_id for work in works for one in work.receivers if one.grade}


KIND_OF_MODE = {Mode.ALONE: OwnerKind.PERSON, Mode.GROUP: OwnerKind.GROUP, Mode.COURSE: OwnerKind.COURSE}
"""Whose work is expected in each mode; what else is there comes from another time, or was written alone first."""


def in_order(works: Iterable[Work], mode: Mode = Mode.ALONE) -> list[Work]:
    """Order work by name, as the list shows it: first that of this mode; who has no name comes last, by number."""
    return sorted(works, key=lambda work: (*_kinds(work, mode), *_by_name(work)))


def _kinds(work: Work, mode: Mode) -> tuple[bool, str]:
    return work.kind is not KIND_OF_MODE[mode], work.kind


def _by_name(one: Work | Person) -> tuple[bool, tuple[int, ...], int]:
    return one.name is None, collation.key(one.name or ""), one.number


def people_in_order(people: Iterable[Person]) -> tuple[Person, ...]:
    """Order people by name; those without one come last, by number."""
    return tuple(sorted(people, key=_by_name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many of a course's trainees handed in, or are credited for what others handed in."""

    handed_in: int
    trainees: int


def count(works: Iterable[Work], participants: Iterable[Participant]) -> Count:
    """Count among those who are in the course now."""
    trainees = [one for one in participants if one.is_trainee]
    handed_in = {person_id for work in works for person_id in work.ever_credited}
    return Count(handed_in=sum(one.person_id in handed_in for one in trainees), trainees=len(trainees))


def missing(works: Iterable[Work], participants: Iterable[Participant]) -> list[Participant]:
    """Give the trainees who have no part in any work: first those who were here, then the others."""
    wrote = {person.id for work in works for person in work.people}
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
    gone = ((work, person) for work in works for person in work.people if person.id not in present)
    return {person.id for work, person in gone if _last_sign(work, person) < fetched_at}


def _last_sign(work: Work, person: Person) -> datetime:
    """Tell when somebody was here for sure: a change of shared work says nothing of one of its people."""
    seen_at = person.seen_at or work.changed_at
    return seen_at if work.is_shared else max(work.changed_at, seen_at)


def neighbours(works: Sequence[Work], workspace_id: int) -> tuple[HandedIn | None, HandedIn | None]:
    """Give the last submissions of the work before and after this one in the list."""
    handed_in = [work for work in works if work.last]
    places = [place for place, work in enumerate(handed_in) if work.workspace_id == workspace_id]
    if not places:
        return None, None
    before = handed_in[places[0] - 1].last if places[0] > 0 else None
    after = handed_in[places[0] + 1].last if places[0] + 1 < len(handed_in) else None
    return before, after
