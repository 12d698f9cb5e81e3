"""Who is in which course."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import ClassVar, Final

from moodle_sync.things.action import Action, Looking, Loss, Mail, Making, Name, Scope, Step
from moodle_sync.things.applied import Applied
from moodle_sync.things.back import Back, stays
from moodle_sync.things.comparison import Comparison
from moodle_sync.things.course import COURSES, Course
from moodle_sync.things.finding import Conflict, Drift
from moodle_sync.things.leaving import suspended_again
from moodle_sync.things.page import Cell, Line, Page
from moodle_sync.things.person import PEOPLE
from moodle_sync.things.place import OfPlace
from moodle_sync.things.role import ROLES, AddRole, Enrolment, by_place, is_compared, is_read, roles_of
from moodle_sync.things.state import Place, State
from moodle_sync.things.term import ENROLMENTS, Held, Term, change, due, enrolment_row, is_over, last_known, term_line
from moodle_sync.things.thing import Thing, Unseen
from moodle_sync.webservice.encoding import Row
from moodle_sync.webservice.functions import ENROL

OUTLIVES: Final = (
    "stays: other runs brought them into courses too, and this one outlives these; if they must leave, suspend them "
    "under Participants"
)


@dataclass(frozen=True, slots=True)
class Enrol(OfPlace):
    """Enrol somebody who isn't in the course; Moodle may send them its welcome message."""

    noun: ClassVar = "enrolments"
    step: ClassVar = Step(ENROL, "enrolments")
    together: ClassVar = True
    mails: ClassVar = Mail.WELCOME
    untold: ClassVar = True
    enrolment: Enrolment
    term: Term = field(default_factory=Term)

    def place(self) -> Place:
        """Give course and person."""
        return self.enrolment.place

    def line(self, zone: tzinfo) -> str:
        """Say what becomes of what."""
        enrolment = self.enrolment
        term = term_line(self.term, zone)
        return f"course {enrolment.course}: enrol {enrolment.person} as {enrolment.role}{term}"

    def row(self, making: Making) -> Row:
        """Write it as a row of a request."""
        return enrolment_row(making, self.place(), self.enrolment.role, self.term)

    def makes(self) -> Name:
        """Give the enrolment."""
        return "enrolment", *self.place()

    def needs(self) -> tuple[Name, ...]:
        """Give the account as it shall be."""
        return ("person", self.enrolment.person), ("change", self.enrolment.person)

    def is_done(self, looking: Looking) -> bool:
        """Tell whether they have the role there."""
        return self.enrolment.role in roles_of(looking, self.place())

    def keeps(self) -> Applied:
        """Say that it was made, with its role."""
        held = Applied().having(ENROLMENTS, {self.place(): Held(term=self.term, made=True)})
        return held.having(ROLES, frozenset({self.enrolment}))

    def undone(self, back: Back) -> Iterable[Action | Conflict]:
        """Suspend them: unenrolled they would lose their grades."""
        found = tuple(suspended_again(back.sides, self.place(), self.enrolment.role))
        outlives = self.enrolment.course in back.sides.desired.lasting and self.enrolment.person in back.once(
            _elsewhere
        )
        return (stays(("enrolment", *self.place()), OUTLIVES),) if found and outlives else found


def _elsewhere(back: Back) -> frozenset[str]:
    """Name those whom something else than the run that is taken back brought into a course."""
    enrolled = {action.place() for action in back.actions if isinstance(action, Enrol)}
    lasting = back.sides.desired.lasting
    others = back.sides.applied[ENROLMENTS].keys() - enrolled
    return frozenset(person for course, person in others if course not in lasting)


def want(sides: Comparison) -> State:
    """Leave out what conflicts concern, and what is over."""
    wanted = sides.desired[ROLES] - frozenset(_over(sides))
    return State().having(
        ROLES,
        frozenset(
            enrolment
            for enrolment in wanted
            if enrolment.course in sides.wanted[COURSES]
            and enrolment.person in sides.wanted[PEOPLE]
            and ("role", enrolment.role) not in sides.left
        ),
    )


def _over(sides: Comparison) -> Iterator[Enrolment]:
    """Find what was there and is over: a site that unenrols then, or takes roles away, would do so again each night."""
    for enrolment in sides.desired[ROLES] - sides.site[ROLES]:
        held = sides.applied[ENROLMENTS].get(enrolment.place)
        shown = enrolment.place in sides.inside and enrolment not in sides.applied[ROLES]
        if not shown and is_over(enrolment, held, sides.options.today):
            yield enrolment


def compare(sides: Comparison) -> Iterator[Action]:
    """Enrol only who isn't in the course: doing it again would mail again. Who is there gets the roles that lack."""
    entering: set[Place] = set()
    for enrolment in sorted(sides.wanted[ROLES] - sides.site[ROLES]):
        place = enrolment.place
        if place in sides.inside or place in entering:
            yield AddRole(*place, enrolment.role)
        else:
            entering.add(place)
            last = last_known(sides.applied[ENROLMENTS].get(place))
            yield Enrol(enrolment, due(enrolment, last, sides.options.today))


def adopt(sides: Comparison) -> Applied:
    """Take over who is there as wanted; of the term nobody knows, unless it was written before."""
    places = sides.once(by_place)
    return Applied().having(ENROLMENTS, {place: held for place in places if (held := _adopted(sides, place))})


def forget(sides: Comparison) -> Applied:
    """Let go who is neither wanted nor there."""
    applied = sides.applied[ENROLMENTS]
    named = {enrolment.place for enrolment in sides.desired[ROLES]}
    left = {place for place in applied.keys() - named - sides.inside if is_read(sides, place)}
    return Applied().having(ENROLMENTS, {place: applied[place] for place in left})


def recall(applied: Applied, state: State) -> State:
    """Look into the courses where somebody was enrolled, also those of which nothing else is held."""
    courses = {course for course, _ in applied[ENROLMENTS]} - state[COURSES].keys()
    bare = {key: Course(idnumber=key, shortname="", fullname="", category="") for key in courses}
    return state.having(COURSES, {**state[COURSES], **bare})


def drifted(sides: Comparison) -> Iterator[Drift]:
    """Show who is in a course no more."""
    for course, person in sorted(sides.applied[ENROLMENTS].keys() - sides.inside):
        if is_compared(sides, (course, person)):
            yield Drift("enrolment", f"{person} in {course}", f"course {course}: {person} is in it no more")


def managed(applied: Applied) -> Iterator[Scope]:
    """Name the courses of those whom the sync enrolled or adopted."""
    held = applied[ENROLMENTS].items()
    return ((f"course {course}", Loss.ENROLMENTS) for (course, _), one in held if not one.gone)


def unseen(actions: Sequence[Action], applied: Applied) -> Iterator[Unseen]:
    """Count by course whom the sync had enrolled and a plan enrols again."""
    places = {action.place() for action in actions if isinstance(action, Enrol)}
    again = Counter(course for course, _ in places & applied[ENROLMENTS].keys())
    held = Counter(course for course, _ in applied[ENROLMENTS])
    return (Unseen(course=course, count=count, held=held[course]) for course, count in sorted(again.items()))


def _lines(applied: Applied) -> Iterator[Line]:
    return (
        (place, (int(not held.made), int(held.gone), *_written(held.term)))
        for place, held in applied[ENROLMENTS].items()
    )


def _written(term: Term | None) -> tuple[int | None, int | None, int | None]:
    return (term.start, term.end, int(term.suspended)) if term else (None, None, None)


def _holding(lines: Iterable[Line]) -> Applied:
    held = {
        (course, person): Held(term=_term(start, end, suspended), gone=bool(gone))
        for (course, person), (_, gone, start, end, suspended) in lines
    }
    return Applied().having(ENROLMENTS, held)


def _term(start: Cell, end: Cell, suspended: Cell) -> Term | None:
    if not isinstance(start, int) or not isinstance(end, int):
        return None
    return Term(start=start, end=end, suspended=bool(suspended))


def _adopted(sides: Comparison, place: Place) -> Held | None:
    """Take over an enrolment that is there: one that is new to the journal, or that was gone and is as desired."""
    held = sides.applied[ENROLMENTS].get(place)
    if place not in sides.inside:
        return None
    if held is None:
        return Held()
    back = held.gone and change(sides, place) is None
    return Held(term=held.term) if back else None


PAGE: Final = Page(
    table="enrolments",
    key=("course", "person"),
    rest={
        "adopted": "INTEGER NOT NULL",
        "gone": "INTEGER NOT NULL",
        "starts": "INTEGER",
        "ends": "INTEGER",
        "suspended": "INTEGER",
    },
    falling=frozenset({"adopted"}),
    lines=_lines,
    holding=_holding,
)
ENROLMENT: Final = Thing(
    name="enrolment",
    actions=(Enrol,),
    want=want,
    compare=compare,
    adopt=adopt,
    forget=forget,
    managed=managed,
    recall=recall,
    drifted=drifted,
    unseen=unseen,
    page=PAGE,
)
