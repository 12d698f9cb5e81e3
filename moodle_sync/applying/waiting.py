"""What is still to be sent, and what goes next: never two requests at once for one course or person.

Actions of several kinds wait here together, each until what it builds on is there: a course gets its people while
accounts are still being made.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from moodle_sync.things.action import Action, Name
from moodle_sync.webservice.encoding import OVERHEAD, Row, count

Kind: TypeAlias = type[Action]
Batch: TypeAlias = tuple[tuple[Action, Row], ...]
Make: TypeAlias = Callable[[Action], Row | None]
TRIES = 3
"""How often in a row a write is sent whose fate stays unknown."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Rows of one kind that go together, and how often they may still be sent."""

    batch: Batch
    tries: int = TRIES

    @property
    def kind(self) -> Kind:
        """Give the kind of its actions."""
        return type(self.batch[0][0])

    @property
    def actions(self) -> list[Action]:
        """Give the actions of the rows."""
        return [action for action, _ in self.batch]

    @property
    def touches(self) -> frozenset[Name]:
        """Give everything that the rows work on."""
        return frozenset().union(*(action.touches() for action in self.actions))

    def halves(self) -> list["Piece"]:
        """Cut it in two."""
        middle = len(self.batch) // 2
        return [Piece(self.batch[:middle]), Piece(self.batch[middle:])]

    def by_course(self) -> dict[str, "Piece"]:
        """Cut it by courses."""
        rows: dict[str, list[tuple[Action, Row]]] = {}
        for action, made in self.batch:
            rows.setdefault(action.within(), []).append((action, made))
        return {course: Piece(tuple(batch)) for course, batch in rows.items()}

    def without(self, done: Iterable[Action]) -> "Piece":
        """Give what is left of it to be sent once more."""
        gone = set(done)
        return Piece(tuple(pair for pair in self.batch if pair[0] not in gone), self.tries - 1)


def stage(action: Action) -> object:
    """Say with what an action may go together: some kinds with each other, all others by themselves."""
    return Action if action.together else type(action)


class Waiting:
    """Actions in their order, by kind and by where they work, and the pieces that must be sent again before them."""

    def __init__(self, actions: Sequence[Action], budget: int) -> None:
        self._room = budget - OVERHEAD
        self._pieces: list[Piece] = []
        self._ready: dict[Kind, dict[Name, deque[Action]]] = {type(action): {} for action in actions}
        self._blocked: defaultdict[Name, list[Action]] = defaultdict(list)
        self._missing = {made for action in actions if (made := action.makes())}
        self._settled: deque[Action] = deque()
        for action in actions:
            self._admit(action)

    def put_first(self, pieces: Sequence[Piece]) -> None:
        """Let pieces go before everything else."""
        self._pieces[:0] = pieces

    def settle(self, actions: Iterable[Action]) -> None:
        """Let go what waits for actions that were done, or given up: then there is no more to wait for."""
        self._settled.extend(actions)

    def take(self, busy: frozenset[Name], most: Callable[[Kind], int], make: Make) -> Piece | None:
        """Take what goes next and touches nothing that is busy; an action of which no row can be made is dropped.

        Later kinds go first, so that people who have an account are soon where they shall be.
        """
        for place, piece in enumerate(self._pieces):
            if busy.isdisjoint(piece.touches):
                return self._pieces.pop(place)
        self._release()
        for kind in reversed(self._ready):
            if batch := self._fill(kind, busy, most(kind), make):
                return Piece(tuple(batch))
        return self.take(busy, most, make) if self._settled else None

    def drop(self, kind: Kind, course: str) -> list[Action]:
        """Take out everything of one kind that concerns a course."""

        def concerned(action: Action) -> bool:
            return type(action) is kind and action.within() == course

        dropped = [action for piece in self._pieces for action in piece.actions if concerned(action)]
        dropped += self._ready[kind].pop(("course", course), ())
        dropped += [action for actions in self._blocked.values() for action in actions if concerned(action)]
        gone = set(dropped)
        pieces = [Piece(tuple(pair for pair in piece.batch if pair[0] not in gone)) for piece in self._pieces]
        self._pieces = [piece for piece in pieces if piece.batch]
        for thing, actions in self._blocked.items():
            self._blocked[thing] = [action for action in actions if action not in gone]
        return dropped

    def _admit(self, action: Action) -> None:
        """Put an action where it waits: for the first thing that it misses, or for its turn."""
        for thing in action.needs():
            if thing in self._missing:
                self._blocked[thing].append(action)
                return
        self._ready[type(action)].setdefault(action.lane(), deque()).append(action)

    def _release(self) -> None:
        while self._settled:
            thing = self._settled.popleft().makes()
            if thing in self._missing:
                self._missing.remove(thing)
                for action in self._blocked.pop(thing, ()):
                    self._admit(action)

    def _fill(self, kind: Kind, busy: frozenset[Name], most: int, make: Make) -> list[tuple[Action, Row]]:
        batch: list[tuple[Action, Row]] = []
        room = self._room
        for action in self._free(kind, busy):
            if row := make(action):
                room -= count(row)
                if batch and room < 0:
                    self._ready[kind][action.lane()].appendleft(action)
                    break
                batch.append((action, row))
                if len(batch) == most:
                    break
        return batch

    def _free(self, kind: Kind, busy: frozenset[Name]) -> Iterator[Action]:
        """Take out one action after the other that touches nothing busy."""
        for where, waiting in list(self._ready[kind].items()):
            for _ in range(0 if where in busy else len(waiting)):
                action = waiting.popleft()
                if busy.isdisjoint(action.touches()):
                    yield action
                else:
                    waiting.append(action)
