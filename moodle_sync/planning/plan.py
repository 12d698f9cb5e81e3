"""Compares what should be with what is and with what the sync did before: one pure function.

What the source no longer names is suspended or taken away only where the sync made or adopted it; accounts, courses and
groups are never deleted.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from moodle_sync.planning.adoption import adopt, forget
from moodle_sync.planning.scopes import emptied
from moodle_sync.planning.sides import compare
from moodle_sync.planning.targets import find, only
from moodle_sync.site.observed import Observed
from moodle_sync.site.roles import ADVICE
from moodle_sync.things.action import Action
from moodle_sync.things.applied import Applied
from moodle_sync.things.catalogue import ACTIONS, THINGS
from moodle_sync.things.comparison import Comparison, Options
from moodle_sync.things.finding import Conflict, Remark
from moodle_sync.things.role import ROLES
from moodle_sync.things.state import State

__all__ = ["Options", "Plan", "plan"]

NOTHING = Applied()
EVERYTHING = Options()
ORDER: Mapping[type[Action], int] = {kind: place for place, kind in enumerate(ACTIONS)}


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do, in its order, and what is left alone."""

    actions: tuple[Action, ...]
    conflicts: tuple[Conflict, ...]
    remarks: tuple[Remark, ...] = ()
    """What deserves a look, and is no reason to leave anything alone."""
    adopted: Applied = field(default_factory=Applied)
    """What is there as desired and new to the journal: recorded before anything is done, without a request."""
    forgotten: Applied = field(default_factory=Applied)
    """What the journal has and neither the source nor Moodle: recorded as the sync's no more, without a request."""
    emptied: tuple[str, ...] = ()
    """The courses and cohorts that lose everybody, as `course tot`, `cohort agents`."""
    today: int = 0
    """The first second of the day that it is for."""
    undoes: str = ""
    """The run that it takes back; empty: it is one of the source."""


def plan(desired: State, observed: Observed, applied: Applied = NOTHING, options: Options = EVERYTHING) -> Plan:
    """Decide what makes the site as desired; whatever hangs on a conflict is left alone.

    InputRefused if there is no such target.
    """
    targets = find(options.targets, desired, observed, applied)
    conflicts = (*observed.conflicts, *_unknown_roles(desired, observed))
    sides = compare(desired, observed, applied, options, conflicts)
    actions = sorted(_actions(sides), key=lambda action: ORDER[type(action)])
    chosen = tuple(only(targets, actions))
    return Plan(
        actions=chosen,
        conflicts=(*conflicts, *(found for thing in THINGS for found in thing.conflicts(sides))),
        remarks=(*observed.remarks, *(found for thing in THINGS for found in thing.remarks(sides, chosen))),
        adopted=adopt(sides),
        forgotten=forget(sides),
        emptied=tuple(emptied(sides, chosen)),
        today=options.today,
    )


def _actions(sides: Comparison) -> Iterator[Action]:
    return (action for thing in THINGS for action in thing.compare(sides))


def _unknown_roles(desired: State, observed: Observed) -> Iterator[Conflict]:
    known = {conflict.key for conflict in observed.conflicts if conflict.kind == "role"} | set(observed.ids[ROLES])
    for role in sorted({enrolment.role for enrolment in desired[ROLES]} - known):
        yield Conflict("role", role, f"nobody in these courses has it: {ADVICE}")
