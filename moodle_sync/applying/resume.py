"""Goes on where a run was stopped: with what is left of its own plan, and with nothing beyond it.

    record = journal.unfinished()                          # None: there is nothing to resume
    observed = observe(...)
    settle(journal, client, observed.ids)                  # true: observe once more
    planned = plan(desired, observed, journal.applied(keys), options)
    left = rest(journal.run(record.id), planned.actions)   # StalePlan: the files or the site have changed
    run = journal.reopen(record.id)
    Applying(client, run, observed.ids, new_accounts).run(left)
    run.finish()

`apply` settles a run that was stopped too, and then goes by a plan of its own.
"""

import time
from collections.abc import Callable, Sequence
from datetime import datetime

from moodle_sync.applying.readback import pauses, read_back, read_back_patiently
from moodle_sync.errors import StalePlan
from moodle_sync.journal.journal import Journal
from moodle_sync.journal.records import Record, Sending
from moodle_sync.things.action import Action
from moodle_sync.things.ids import Ids
from moodle_sync.webservice.client import Client


def settle(journal: Journal, client: Client, ids: Ids, now: Callable[[], float] = time.time) -> bool:
    """Read back what became of a stopped run's requests, and record it; tell whether there were any in doubt.

    What was sent only just now is waited for: Moodle may still be at work on it.
    """
    record = journal.unfinished()
    if record is None:
        return False
    run = journal.reopen(record.id)
    for send in record.unsettled:
        if send.state is Sending.INTENT:
            run.refuse(send.number, "it was never sent")
        else:
            asked = set(record.rest) & set(send.actions)
            actions = [action for action in send.actions if action in asked]
            fresh = send.sent and now() < datetime.fromisoformat(send.sent).timestamp() + sum(pauses(actions))
            done = read_back_patiently(client, actions, ids, now) if fresh else read_back(client, actions, ids, now())
            run.confirm(send.number, done, [], ids)
    return any(send.state is not Sending.INTENT for send in record.unsettled)


def rest(record: Record, fresh: Sequence[Action]) -> tuple[Action, ...]:
    """Give what is left of a run, in its order; StalePlan if a plan of today would not do it any more."""
    strange = set(record.rest) - set(fresh)
    if strange:
        message = (
            f"the files or the site have changed since the run {record.id}: {len(strange)} of the {len(record.rest)} "
            "actions that are left of it are none of a plan of today; see `moodle-sync plan`, then `moodle-sync apply`"
        )
        raise StalePlan(message)
    return record.rest
