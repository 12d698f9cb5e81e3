"""The roles that people have in courses."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from itertools import count
from typing import ClassVar, Final

from moodle_sync.things.action import Action, Looking, Loss, Making, Name, Scope, Step
from moodle_sync.things.applied import Applied
from moodle_sync.things.back import Back, stays
from moodle_sync.things.comparison import Comparison
from moodle_sync.things.course import COURSES
from moodle_sync.things.finding import Conflict, Drift
from moodle_sync.things.kind import Kind
from moodle_sync.things.page import Line, Page
from moodle_sync.things.person import PEOPLE
from moodle_sync.things.place import Placed
from moodle_sync.things.state import Managed, Place, State
from moodle_sync.things.thing import Thing
from moodle_sync.webservice.encoding import Row, Value
from moodle_sync.webservice.functions import ASSIGN_ROLES, GET_ENROLLED, UNASSIGN_ROLES
from moodle_sync.webservice.replies import UserReply

AT_ONCE: Final = 500
"""Participants asked for in one request."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Enrolment:
    """A person's role in a course; of its term, None is what nobody manages.

    A term belongs to course and person: where they have several roles, all say the same.
    """

    course: str
    person: str
    role: str
    start: int | None = field(default=None, compare=False)
    """Seconds since 1970; 0: from the beginning."""
    days: int | None = field(default=None, compare=False)
    """How long from the start, or from the day that it was made; 0: without end."""
    suspended: bool | None = field(default=None, compare=False)

    @property
    def place(self) -> Place:
        """Give course and person."""
        return self.course, self.person


ROLES: Final[Kind[str, frozenset[Enrolment]]] = Kind("role", frozenset())
"""Numbers are those of the roles themselves, by their short names."""


@dataclass(frozen=True, slots=True)
class AddRole(Placed):
    """Give somebody who is in the course one more role; no mail, and the dates stay."""

    noun: ClassVar = "added roles"
    step: ClassVar = Step(ASSIGN_ROLES, "assignments")
    together: ClassVar = True
    course: str
    person: str
    role: str

    def line(self, zone: tzinfo) -> str:
        """Say what becomes of what."""
        return f"course {self.course}: {self.person} becomes {self.role}"

    def row(self, making: Making) -> Row:
        """Write it as a row of a request."""
        return _assignment(making, self.course, self.person, self.role)

    def needs(self) -> tuple[Name, ...]:
        """Give the enrolment."""
        return (self.builds_on(),)

    def builds_on(self) -> Name:
        """Give the enrolment."""
        return "enrolment", self.course, self.person

    def is_done(self, looking: Looking) -> bool:
        """Tell whether they have the role."""
        return self.role in roles_of(looking, self.place())

    def keeps(self) -> Applied:
        """Say that it was given."""
        return _held(self.course, self.person, self.role)

    def undone(self, back: Back) -> Iterator[Action | Conflict]:
        """Take it away again, where nobody else gave it since a later run took it away."""
        if back.holds(ROLES, Enrolment(course=self.course, person=self.person, role=self.role)):
            yield RemoveRole(self.course, self.person, self.role)


@dataclass(frozen=True, slots=True)
class RemoveRole(Placed):
    """Take a role away that the sync gave or adopted; the enrolment stays."""

    noun: ClassVar = "roles taken away"
    step: ClassVar = Step(UNASSIGN_ROLES, "unassignments")
    takes: ClassVar = True
    course: str
    person: str
    role: str

    def line(self, zone: tzinfo) -> str:
        """Say what becomes of what."""
        return f"course {self.course}: {self.person} is {self.role} no more"

    def row(self, making: Making) -> Row:
        """Write it as a row of a request."""
        return _assignment(making, self.course, self.person, self.role)

    def loss(self, today: int) -> Scope:
        """Tell where a role is taken away."""
        return f"course {self.course}", Loss.ROLES

    def is_done(self, looking: Looking) -> bool:
        """Tell whether they have the role no more."""
        return self.role not in roles_of(looking, self.place())

    def drops(self) -> Applied:
        """Say that it was taken away."""
        return _held(self.course, self.person, self.role)

    def undone(self, back: Back) -> Iterator[Action | Conflict]:
        """Give it again to who is still in the course."""
        if self.place() not in back.sides.inside:
            yield left_the_course(self.place(), f"was {self.role}")
        elif self.role not in back.sides.ids[ROLES]:
            message = f"was {self.role}, whose number isn't known, since nobody has it there: write it under [roles]"
            yield stays(("enrolment", *self.place()), f"{message} in the configuration")
        elif Enrolment(course=self.course, person=self.person, role=self.role) not in back.sides.site[ROLES]:
            yield AddRole(self.course, self.person, self.role)


def compare(sides: Comparison) -> Iterator[Action]:
    """Take away the roles that the source gives no longer, of those who have all that it gives.

    Roles that are missing are given where enrolments are compared: who isn't in the course is enrolled with one.
    """
    if Managed.ENROLMENTS not in sides.desired.manages:
        return
    named = sides.once(by_place)
    unresolved = {enrolment.place for enrolment in sides.desired[ROLES] - sides.wanted[ROLES]}
    for lost in sorted((sides.applied[ROLES] - sides.desired[ROLES]) & sides.site[ROLES]):
        if lost.place in named and lost.place not in unresolved:
            yield RemoveRole(*lost.place, lost.role)


def by_place(sides: Comparison) -> dict[Place, list[Enrolment]]:
    """Give the wanted roles by course and person, in their order."""
    places: dict[Place, list[Enrolment]] = {}
    for enrolment in sides.wanted[ROLES]:
        places.setdefault(enrolment.place, []).append(enrolment)
    for roles in places.values():
        roles.sort()
    return places


def one_of_theirs(sides: Comparison, place: Place, rather: str) -> str | None:
    """Give a role that somebody has in a course: Moodle wants one named where it writes an enrolment."""
    roles = sides.once(_roles_there).get(place, set())
    return rather if rather in roles else min(roles, default=None)


def _roles_there(sides: Comparison) -> dict[Place, set[str]]:
    places: dict[Place, set[str]] = {}
    for enrolment in sides.site[ROLES]:
        places.setdefault(enrolment.place, set()).add(enrolment.role)
    return places


def left_the_course(place: Place, was: str) -> Conflict:
    """Say that something can't be put back, since somebody isn't in the course any more."""
    return stays(("enrolment", *place), f"{was}, and isn't in the course any more: that isn't put back")


def is_read(sides: Comparison, place: Place) -> bool:
    """Tell whether a place would have been seen if it were there."""
    course, person = place
    return course in sides.site[COURSES] and course in sides.wanted[COURSES] and person in sides.ids[PEOPLE]


def is_compared(sides: Comparison, place: Place) -> bool:
    """Tell whether a place can be compared: its course could be read, with everybody in it."""
    course, person = place
    return course in sides.site[COURSES] and ("course", course) not in sides.left and person in sides.ids[PEOPLE]


def drifted(sides: Comparison) -> Iterator[Drift]:
    """Show roles that somebody has no more who is still in the course."""
    for lost in sorted(sides.applied[ROLES] - sides.site[ROLES]):
        if lost.place in sides.inside and is_compared(sides, lost.place):
            line = f"course {lost.course}: {lost.person} is {lost.role} no more"
            yield Drift("role", f"{lost.person} in {lost.course} as {lost.role}", line)


def adopt(sides: Comparison) -> Applied:
    """Take over the roles that are there as wanted."""
    return Applied().having(ROLES, (sides.wanted[ROLES] & sides.site[ROLES]) - sides.applied[ROLES])


def forget(sides: Comparison) -> Applied:
    """Let go the roles that are neither wanted nor there."""
    gone = sides.applied[ROLES] - sides.desired[ROLES] - sides.site[ROLES]
    return Applied().having(ROLES, frozenset(role for role in gone if is_read(sides, role.place)))


def managed(applied: Applied) -> Iterator[Scope]:
    """Name the courses of the roles that the sync gave or adopted."""
    return ((f"course {role.course}", Loss.ROLES) for role in applied[ROLES])


def peopled(desired: State) -> Iterator[str]:
    """Name the courses where the source has somebody."""
    return (f"course {enrolment.course}" for enrolment in desired[ROLES])


def words(actions: Sequence[Action]) -> Mapping[Action, str]:
    """Tell which roles go where others come."""
    gone = _replaced(actions)
    return {
        action: f", in place of {gone[action.place()]}" if action.place() in gone else " too"
        for action in actions
        if isinstance(action, AddRole)
    }


def _replaced(actions: Iterable[Action]) -> dict[Place, str]:
    roles: dict[Place, str] = {}
    for action in actions:
        if isinstance(action, RemoveRole):
            before = roles.get(action.place())
            roles[action.place()] = f"{before}, {action.role}" if before else action.role
    return roles


def roles_of(looking: Looking, place: Place) -> frozenset[str]:
    """Give the roles that somebody has in a course."""
    course, person = place
    return looking.once(inside, course).get(looking.ids[PEOPLE][person], frozenset())


def inside(looking: Looking, course: str) -> dict[int, frozenset[str]]:
    """Give everybody who is in a course, with their roles."""
    users = participants(looking, course, {"userfields": "id,roles"})
    return {user.id: frozenset(role.shortname for role in user.roles) for user in users}


def participants(looking: Looking, course: str, options: Mapping[str, str | int]) -> Iterator[UserReply]:
    """Read page by page; only an empty page is the end."""
    number = looking.ids[COURSES][course]
    for page in count():
        paged = {**options, "limitfrom": page * AT_ONCE, "limitnumber": AT_ONCE, "sortby": "id"}
        rows: list[Value] = [{"name": name, "value": value} for name, value in paged.items()]
        users = looking.ask(GET_ENROLLED, courseid=number, options=rows)
        yield from users
        if not users:
            return


def _assignment(making: Making, course: str, person: str, role: str) -> Row:
    return {
        "roleid": making.ids[ROLES][role],
        "userid": making.ids[PEOPLE][person],
        "contextlevel": "course",
        "instanceid": making.ids[COURSES][course],
    }


def _lines(applied: Applied) -> Iterator[Line]:
    return (((*enrolment.place, enrolment.role), ()) for enrolment in applied[ROLES])


def _holding(lines: Iterable[Line]) -> Applied:
    roles = (Enrolment(course=course, person=person, role=role) for (course, person, role), _ in lines)
    return Applied().having(ROLES, frozenset(roles))


def _held(course: str, person: str, role: str) -> Applied:
    return Applied().having(ROLES, frozenset({Enrolment(course=course, person=person, role=role)}))


PAGE: Final = Page(table="roles", key=("course", "person", "role"), lines=_lines, holding=_holding)
ROLE: Final = Thing(
    name="role",
    actions=(AddRole, RemoveRole),
    compare=compare,
    adopt=adopt,
    forget=forget,
    managed=managed,
    peopled=peopled,
    drifted=drifted,
    page=PAGE,
    words=words,
)
