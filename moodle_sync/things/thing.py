"""What the catalogue has of each kind of thing: its actions, and what a plan, a guard and a report ask of it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from moodle_sync.sameness import same
from moodle_sync.things.action import Action, Scope
from moodle_sync.things.applied import Applied
from moodle_sync.things.change import Change
from moodle_sync.things.comparison import Comparison
from moodle_sync.things.finding import Conflict, Drift, Remark
from moodle_sync.things.ids import Ids
from moodle_sync.things.page import Page
from moodle_sync.things.state import State


def _no_actions(_sides: Comparison) -> Iterable[Action]:
    return ()


def _nothing_wanted(_sides: Comparison) -> State:
    return State()


def _nothing(_sides: Comparison) -> Applied:
    return Applied()


def _no_scopes(_applied: Applied) -> Iterable[Scope]:
    return ()


def _nowhere(_desired: State) -> Iterable[str]:
    return ()


def _no_conflicts(_sides: Comparison) -> Iterable[Conflict]:
    return ()


def _no_remarks(_sides: Comparison, _actions: Sequence[Action]) -> Iterable[Remark]:
    return ()


def _no_drift(_sides: Comparison) -> Iterable[Drift]:
    return ()


def _nothing_known(_applied: Applied, state: State) -> State:
    return state


def _nobody_unseen(_actions: Sequence[Action], _applied: Applied) -> Iterable["Unseen"]:
    return ()


def _no_words(_actions: Sequence[Action]) -> Mapping[Action, str]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """For what alone a plan can be."""

    kind: str
    """What stands before the name: `course`."""
    keys: Callable[[State, Ids, Applied], Mapping[str, str]]
    """Gives their keys by their names: of the source, of what was read, and of the journal."""
    spelled: Callable[[str], str] = same
    """Writes what somebody typed as such a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unseen:
    """How many people a plan brings back into a course: Moodle no longer shows them there."""

    course: str
    count: int
    held: int
    """How many the sync holds to be there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """A kind of thing; whatever it doesn't say of itself it doesn't have."""

    name: str
    """As people read it, and files have it: `category`."""
    actions: tuple[type[Action], ...]
    want: Callable[[Comparison], State] = _nothing_wanted
    """Leaves out of what the source says what can't be done; of the things before it that is done already."""
    compare: Callable[[Comparison], Iterable[Action]] = _no_actions
    """Says what makes the site as wanted."""
    adopt: Callable[[Comparison], Applied] = _nothing
    """Takes over what is there as wanted, and new to the journal."""
    forget: Callable[[Comparison], Applied] = _nothing
    """Lets go what is neither wanted nor there: if it comes back, somebody else did it."""
    differences: Callable[[Comparison, str], Iterator[Change]] | None = None
    """Compares the fields of one of them, by its key."""
    value: Callable[[State, str, str], str | None] | None = None
    """Reads a field of one of them, by its key and the field's name; None if nobody can tell."""
    managed: Callable[[Applied], Iterable[Scope]] = _no_scopes
    """Names, once for each that the sync gave or adopted, where it could be taken away."""
    unseen: Callable[[Sequence[Action], Applied], Iterable[Unseen]] = _nobody_unseen
    """Counts by course whom the sync had put there, and a plan puts there again."""
    targets: Targets | None = None
    """Says for which of them alone a plan can be."""
    peopled: Callable[[State], Iterable[str]] = _nowhere
    """Names the courses and cohorts where the source has somebody."""
    conflicts: Callable[[Comparison], Iterable[Conflict]] = _no_conflicts
    remarks: Callable[[Comparison, Sequence[Action]], Iterable[Remark]] = _no_remarks
    """Says what deserves a look, beside the actions of a plan."""
    recall: Callable[[Applied, State], State] = _nothing_known
    """Adds to a state what the journal alone knows, so that it is looked for."""
    drifted: Callable[[Comparison], Iterable[Drift]] = _no_drift
    """Says what somebody changed in Moodle since it was last applied, whatever the source says now."""
    page: Page | None = None
    """Where the journal has what is held of it."""
    words: Callable[[Sequence[Action]], Mapping[Action, str]] = _no_words
    """Says what the lines of actions say more, since others stand beside them."""
