"""What the kinds of things are told by, and what each tells of itself: pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from moodle_sync.site.found import Found
from moodle_sync.site.identity import Identities
from moodle_sync.things.finding import Conflict, Remark
from moodle_sync.things.ids import Ids
from moodle_sync.things.kind import C, K, Kind
from moodle_sync.things.state import Place, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the administrator says of the site: numbers of roles, and usernames that are never touched."""

    roles: Mapping[str, int] = field(default_factory=dict)
    protected: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What was read, who is who, and what is known of it already."""

    found: Found
    desired: State
    known: Known
    identities: Identities
    keys: Mapping[int, str]
    """The keys of people, by the numbers of their accounts."""
    ids: Ids = field(default_factory=Ids)
    state: State = field(default_factory=State)

    @property
    def inside(self) -> frozenset[Place]:
        """Give who is in a course, by whatever way."""
        courses = self.found.courses.items()
        return frozenset((key, self.keys[n]) for key, course in courses for n in course.inside if n in self.keys)


@dataclass(frozen=True, slots=True)
class View:
    """What a kind of thing tells of itself."""

    learn: Callable[[Sight], object]
    """Keeps its numbers."""
    see: Callable[[Sight], State]
    """Adds what there is of it to the state, when all numbers are known."""
    conflicts: Callable[[Sight], Iterable[Conflict]]
    remarks: Callable[[Sight], Iterable[Remark]]


def _nothing(_sight: Sight) -> tuple[()]:
    return ()


def view(
    kind: Kind[K, C],
    things: Callable[[Sight], C],
    numbers: Callable[[Sight], Mapping[K, int]] | None = None,
    conflicts: Callable[[Sight], Iterable[Conflict]] = _nothing,
    remarks: Callable[[Sight], Iterable[Remark]] = _nothing,
) -> View:
    """Say what a kind tells: its things, their numbers where it has any, and what somebody should look at."""
    return View(
        learn=lambda sight: sight.ids.knowing(kind, numbers(sight) if numbers else {}),
        see=lambda sight: sight.state.having(kind, things(sight)),
        conflicts=conflicts,
        remarks=remarks,
    )
