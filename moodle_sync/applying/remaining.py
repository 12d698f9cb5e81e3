"""Finds who is still in a course after their enrolment by hand was suspended or taken away.

Nothing of Moodle's tells by which methods somebody is enrolled; whoever is still in, or active, has another one.
"""

from collections.abc import Sequence

from moodle_sync.applying.looking import Looking
from moodle_sync.things.action import Action
from moodle_sync.things.ids import Ids
from moodle_sync.things.person import PEOPLE
from moodle_sync.webservice.client import Client


def still_in(client: Client, done: Sequence[Action], ids: Ids, now: float) -> tuple[Action, ...]:
    """Give the actions that were to shut somebody out and did not; whose number isn't known is left aside."""
    looking = Looking(client, ids, now, done)
    leaving = ((action, place) for action in done if (place := action.leaver()))
    return tuple(action for action, (_, person) in leaving if person in ids[PEOPLE] and action.leaves_inside(looking))
