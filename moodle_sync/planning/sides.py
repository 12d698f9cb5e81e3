"""Puts the sides of a plan together: what is wanted is what the source says, as far as it can be done."""

from collections.abc import Iterable
from dataclasses import replace

from moodle_sync.site.observed import Observed
from moodle_sync.things.applied import Applied
from moodle_sync.things.catalogue import THINGS
from moodle_sync.things.comparison import Comparison, Options
from moodle_sync.things.finding import Conflict
from moodle_sync.things.state import State


def compare(
    desired: State, observed: Observed, applied: Applied, options: Options, conflicts: Iterable[Conflict]
) -> Comparison:
    """Put the sides together."""
    sides = Comparison(
        desired=desired,
        site=observed.state,
        inside=observed.inside,
        ids=observed.ids,
        applied=applied,
        options=options,
        left=frozenset((conflict.kind, conflict.key) for conflict in conflicts),
    )
    for thing in THINGS:
        sides = replace(sides, wanted=sides.wanted.beside(thing.want(sides)))
    return sides
