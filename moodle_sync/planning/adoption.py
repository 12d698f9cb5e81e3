"""What a plan lets the journal take over, and what it lets it forget: neither takes a request."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from moodle_sync.things.applied import Altered, Applied, all_of
from moodle_sync.things.catalogue import THINGS
from moodle_sync.things.comparison import Comparison, altered

DIFFERENCES: Final = {thing.name: thing.differences for thing in THINGS if thing.differences}
"""What compares the fields of a thing, by kind."""


def adopt(sides: Comparison) -> Applied:
    """Take over what is there as desired."""
    return all_of(thing.adopt(sides) for thing in THINGS)


def forget(sides: Comparison) -> Applied:
    """Let go what is neither desired nor there: if it comes back, somebody else did it; and who became a stranger."""
    gone = all_of(thing.forget(sides) for thing in THINGS)
    worth_a_try = sides.applied.altered - frozenset(_still_so(sides))
    return replace(gone, altered=worth_a_try, strangers=sides.applied.strangers)


def _still_so(sides: Comparison) -> Iterator[Altered]:
    """List what Moodle kept as something else and both sides still say so; the rest is worth another try."""
    for kind, key in {(kept.kind, kept.key) for kept in sides.applied.altered}:
        yield from (altered(kind, key, change) for change in DIFFERENCES[kind](sides, key))
