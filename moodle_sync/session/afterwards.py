"""Reads the site again after a run."""

import time

from moodle_sync.applying.afterwards import Afterwards, compare
from moodle_sync.applying.remaining import still_in
from moodle_sync.journal.records import Fate
from moodle_sync.journal.runs import OpenRun
from moodle_sync.session.plan import Planned
from moodle_sync.session.session import Session
from moodle_sync.things.person import PEOPLE


def look_again(session: Session, planned: Planned, run: OpenRun) -> Afterwards:
    """Read what a run did, and write into the journal what isn't as Moodle had said."""
    done = [item.action for item in session.journal.record(run).of(Fate.DONE)]
    if not done:
        return Afterwards()
    observed = session.observe()
    later = session.decide_again(observed, planned.options).actions
    remaining = still_in(session.client, done, planned.observed.ids, time.time())
    found = compare(done, later, observed.state, remaining)
    session.journal.forget(found.not_held, observed.ids[PEOPLE])
    session.journal.adopt(found.kept, observed.ids[PEOPLE])
    run.correct(found.failures)
    return found
