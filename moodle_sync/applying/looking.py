"""What is read of the site for one batch: each thing once, and no more than the batch is about."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Concatenate, ParamSpec, TypeVar, cast

from moodle_sync.things import action
from moodle_sync.things.ids import Ids
from moodle_sync.webservice.client import Client
from moodle_sync.webservice.encoding import Value
from moodle_sync.webservice.functions import Function

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Looking:
    """The site as the actions of one batch need it; `now` is in seconds since 1970."""

    client: Client
    ids: Ids
    now: float
    actions: Sequence[action.Action]
    _seen: dict[object, object] = field(default_factory=dict)

    def ask(self, function: Function[T], /, **arguments: Value) -> T:
        """Ask the site."""
        return self.client.call(function, **arguments)

    def once(self, read: Callable[Concatenate[action.Looking, P], T], *about: P.args, **more: P.kwargs) -> T:
        """Read a thing, no more than once for the batch."""
        key = (read, about, *more.items())
        if key not in self._seen:
            self._seen[key] = read(self, *about, **more)
        return cast("T", self._seen[key])
