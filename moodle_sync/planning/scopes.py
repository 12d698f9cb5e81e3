"""Where an action takes something away, and from how many: what the guards count."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from moodle_sync.things.action import Action, Loss, Scope
from moodle_sync.things.applied import Applied
from moodle_sync.things.catalogue import THINGS
from moodle_sync.things.comparison import Comparison

EMPTYING: Final = frozenset({Loss.ENROLMENTS, Loss.COHORTS})
"""What a course or a cohort can be emptied by."""


def losses(actions: Iterable[Action], today: int) -> Counter[Scope]:
    """Count what is taken away or suspended, in each course and cohort; accounts belong to the site."""
    return Counter(scope for action in actions if (scope := action.loss(today)))


def managed(applied: Applied) -> Counter[Scope]:
    """Count what the sync gave or adopted, in each course and cohort, and whom the source named last time."""
    return Counter(scope for thing in THINGS for scope in thing.managed(applied))


def emptied(sides: Comparison, actions: Iterable[Action]) -> Iterator[str]:
    """Name the courses and cohorts that held people, lose some now, and have nobody left in the source."""
    peopled = {scope for thing in THINGS for scope in thing.peopled(sides.desired)}
    losing = {scope for scope, kind in losses(actions, sides.options.today) if kind in EMPTYING}
    yield from sorted(losing - peopled)
