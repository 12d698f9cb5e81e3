"""What of one kind is still to be sent, and what goes next: never two requests at once for one course or person."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from moodle_sync.actions import (
    Action,
    AddCohortMember,
    AddMember,
    AddRole,
    AddSection,
    ChangeCourse,
    ChangePerson,
    ChangeTerm,
    CreateCategory,
    CreateCohort,
    CreateCourse,
    CreateGroup,
    CreatePerson,
    Enrol,
    NameSection,
    RemoveCohortMember,
    RemoveMember,
    RemoveRole,
    Suspend,
    Unenrol,
)
from moodle_sync.webservice.encoding import OVERHEAD, Row, count

Touch: TypeAlias = tuple[str, str]
"""What a request works on: a kind of thing, and its key."""
Batch: TypeAlias = tuple[tuple[Action, Row], ...]
TRIES = 3
"""How often in a row a write is sent whose fate stays unknown."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Rows that go together, and how often they may still be sent."""

    batch: Batch
    tries: int = TRIES

    @property
    def actions(self) -> list[Action]:
        """Give the actions of the rows."""
        return [action for action, _ in self.batch]

    @property
    def touches(self) -> frozenset[Touch]:
        """Give everything that the rows work on."""
        return frozenset().union(*map(touches, self.actions))

    def halves(self) -> list["Piece"]:
        """Cut it in two."""
        middle = len(self.batch) // 2
        return [Piece(self.batch[:middle]), Piece(self.batch[middle:])]

    def by_course(self) -> dict[str, "Piece"]:
        """Cut it by courses."""
        rows: dict[str, list[tuple[Action, Row]]] = {}
        for action, made in self.batch:
            rows.setdefault(course_of(action), []).append((action, made))
        return {course: Piece(tuple(batch)) for course, batch in rows.items()}

    def without(self, done: Iterable[Action]) -> "Piece":
        """Give what is left of it to be sent once more."""
        gone = set(done)
        return Piece(tuple(pair for pair in self.batch if pair[0] not in gone), self.tries - 1)


class Waiting:
    """The actions of one kind in their order, and the pieces that must be sent again before them."""

    def __init__(self, actions: Sequence[Action], budget: int) -> None:
        self._actions = [(action, touches(action)) for action in actions]
        self._pieces: list[Piece] = []
        self._room = budget - OVERHEAD

    def put_first(self, pieces: Sequence[Piece]) -> None:
        """Let pieces go before everything else."""
        self._pieces[:0] = pieces

    def take(self, busy: frozenset[Touch], most: int, make: Callable[[Action], Row | None]) -> Piece | None:
        """Take what goes next and touches nothing that is busy; an action of which no row can be made is dropped."""
        for place, piece in enumerate(self._pieces):
            if busy.isdisjoint(piece.touches):
                return self._pieces.pop(place)
        batch = self._fill(busy, most, make)
        return Piece(tuple(batch)) if batch else None

    def drop(self, course: str) -> list[Action]:
        """Take out everything that concerns a course."""
        dropped = [action for piece in self._pieces for action in piece.actions if course_of(action) == course]
        dropped += [action for action, _ in self._actions if course_of(action) == course]
        gone = set(dropped)
        pieces = [Piece(tuple(pair for pair in piece.batch if pair[0] not in gone)) for piece in self._pieces]
        self._pieces = [piece for piece in pieces if piece.batch]
        self._actions = [pair for pair in self._actions if pair[0] not in gone]
        return dropped

    def _fill(
        self, busy: frozenset[Touch], most: int, make: Callable[[Action], Row | None]
    ) -> list[tuple[Action, Row]]:
        batch: list[tuple[Action, Row]] = []
        kept: list[tuple[Action, frozenset[Touch]]] = []
        room = self._room
        actions = iter(self._actions)
        for action, touched in actions:
            if not busy.isdisjoint(touched):
                kept.append((action, touched))
            elif row := make(action):
                room -= count(row)
                if batch and room < 0:
                    kept.append((action, touched))
                    break
                batch.append((action, row))
                if len(batch) == most:
                    break
        self._actions = [*kept, *actions]
        return batch


def touches(action: Action) -> frozenset[Touch]:
    """Give what must not be worked on twice at once: courses, people, and where things are put in an order."""
    match action:
        case CreateCategory():
            named = [("category", "")]
        case CreateCourse(course):
            named = [("course", course.idnumber), ("category", course.category)]
        case CreatePerson(person):
            named = [("person", person.username)]
        case ChangePerson(person=key):
            named = [("person", key)]
        case CreateCohort(idnumber):
            named = [("cohort", idnumber)]
        case AddCohortMember(member) | RemoveCohortMember(member):
            named = [("cohort", member.cohort), ("person", member.person)]
        case _:
            named = [("course", course_of(action)), *(("person", key) for key in _people(action))]
    return frozenset(named)


def course_of(action: Action) -> str:
    """Give the course that an action works in; empty where it works in none."""
    match action:
        case ChangeCourse(key) | AddSection(key) | NameSection(key) | ChangeTerm(key) | Suspend(key) | Unenrol(key):
            return key
        case AddRole(key) | RemoveRole(key):
            return key
        case Enrol(enrolment):
            return enrolment.course
        case CreateGroup(group):
            return group.course
        case AddMember(membership) | RemoveMember(membership):
            return membership.group.course
        case _:
            return ""


def _people(action: Action) -> list[str]:
    match action:
        case ChangeTerm(person=key) | Suspend(person=key) | Unenrol(person=key):
            return [key]
        case AddRole(person=key) | RemoveRole(person=key):
            return [key]
        case Enrol(enrolment):
            return [enrolment.person]
        case AddMember(membership) | RemoveMember(membership):
            return [membership.person]
        case _:
            return []
