"""Finds who is still in a course after their enrolment by hand was suspended or taken away.

Nothing of Moodle's tells by which methods somebody is enrolled; whoever is still in, or active, has another one.
"""

from collections.abc import Collection, Sequence
from typing import TypeAlias

from moodle_sync.actions import Action, ChangeTerm, Suspend, Unenrol
from moodle_sync.applying.looking import Looking
from moodle_sync.things.ids import Ids
from moodle_sync.things.person import PEOPLE
from moodle_sync.webservice.client import Client

Leaving: TypeAlias = Suspend | Unenrol | ChangeTerm
"""What shuts somebody out of a course, or may."""


def still_in(client: Client, done: Sequence[Action], ids: Ids, now: float) -> tuple[Leaving, ...]:
    """Give the suspensions and unenrolments that shut nobody out; whose number isn't known is left aside."""
    looking = Looking(client, ids, now, done)
    leaving = (action for action in done if isinstance(action, Leaving) and action.person in ids[PEOPLE])
    return tuple(action for action in leaving if ids[PEOPLE][action.person] in _inside(action, looking))


def _inside(action: Leaving, looking: Looking) -> Collection[int]:
    """Give who is in the course, or active there, where an action is to end that."""
    match action:
        case Unenrol(course):
            return looking.inside(course)
        case Suspend(course, after=after) | ChangeTerm(course, after=after) if after.suspended:
            return looking.active(course) or ()
        case _:
            return ()
