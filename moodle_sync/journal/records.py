"""What the journal tells of a run."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from moodle_sync.things.action import Action


class Ending(StrEnum):
    """How a run ended."""

    DONE = "done"
    PARTLY = "partly"
    """Not all is as it should be: actions that weren't done as planned, or something that was left alone."""
    SUPERSEDED = "superseded"
    """It was stopped, and a later run went by a plan of its own."""


class Fate(StrEnum):
    """What became of an action."""

    PLANNED = "planned"
    DONE = "done"
    QUARANTINED = "quarantined"
    """Moodle refused it alone."""
    LEFT_OUT = "left out"
    """What it builds on isn't there."""
    LOST = "lost"
    """Moodle said that it was done, and it wasn't there afterwards."""
    ALTERED = "altered"
    """It was done, and Moodle made something else of a part of it."""


class Sending(StrEnum):
    """How far a request that writes has come."""

    INTENT = "intent"
    SENT = "sent"
    """Or just about to be sent."""
    CONFIRMED = "confirmed"
    """Moodle said so, or it was read back; what of it was missing is in a later one."""
    REFUSED = "refused"
    """Nothing of it was done."""
    UNKNOWN = "unknown"


UNSETTLED = frozenset({Sending.INTENT, Sending.SENT, Sending.UNKNOWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An action of a run's plan."""

    action: Action
    fate: Fate
    reason: str = ""
    cause: str = ""
    """What others have in common that were not done for the same; empty: the reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Send:
    """A request that writes, with the actions in it; times are ISO 8601 in UTC."""

    number: int
    function: str
    actions: tuple[Action, ...]
    state: Sending
    reason: str
    intended: str
    sent: str | None
    ended: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A run, as far as it has come."""

    id: str
    started: str
    ended: str | None = None
    outcome: Ending | None = None
    """None: it was stopped, or is running."""
    stopped: str | None = None
    """What stopped it last."""
    rows: int = 0
    """How many people the source named."""
    options: Mapping[str, object] = field(default_factory=dict)
    left_alone: tuple[str, ...] = ()
    """What its plan left alone, and why, line by line."""
    remarks: tuple[str, ...] = ()
    """What of its plan deserved a look, line by line."""
    items: tuple[Item, ...] = ()
    """The actions of the plan, in its order."""
    sends: tuple[Send, ...] = ()

    @property
    def undoes(self) -> str:
        """Name the run that it takes back; empty: none."""
        return str(self.options.get("undoes", ""))

    @property
    def effects(self) -> tuple[Action, ...]:
        """Give all that was done, also where Moodle made something else of a part of it."""
        return tuple(item.action for item in self.items if item.fate in (Fate.DONE, Fate.ALTERED))

    def of(self, fate: Fate) -> tuple[Item, ...]:
        """Give the actions of one fate."""
        return tuple(item for item in self.items if item.fate is fate)

    @property
    def rest(self) -> tuple[Action, ...]:
        """Give what is neither done nor given up, in the plan's order."""
        return tuple(item.action for item in self.of(Fate.PLANNED))

    @property
    def unsettled(self) -> tuple[Send, ...]:
        """Give the requests of which nobody knows the end."""
        return tuple(send for send in self.sends if send.state in UNSETTLED)

    @property
    def unknown(self) -> tuple[Action, ...]:
        """Give the actions of which nobody knows whether they were done."""
        rest = set(self.rest)
        sent = [send for send in self.unsettled if send.state is not Sending.INTENT]
        return tuple(action for send in sent for action in send.actions if action in rest)
