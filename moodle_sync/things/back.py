"""What a run that is taken back is compared with, and how is told what stays."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Protocol, TypeVar

from moodle_sync.things.comparison import Comparison
from moodle_sync.things.finding import Conflict
from moodle_sync.things.kind import Kind

if TYPE_CHECKING:
    from moodle_sync.things.action import Action, Name

P = ParamSpec("P")
K = TypeVar("K")
T = TypeVar("T")


class Back(Protocol):
    """What a run that is taken back is compared with: what Moodle and the journal hold now."""

    @property
    def sides(self) -> Comparison:
        """Give the sides; the source says nothing."""

    @property
    def actions(self) -> Sequence["Action"]:
        """Give all that the run did, in its order."""

    @property
    def insists(self) -> bool:
        """Tell whether a field is put back whatever is in it now."""

    def there(self, kind: str, key: str, field: str) -> str | None:
        """Give what a field holds now; None if nobody can tell."""

    def holds(self, kind: Kind[K, frozenset[T]], one: T) -> bool:
        """Tell whether somebody is where the sync put them: who is there, and was let go, somebody else put there."""

    def has(self, name: "Name") -> bool:
        """Tell whether a thing is there, as far as that can be told."""

    def made(self, name: "Name") -> bool:
        """Tell whether the run itself made a thing."""

    def once(self, find: Callable[Concatenate["Back", P], T], *about: P.args, **more: P.kwargs) -> T:
        """Find something out, and only once."""


def stays(name: "Name", message: str) -> Conflict:
    """Say that a thing, or what was done to it, stays."""
    kind, *key = name
    return Conflict(kind, " in ".join(reversed(key)), message)
