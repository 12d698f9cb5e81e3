"""Compares what a run did with what is there now, and says what takes it back: one pure function.

What is already as it was needs nothing; what somebody else changed since then is left; nothing is deleted.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Concatenate, Final, ParamSpec, TypeVar, cast

from moodle_sync.planning.plan import ORDER, Plan
from moodle_sync.site.observed import Observed
from moodle_sync.things import back
from moodle_sync.things.action import Action, Alteration, Creation, Name
from moodle_sync.things.applied import Applied
from moodle_sync.things.catalogue import THINGS
from moodle_sync.things.comparison import Comparison, Options
from moodle_sync.things.finding import Conflict, Remark
from moodle_sync.things.kind import Kind, Readable
from moodle_sync.things.state import State

P = ParamSpec("P")
K = TypeVar("K")
T = TypeVar("T")

VALUES: Final = {thing.name: thing.value for thing in THINGS if thing.value}
"""What reads the fields of a thing, by kind."""
ABSENT: Final[Mapping[str, str]] = {
    "course": "isn't there any more: nothing in it is taken back",
    "person": "has no account any more, or one of another name: nothing of theirs is taken back",
}
"""What is said of what the run worked on and nobody finds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """What a run that is taken back is compared with."""

    sides: Comparison
    actions: tuple[Action, ...]
    insists: bool = False
    made_names: frozenset[Name]
    _known: dict[object, object] = field(default_factory=dict)

    def there(self, kind: str, key: str, field: str) -> str | None:
        """Give what a field holds now; None if nobody can tell."""
        return VALUES[kind](self.sides.site, key, field) if kind in VALUES else None

    def holds(self, kind: Kind[K, frozenset[T]], one: T) -> bool:
        """Tell whether somebody is where the sync put them; who insists wants to know whether they are there."""
        return one in self.sides.site[kind] and (self.insists or one in self.sides.applied[kind])

    def has(self, name: Name) -> bool:
        """Tell whether a thing is there; of what has no key of its own that can't be told."""
        kind, *key = name
        held = next((things for one, things in self.sides.site.things.items() if _name(one) == kind), ())
        return len(key) > 1 or key[0] in cast("Collection[str]", held)

    def made(self, name: Name) -> bool:
        """Tell whether the run itself made a thing."""
        return name in self.made_names

    def once(self, find: Callable[Concatenate[back.Back, P], T], *about: P.args, **more: P.kwargs) -> T:
        """Find something out, and only once."""
        key = (find, about, *more.items())
        if key not in self._known:
            self._known[key] = find(self, *about, **more)
        return cast("T", self._known[key])


def undo(  # noqa: PLR0913  # what can be left out is named
    done: Sequence[Action],
    observed: Observed,
    applied: Applied,
    options: Options,
    *,
    lasting: frozenset[str] = frozenset(),
    insists: bool = False,
) -> Plan:
    """Decide what takes back what a run did; whatever hangs on a conflict is left alone.

    Out of lasting courses goes only who came nowhere but by that run. Who insists is told of every field that isn't as
    it was before the run, whatever is in it.
    """
    sides = _sides(observed, applied, options, lasting)
    back = Back(sides=sides, actions=tuple(done), insists=insists, made_names=frozenset(_made(done)))
    absent = {name for action in done for name in action.names() if name[0] in ABSENT and not back.has(name)}
    within = [action for action in reversed(done) if absent.isdisjoint(action.names())]
    found = dict.fromkeys(one for action in within for one in action.undone(back))
    actions = [one for one in found if isinstance(one, Action) and sides.left.isdisjoint(one.names())]
    return Plan(
        actions=tuple(sorted(actions, key=lambda action: ORDER[type(action)])),
        conflicts=(
            *observed.conflicts,
            *_gone(sorted(absent - (back.made_names - _worked_on(done))), sides.left),
            *(one for one in found if isinstance(one, Conflict)),
        ),
        remarks=observed.remarks,
        today=options.today,
        undoes=options.undoes,
    )


def _worked_on(done: Sequence[Action]) -> frozenset[Name]:
    """Name what the run did more with than to make it: whether that is still there somewhere nobody knows."""
    return frozenset(name for action in done if not isinstance(action, Creation) for name in action.names())


def _gone(absent: Sequence[Name], left: Set[Name]) -> Iterator[Conflict]:
    """Say of what isn't there any more that nothing can be taken back of it."""
    return (Conflict(kind, key, ABSENT[kind]) for kind, key in absent if (kind, key) not in left)


def its_own(done: Sequence[Action], later: Mapping[str, Sequence[Action]]) -> tuple[Action, ...]:
    """Leave out what later runs made anew, with all that was done to it: what is there now is theirs."""
    makers = (one for actions in later.values() for one in actions if not isinstance(one, Alteration))
    anew = frozenset(made for one in makers if (made := one.makes()))
    return tuple(one for one in done if anew.isdisjoint({*one.names(), one.makes(), one.builds_on()}))


def built_upon(done: Sequence[Action], later: Mapping[str, Sequence[Action]]) -> Iterator[Remark]:
    """Say of later runs what they did with the same things; `later` are their actions."""
    made, worked_on = frozenset(_made(done)), {frozenset(action.names()) for action in done}
    for run, actions in later.items():
        theirs = [one for one in actions if not made.isdisjoint(one.names()) or frozenset(one.names()) in worked_on]
        if theirs:
            said = ", ".join(f"{kind.noun}: {number}" for kind, number in Counter(type(one) for one in theirs).items())
            yield Remark(
                "run", run, f"came later, and worked on the same things ({said}): what it did isn't taken back"
            )


def _sides(observed: Observed, applied: Applied, options: Options, lasting: frozenset[str]) -> Comparison:
    return Comparison(
        desired=State(lasting=lasting),
        site=observed.state,
        inside=observed.inside,
        ids=observed.ids,
        applied=applied,
        options=options,
        left=frozenset((conflict.kind, conflict.key) for conflict in observed.conflicts),
    )


def _made(done: Sequence[Action]) -> Iterator[Name]:
    return (made for action in done if isinstance(action, Creation) and (made := action.makes()))


def _name(kind: object) -> str:
    return kind.name if isinstance(kind, Readable) else ""
