"""Who goes from which course: whoever vanished from the source, where the sync enrolled or adopted them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from typing import Annotated, ClassVar, Final

from pydantic import Field as Written

from moodle_sync.things.action import Action, Looking, Loss, Mail, Making, Scope, Step
from moodle_sync.things.applied import Applied
from moodle_sync.things.back import Back, stays
from moodle_sync.things.comparison import Comparison
from moodle_sync.things.course import COURSES
from moodle_sync.things.finding import Conflict, Remark
from moodle_sync.things.person import PEOPLE
from moodle_sync.things.place import Placed
from moodle_sync.things.role import ROLES, inside, one_of_theirs
from moodle_sync.things.state import Managed, Place
from moodle_sync.things.term import (
    ENROLMENTS,
    OPEN,
    Held,
    Term,
    enrolment_row,
    is_active,
    is_written,
    terms_back,
    terms_line,
)
from moodle_sync.things.thing import Thing
from moodle_sync.webservice.encoding import Row
from moodle_sync.webservice.functions import ENROL, UNENROL

SHOWN: Final = 5
"""How many names a remark lists."""
ROLELESS: Final = "has no role left: under Participants, unenrol them or give them a role"
OTHERWISE: Final = "who came in by another method as well stays active: see Participants"


@dataclass(frozen=True, slots=True)
class Suspend(Placed):
    """Suspend the enrolment of somebody whom the source no longer names; the dates are written as they are known."""

    noun: ClassVar = "suspended enrolments"
    step: ClassVar = Step(ENROL, "enrolments")
    mails: ClassVar = Mail.WELCOME
    takes: ClassVar = True
    course: str
    person: str
    role: str
    before: Term | None
    after: Term
    undoes: Annotated[bool, Written(exclude_if=lambda undoes: not undoes)] = False
    """Whether they are suspended because the run is taken back that enrolled them."""

    def line(self, zone: tzinfo) -> str:
        """Say what becomes of what."""
        why = "whom that run enrolled" if self.undoes else "whom the source no longer names"
        terms = terms_line(self.before, self.after, zone)
        other = "" if self.before else f"; {OTHERWISE}"
        return f"course {self.course}: suspend {self.person}, {why}: {terms}{other}"

    def row(self, making: Making) -> Row:
        """Write it as a row of a request."""
        return enrolment_row(making, self.place(), self.role, self.after)

    def loss(self, today: int) -> Scope:
        """Tell where somebody is suspended."""
        return f"course {self.course}", Loss.ENROLMENTS

    def is_done(self, looking: Looking) -> bool:
        """Tell it by whether the enrolment counts now, if that is what changes."""
        return is_written(looking, self.place(), self.before, self.after)

    def keeps(self) -> Applied:
        """Say that they are gone, until the source names them again."""
        return Applied().having(ENROLMENTS, {self.place(): Held(term=self.after, gone=True)})

    def undone(self, back: Back) -> Iterator[Action | Conflict]:
        """Write the term that was before, if anybody knows it."""
        yield from terms_back(back.sides, self.place(), self.role, self.before, self.after)

    def leaver(self) -> Place:
        """Give whom it suspends."""
        return self.place()

    def leaves_inside(self, looking: Looking) -> bool:
        """Tell whether they are active there still."""
        return self.after.suspended and is_active(looking, self.place())


@dataclass(frozen=True, slots=True)
class Unenrol(Placed):
    """Unenrol somebody whom the source no longer names: Moodle forgets roles, groups and grades."""

    noun: ClassVar = "unenrolments"
    step: ClassVar = Step(UNENROL, "enrolments")
    takes: ClassVar = True
    course: str
    person: str

    def line(self, zone: tzinfo) -> str:
        """Say what becomes of what."""
        return f"course {self.course}: unenrol {self.person}, with roles, groups and grades; {OTHERWISE}"

    def row(self, making: Making) -> Row:
        """Write it as a row of a request."""
        return {"userid": making.ids[PEOPLE][self.person], "courseid": making.ids[COURSES][self.course]}

    def loss(self, today: int) -> Scope:
        """Tell where somebody is unenrolled."""
        return f"course {self.course}", Loss.ENROLMENTS

    def is_done(self, looking: Looking) -> bool:
        """Tell whether they are in the course no more."""
        return looking.ids[PEOPLE][self.person] not in looking.once(inside, self.course)

    def parts(self) -> Place:
        """Give course and person."""
        return self.place()

    def undone(self, back: Back) -> Iterator[Conflict]:
        """Say that nobody brings back what Moodle forgot."""
        yield stays(
            ("enrolment", *self.place()),
            "was unenrolled, and Moodle forgot roles, groups and grades: that can't be taken back; named in the "
            "source, they are enrolled anew",
        )

    def leaver(self) -> Place:
        """Give whom it unenrols."""
        return self.place()

    def leaves_inside(self, looking: Looking) -> bool:
        """Tell whether they are in the course still."""
        return not self.is_done(looking)


def compare(sides: Comparison) -> Iterator[Action]:
    """Suspend whoever vanished from the source, or unenrol them."""
    if sides.options.unenrol:
        yield from (Unenrol(*place) for place in _leaving(sides))
        return
    leaving = _to_suspend(sides)
    roles = _roles(sides, leaving)
    for place in leaving:
        if place in roles:
            yield _suspension(place, roles[place], sides.applied[ENROLMENTS][place].term)


def conflicts(sides: Comparison) -> Iterator[Conflict]:
    """Show who can't be suspended: Moodle wants a role named, and gives it."""
    if sides.options.unenrol:
        return
    leaving = _to_suspend(sides)
    roles = _roles(sides, leaving)
    for course, person in leaving:
        if (course, person) not in roles:
            yield Conflict("enrolment", f"{person} in {course}", f"is no longer in the source and {ROLELESS}")


def remarks(sides: Comparison, actions: Sequence[Action]) -> Iterator[Remark]:
    """Name those who leave a course now, and stay in one from which nobody is taken out."""
    going = {action.person for action in actions if isinstance(action, (Suspend, Unenrol))}
    named = {enrolment.place for enrolment in sides.desired[ROLES]}
    held = sides.applied[ENROLMENTS].keys() & sides.inside
    for course in sorted(sides.desired.lasting):
        people = sorted(person for key, person in held - named if key == course and person in going)
        if people:
            yield Remark("course", course, f"nobody is taken out of it, so who leaves others stays: {_some(people)}")


def _some(people: Sequence[str]) -> str:
    more = f" and {len(people) - SHOWN:,} more" if len(people) > SHOWN else ""
    return ", ".join(people[:SHOWN]) + more


def suspended_again(sides: Comparison, place: Place, role: str) -> Iterator[Action | Conflict]:
    """Suspend somebody who was enrolled, unless they are out or suspended already; the source brings them back.

    Of whom the journal holds nothing a later run took out, and who is there again was enrolled by somebody else.
    """
    held = sides.applied[ENROLMENTS].get(place)
    named = one_of_theirs(sides, place, role)
    if place not in sides.inside or held is None or _suspended(held):
        return
    if named is None:
        yield stays(("enrolment", *place), f"can't be suspended: {ROLELESS}")
    else:
        yield replace(_suspension(place, named, held.term), undoes=True)


def _leaving(sides: Comparison) -> list[Place]:
    """List whom the sync enrolled or adopted and the source no longer names, as far as they are still there."""
    ends = sides.wanted[COURSES].keys() - sides.desired.lasting
    named = {enrolment.place for enrolment in sides.desired[ROLES]}
    gone = sorted((sides.applied[ENROLMENTS].keys() - named) & sides.inside)
    return [place for place in gone if place[0] in ends and sides.may_lose(Managed.ENROLMENTS, place)]


def _to_suspend(sides: Comparison) -> list[Place]:
    return [place for place in _leaving(sides) if not _suspended(sides.applied[ENROLMENTS][place])]


def _suspended(held: Held) -> bool:
    """Tell whether the enrolment is suspended already, by the sync or by the source itself."""
    return held.term is not None and held.term.suspended


def _suspension(place: Place, role: str, term: Term | None) -> Suspend:
    known = term or OPEN
    return Suspend(*place, role, term, Term(start=known.start, end=known.end, suspended=True))


def _roles(sides: Comparison, leaving: Collection[Place]) -> dict[Place, str]:
    """Give a role for each place, one that they have: Moodle wants one named, and would give another.

    One that the sync gave comes first, since the token may not be allowed to give others.
    """
    places = set(leaving)
    held = [enrolment for enrolment in sides.site[ROLES] if enrolment.place in places] if places else []
    held.sort(key=lambda enrolment: (enrolment not in sides.applied[ROLES], enrolment.role), reverse=True)
    return {enrolment.place: enrolment.role for enrolment in held}


LEAVING: Final = Thing(
    name="leaving", actions=(Suspend, Unenrol), compare=compare, conflicts=conflicts, remarks=remarks
)
