"""Compares what is there with what was applied last: pure; what the source says has no part in it."""

from moodle_sync.site.observed import Observed
from moodle_sync.things.applied import Applied
from moodle_sync.things.catalogue import THINGS
from moodle_sync.things.comparison import Comparison, Options
from moodle_sync.things.finding import Drift
from moodle_sync.things.state import State


def recall(applied: Applied) -> State:
    """Say what is to be looked for, from what the journal holds."""
    state = State()
    for thing in THINGS:
        state = thing.recall(applied, state)
    return state


def drifts(known: State, observed: Observed, applied: Applied, zone: str) -> tuple[Drift, ...]:
    """Show what somebody changed; `known` is what was looked for."""
    sides = Comparison(
        desired=known,
        site=observed.state,
        inside=observed.inside,
        ids=observed.ids,
        applied=applied,
        options=Options(zone=zone),
        left=frozenset((conflict.kind, conflict.key) for conflict in observed.conflicts),
    )
    return tuple(found for thing in THINGS for found in thing.drifted(sides))
