"""What a plan is made of: each action is a value that can be printed, compared and done again without harm.

An action says itself how it is told, sent, put in an order, looked for and kept. What it needs of the world for that is
described here; it stands where requests are sent.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, tzinfo
from enum import StrEnum
from typing import ClassVar, Concatenate, Final, ParamSpec, Protocol, TypeAlias, TypeVar

from moodle_sync.sameness import same
from moodle_sync.things.applied import Applied
from moodle_sync.things.back import Back, stays
from moodle_sync.things.change import Aim, Change, Field
from moodle_sync.things.finding import Conflict
from moodle_sync.things.ids import Ids
from moodle_sync.things.state import Place, State
from moodle_sync.webservice.encoding import Row, Value
from moodle_sync.webservice.functions import Function, Written

P = ParamSpec("P")
T = TypeVar("T")

Name: TypeAlias = tuple[str, ...]
"""A kind of thing, and its key: an enrolment's and a group's begin with the course."""
NOWHERE: Final[Name] = ("", "")
"""Where accounts are."""
ONE, MANY = 1, 200
PAUSES: Final = (5, 25)
"""Seconds before each further look at what nobody answered: Moodle goes on when whoever asked has hung up."""
SITE: Final = "the site"


@dataclass(frozen=True, slots=True)
class Step:
    """The function that does an action, the name of its list of rows, and how many rows it may take at once.

    Without a name for its list it takes a single row as its arguments.
    """

    function: Function[Written]
    rows: str
    most: int = MANY


class Mail(StrEnum):
    """What an action may cause to be mailed."""

    WELCOME = "welcome"
    PASSWORD = "password"  # noqa: S105  # a kind of mail


class Loss(StrEnum):
    """What can be taken away; each kind is counted for itself."""

    ENROLMENTS = "enrolments"
    ROLES = "roles"
    GROUPS = "group members"
    GROUPINGS = "groups of groupings"
    COHORTS = "cohort members"
    ACCOUNTS = "accounts"


Scope: TypeAlias = tuple[str, Loss]
"""A course, a cohort or the site, with what is taken away there."""


class Making(Protocol):
    """What rows are made with."""

    @property
    def ids(self) -> Ids:
        """Give the numbers that are known."""

    def credentials(self) -> Row:
        """Say how a new account comes by a password."""


class Looking(Protocol):
    """The site as the actions of one batch need it; `now` is in seconds since 1970."""

    @property
    def ids(self) -> Ids:
        """Give the numbers that are known."""

    @property
    def now(self) -> float:
        """Give the time."""

    @property
    def actions(self) -> Sequence["Action"]:
        """Give the batch."""

    def ask(self, function: Function[T], /, **arguments: Value) -> T:
        """Ask the site."""

    def once(self, read: Callable[Concatenate["Looking", P], T], *about: P.args, **more: P.kwargs) -> T:
        """Read a thing, no more than once for the batch."""


class Action(ABC):
    """Something to be done; the names of its kinds and of their fields stand in files, and never change."""

    __slots__ = ()
    noun: ClassVar[str]
    """What many of them are called: `new courses`."""
    step: ClassVar[Step]
    together: ClassVar[bool] = False
    """Whether it goes side by side with others of which this is said, and needn't wait for their end."""
    mails: ClassVar[Mail | None] = None
    takes: ClassVar[bool] = False
    """Whether it takes something away: that is done last."""
    pauses: ClassVar[Sequence[int]] = PAUSES
    """Seconds before each further look at it where nobody answered."""
    doubt: ClassVar[str] = ""
    """What to look at where Moodle may have done the half of it; of such it isn't sent again in the same run."""
    untold: ClassVar[bool] = False
    """Whether the journal must not keep it where Moodle said that it was done, and it wasn't there afterwards."""

    @abstractmethod
    def line(self, zone: tzinfo) -> str:
        """Say what becomes of what, the old value beside the new, with times as they are in a zone."""

    @abstractmethod
    def row(self, making: Making) -> Row:
        """Write it as a row of a request; KeyError if what it builds on isn't there."""

    @abstractmethod
    def names(self) -> tuple[Name, ...]:
        """Name all that it speaks of: what it concerns, and what must be there before it."""

    @abstractmethod
    def touches(self) -> frozenset[Name]:
        """Give what must not be worked on twice at once: courses, people, and where things are put in an order."""

    @abstractmethod
    def lane(self) -> Name:
        """Give the course, cohort or category that it works in, where only one request may be at a time."""

    @abstractmethod
    def is_done(self, looking: Looking) -> bool:
        """Tell whether it is surely done; KeyError if what it builds on has no number: nothing can have been sent."""

    def subject(self) -> str:
        """Name whom and what it concerns, in few words: what it is about, and the person."""
        (kind, *keys), *others = self.names()
        people = "".join(f": {name[-1]}" for name in others if name[0] == "person")
        return f"{kind} {'/'.join(keys)}{people}"

    def makes(self) -> Name | None:
        """Give what others build on, and isn't there before."""
        return None

    def needs(self) -> tuple[Name, ...]:
        """Give what must be there before, of what the same plan may make beside it; courses are made before.

        What may mail somebody waits until their account is as it shall be: the address may be another, or be opened
        now.
        """
        return ()

    def builds_on(self) -> Name | None:
        """Give what must be there, and no number of its row tells whether it is."""
        return None

    def completes(self) -> Name | None:
        """Give what isn't as it shall be without it, where the same plan makes that."""
        return None

    def within(self) -> str:
        """Give the course that it works in; empty where it works in none."""
        return ""

    def prepare(self, looking: Looking) -> None:
        """Look up the numbers that only its own row needs."""
        del looking

    def aims(self) -> Iterable[Aim]:
        """Name the fields that it writes; what is made had nothing in them."""
        return ()

    def given(self) -> Iterable[tuple[str, str]]:
        """Give what Moodle may refuse of it, by the names of fields."""
        return ((change.field, change.after) for _, _, change in self.aims())

    def loss(self, today: int) -> Scope | None:
        """Tell where it takes something away, and what."""
        del today
        return None

    def keeps(self) -> Applied | None:
        """Say what it makes true, once it is done, of what the sync may change or take away."""
        return None

    def numbered(self, ids: Ids) -> Applied | None:
        """Say what it makes true that only the numbers tell, once it is done."""
        del ids
        return None

    def drops(self) -> Applied | None:
        """Say what is true no more, once it is done, of what the sync may change or take away."""
        return None

    def parts(self) -> Place | None:
        """Give the course and the person of which nothing at all is held any more, once it is done."""
        return None

    def newcomer(self) -> tuple[str, str] | None:
        """Give the username and the idnumber of the account that it makes."""
        return None

    def leaver(self) -> Place | None:
        """Give the course and the person who is shut out of it, or may be."""
        return None

    def leaves_inside(self, looking: Looking) -> bool:
        """Tell whether it shut nobody out, though it was done."""
        del looking
        return False

    def kept_otherwise(self, state: State) -> Iterable[tuple[Field, str]]:
        """Give the fields that hold something else afterwards, where no later plan says so, and what they hold."""
        del state
        return ()

    def undone(self, back: Back) -> Iterable["Action | Conflict"]:
        """Give what takes it back, as far as that isn't so already, and say what can't be."""
        del back
        return (stays(self.names()[0], f"the sync can't take it back that it was done: {self.line(UTC)}"),)


class Creation(Action):
    """An action that makes a thing, which has a number then."""

    __slots__ = ()

    @abstractmethod
    def found(self, looking: Looking) -> int | None:
        """Give the number of what it makes, if that is there."""

    @abstractmethod
    def learn(self, number: int, ids: Ids) -> None:
        """Keep the number of what was made."""

    def is_done(self, looking: Looking) -> bool:
        """Tell whether what it makes is there, and learn its number."""
        number = self.found(looking)
        if number is not None:
            self.learn(number, looking.ids)
        return number is not None

    def undone(self, back: Back) -> Iterable[Action | Conflict]:
        """Say that it stays, where it is still there."""
        made = self.makes() or self.names()[0]
        return (stays(made, "stays: the sync deletes nothing"),) if back.has(made) else ()


class Alteration(Action):
    """An action that writes other values into fields."""

    __slots__ = ()
    changes: tuple[Change, ...]

    def undone(self, back: Back) -> Iterator[Action | Conflict]:
        """Put the fields back that hold what was written; what was made with them stays as it is."""
        if back.made(self.names()[0]):
            return
        findings = [(kind, key, change, back.there(kind, key, change.field)) for kind, key, change in self.aims()]
        changes = []
        for kind, key, change, there in findings:
            reason = self.keeps_off(change, there, back)
            if reason:
                yield Conflict(kind, key, reason)
            elif there is not None and same(there) != same(change.before):
                changes.append(Change(change.field, there, change.before))
        if changes:
            yield replace(self, changes=tuple(changes))  # type: ignore[type-var]  # all of them are data classes

    def keeps_off(self, change: Change, there: str | None, back: Back) -> str:
        """Say why a field isn't put back; empty where it is, or holds what it held."""
        if (change.field, change.before) in back.sides.left:
            return f'{change.field} was "{change.before}", which isn\'t there any more: it is left as it is'
        if there is None:
            return f'{change.field} was "{change.before}", and what it is now can\'t be read: it is left so'
        if same(there) == same(change.before) or back.insists or self.is_held(change, there, back):
            return ""
        return (
            f'{change.field} is "{there}" and no longer "{change.after}": it was changed since then, and is left so; '
            f'it was "{change.before}"'
        )

    def is_held(self, change: Change, there: str, back: Back) -> bool:
        """Tell whether a field holds what was written, or what Moodle made of it."""
        kept = ((one.field, one.written, one.kept) for one in back.sides.applied.altered)
        return same(there) == same(change.after) or (change.field, change.after, there) in kept
