"""When an enrolment counts: what the source says, and for the rest what was last written; Moodle tells nobody."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Annotated, ClassVar, Final

from pydantic import Field as Written

from moodle_sync.errors import NotAllowed
from moodle_sync.things.action import Action, Looking, Loss, Mail, Making, Name, Scope, Step
from moodle_sync.things.applied import Applied
from moodle_sync.things.back import Back, stays
from moodle_sync.things.change import moment
from moodle_sync.things.comparison import Comparison
from moodle_sync.things.course import COURSES
from moodle_sync.things.finding import Conflict
from moodle_sync.things.kind import Kind
from moodle_sync.things.person import PEOPLE
from moodle_sync.things.place import Placed
from moodle_sync.things.role import ROLES, Enrolment, by_place, left_the_course, one_of_theirs, participants
from moodle_sync.things.state import Place
from moodle_sync.things.thing import Thing
from moodle_sync.webservice.encoding import Row
from moodle_sync.webservice.functions import ENROL

DAY: Final = 24 * 60 * 60
MARGIN: Final = 300
"""Seconds around a date in which nobody relies on whether it has passed: Moodle rounds, and clocks differ."""
AS_IT_WAS: Final = "active, without dates"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """When an enrolment counts: seconds since 1970, and 0 for no such limit; Moodle tells nobody."""

    start: int = 0
    end: int = 0
    suspended: bool = False


OPEN: Final = Term()
"""The term of an enrolment without dates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An enrolment that the sync made or adopted."""

    term: Term | None = None
    """None: adopted as it stood, and nobody knows."""
    gone: bool = False
    """Suspended by the sync because the source no longer named the person; it comes back when the source does."""
    made: bool = field(default=False, compare=False)
    """Whether the sync is making it now."""


ENROLMENTS: Final[Kind[Place, Mapping[Place, Held]]] = Kind("enrolment", {})
"""By course and person."""


@dataclass(frozen=True, slots=True)
class ChangeTerm(Placed):
    """Write the dates and the status of an enrolment that is there; Moodle may send its welcome message once more.

    `role` is one that the person has or shall have: Moodle wants one named. `before` is None where nobody knows.
    """

    noun: ClassVar = "changed enrolments"
    step: ClassVar = Step(ENROL, "enrolments")
    together: ClassVar = True
    mails: ClassVar = Mail.WELCOME
    course: str
    person: str
    role: str
    before: Term | None
    after: Term
    gone: Annotated[bool, Written(exclude_if=lambda gone: not gone)] = False
    """Whether it comes back as soon as the source is applied again."""

    def line(self, zone: tzinfo) -> str:
        """Say what becomes of what."""
        return f"course {self.course}: enrolment of {self.person}: {terms_line(self.before, self.after, zone)}"

    def row(self, making: Making) -> Row:
        """Write it as a row of a request."""
        return enrolment_row(making, self.place(), self.role, self.after)

    def needs(self) -> tuple[Name, ...]:
        """Give the enrolment, and the account as it shall be."""
        return ("enrolment", self.course, self.person), ("change", self.person)

    def loss(self, today: int) -> Scope | None:
        """Tell whether somebody is suspended, or has no access any more because of the dates."""
        before, after = self.before or OPEN, self.after
        suspended = after.suspended and not before.suspended
        lost = suspended or (_has_access(before, today) and not _has_access(after, today))
        return (f"course {self.course}", Loss.ENROLMENTS) if lost else None

    def is_done(self, looking: Looking) -> bool:
        """Tell it by whether the enrolment counts now, if that is what changes."""
        return is_written(looking, self.place(), self.before, self.after)

    def keeps(self) -> Applied:
        """Say what was written."""
        return Applied().having(ENROLMENTS, {self.place(): Held(term=self.after, gone=self.gone)})

    def undone(self, back: Back) -> Iterable[Action | Conflict]:
        """Write the term that was before, if anybody knows it."""
        return terms_back(back.sides, self.place(), self.role, self.before, self.after)

    def leaver(self) -> Place | None:
        """Give whom it suspends."""
        return self.place() if self.after.suspended else None

    def leaves_inside(self, looking: Looking) -> bool:
        """Tell whether they are active there still."""
        return self.after.suspended and is_active(looking, self.place())


def terms_back(
    sides: Comparison, place: Place, role: str, before: Term | None, after: Term
) -> Iterator[ChangeTerm | Conflict]:
    """Write the term that an enrolment had before it got another, where nobody wrote a third one since."""
    held = sides.applied[ENROLMENTS].get(place)
    named = one_of_theirs(sides, place, role)
    if place not in sides.inside:
        yield left_the_course(place, "had other dates or another status")
    elif before is None:
        yield stays(("enrolment", *place), "nobody knows which dates and which status it had: see Participants")
    elif held and held.term == before:
        return
    elif held is None or held.term != after:
        yield stays(("enrolment", *place), "its dates or its status were written anew since then, and are left so")
    elif named is None:
        yield stays(("enrolment", *place), "has no role left, which Moodle wants named: see Participants")
    else:
        yield ChangeTerm(*place, named, after, before, gone=before.suspended and not after.suspended)


def compare(sides: Comparison) -> Iterator[ChangeTerm]:
    """Change the terms that are otherwise."""
    changes = (change(sides, place) for place in sides.once(by_place).keys() & sides.inside)
    return iter(sorted(filter(None, changes), key=ChangeTerm.place))


def change(sides: Comparison, place: Place) -> ChangeTerm | None:
    """Compare the term of a wanted enrolment that is there; one that nobody knows is no difference, unless asserted."""
    wanted, held = sides.once(by_place)[place][0], sides.applied[ENROLMENTS].get(place)
    before = held.term if held else None
    if before is None and not (sides.options.assert_dates and _manages(wanted)):
        return None
    after = due(wanted, last_known(held), sides.options.today)
    return ChangeTerm(wanted.course, wanted.person, wanted.role, before, after) if after != before else None


def due(wanted: Enrolment, last: Term, today: int) -> Term:
    """Say what the term is to be; what the source doesn't manage stays as it was.

    A period counts from the start that is given, else from the one that the enrolment has, else from today: so one of
    90 days isn't another one each night.
    """
    start = last.start if wanted.start is None else wanted.start
    end = last.end if wanted.days is None else 0
    if wanted.days:
        start = start or last.start or today
        end = start + wanted.days * DAY
    suspended = last.suspended if wanted.suspended is None else wanted.suspended
    return Term(start=start, end=end, suspended=suspended)


def last_known(held: Held | None) -> Term:
    """Give the term that was last written, as it was before the person vanished from the source."""
    term = (held and held.term) or OPEN
    return Term(start=term.start, end=term.end) if held and held.gone else term


def is_over(wanted: Enrolment, held: Held | None, today: int) -> bool:
    """Tell whether the time of an enrolment that was there is over: Moodle may have taken it away then."""
    return held is not None and 0 < due(wanted, last_known(held), today).end <= today


def terms_line(before: Term | None, after: Term, zone: tzinfo) -> str:
    """Write a term that becomes another."""
    known = "unknown" if before is None else term_line(before, zone).strip(", ") or AS_IT_WAS
    return f"was {known}; will be {term_line(after, zone).strip(', ') or AS_IT_WAS}"


def term_line(term: Term, zone: tzinfo) -> str:
    """Write a term behind what it belongs to; empty where there is no limit."""
    dates = [f", {word} {moment(at, zone)}" for word, at in (("from", term.start), ("to", term.end)) if at]
    return "".join(dates) + (", suspended" if term.suspended else "")


def enrolment_row(making: Making, place: Place, role: str, term: Term) -> Row:
    """Write the whole term: what is left out Moodle takes for 0 and active."""
    course, person = place
    return {
        "roleid": making.ids[ROLES][role],
        "userid": making.ids[PEOPLE][person],
        "courseid": making.ids[COURSES][course],
        "timestart": term.start,
        "timeend": term.end,
        "suspend": term.suspended,
    }


def is_written(looking: Looking, place: Place, before: Term | None, after: Term) -> bool:
    """Tell a term by whether the enrolment counts now, where that is another than before."""
    counted, counts = _counts(before, looking.now), _counts(after, looking.now)
    active = looking.once(_active, place[0])
    if counted is None or counts is None or counted == counts or active is None:
        return False
    return (looking.ids[PEOPLE][place[1]] in active) == counts


def is_active(looking: Looking, place: Place) -> bool:
    """Tell whether an enrolment of somebody counts now, by whatever way; False if the token may not know."""
    return looking.ids[PEOPLE][place[1]] in (looking.once(_active, place[0]) or ())


def _active(looking: Looking, course: str) -> frozenset[int] | None:
    """Give those whose enrolment counts now; None if the token may not know."""
    try:
        return frozenset(user.id for user in participants(looking, course, {"userfields": "id", "onlyactive": 1}))
    except NotAllowed:
        return None


def _counts(term: Term | None, now: float) -> bool | None:
    """Tell whether an enrolment counts now; None: nobody knows, or it is about to change."""
    if term is None:
        return None
    if term.suspended:
        return False
    if any(date and abs(date - now) < MARGIN for date in (term.start, term.end)):
        return None
    return term.start < now and (not term.end or now < term.end)


def _has_access(term: Term, today: int) -> bool:
    ended = 0 < term.end <= today
    return not term.suspended and not ended and term.start < today + DAY


def _manages(wanted: Enrolment) -> bool:
    return any(part is not None for part in (wanted.start, wanted.days, wanted.suspended))


TERM: Final = Thing(name="term", actions=(ChangeTerm,), compare=compare)
