"""The sides that a plan compares, and what the kinds of things ask of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, Concatenate, ParamSpec, TypeVar, cast

from pydantic import Field

from moodle_sync.things.applied import Altered, Applied
from moodle_sync.things.change import Change
from moodle_sync.things.ids import Ids
from moodle_sync.things.state import Managed, Place, State

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the administrator allows, and the day."""

    today: int = 0
    """The first second of today, in the zone that the file's dates are meant in: a period without a start begins."""
    unenrol: bool = False
    """Unenrol whoever vanished from the source, and don't only suspend."""
    assert_dates: bool = False
    """Write the dates that the source gives where nobody knows what Moodle has."""
    assert_fields: bool = False
    """Write again what Moodle kept as something else."""
    file_wins: Annotated[bool, Field(exclude_if=lambda wins: not wins)] = False
    """Write again what somebody changed in Moodle of the curriculum."""
    zone: str = "UTC"
    """The zone in which the file's dates are meant."""
    undoes: Annotated[str, Field(exclude_if=lambda run: not run)] = ""
    """The run that is taken back; empty: the plan is one of the source."""
    targets: frozenset[str] = frozenset()
    """All that the plan may concern, such as `course:tot`, `person:ana`, `cohort:agents`; empty: everything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What the source says, what of it can be done, what Moodle has, and what the sync gave or adopted."""

    desired: State
    wanted: State = field(default_factory=State)
    """The desired state without what conflicts concern, and without what was there and is over."""
    site: State
    inside: frozenset[Place]
    """Who is in a course, by whatever way."""
    ids: Ids
    applied: Applied
    options: Options
    left: frozenset[tuple[str, str]] = frozenset()
    """The kinds and keys of what conflicts concern: that is left alone."""
    _known: dict[object, object] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, find: Callable[Concatenate["Comparison", P], T], *about: P.args, **more: P.kwargs) -> T:
        """Find something out, and only once."""
        key = (find, about, *more.items())
        if key not in self._known:
            self._known[key] = find(self, *about, **more)
        return cast("T", self._known[key])

    def tries(self, kind: str, key: str, change: Change) -> bool:
        """Tell whether a field is to be changed: not where Moodle kept just that instead of just this before."""
        return self.options.assert_fields or altered(kind, key, change) not in self.applied.altered

    def may_lose(self, kind: Managed, place: Place) -> bool:
        """Tell whether somebody may lose what the source no longer gives them: it has the column and isn't silent."""
        person = place[1]
        return (
            kind in self.desired.manages
            and (kind, place) not in self.desired.silent
            and (kind, ("", person)) not in self.desired.silent
            and ("person", person) not in self.left
        )


def altered(kind: str, key: str, change: Change) -> Altered:
    """Say that a change was written, and that Moodle kept what was there before."""
    return Altered(kind=kind, key=key, field=change.field, written=change.after, kept=change.before)
