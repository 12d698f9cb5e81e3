"""Looks what is done of a request that may or may not have been worked on.

Of an enrolment Moodle tells whether it counts now, and never its dates: where only they were written nobody can tell,
and it isn't taken for done. To send it once more is right whatever happened, and costs a second welcome at most.
"""

from collections.abc import Callable, Sequence

from moodle_sync.applying.looking import Looking
from moodle_sync.things.action import PAUSES, Action
from moodle_sync.things.ids import Ids
from moodle_sync.webservice.client import Client


def read_back(client: Client, actions: Sequence[Action], ids: Ids, now: float) -> list[Action]:
    """Give those actions of one kind that are done; the numbers of what was made go into `ids`."""
    looking = Looking(client, ids, now, actions)
    return [action for action in actions if _is_done(action, looking)]


def read_back_patiently(client: Client, actions: Sequence[Action], ids: Ids, now: Callable[[], float]) -> list[Action]:
    """Read back what Moodle may still be at work on: what isn't done yet is looked at again after a while."""
    done = read_back(client, actions, ids, now())
    for seconds in pauses(actions):
        if len(done) < len(actions):
            client.wait(seconds)
            done = read_back(client, actions, ids, now())
    return done


def pauses(actions: Sequence[Action]) -> Sequence[int]:
    """Give the seconds before each further look at actions of one kind."""
    return actions[0].pauses if actions else PAUSES


def _is_done(action: Action, looking: Looking) -> bool:
    try:
        return action.is_done(looking)
    except KeyError:
        return False  # the course, group or person that it is about has no number: nothing can have been sent
