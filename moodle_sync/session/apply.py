"""Does what was planned, with the journal; and goes on with what was stopped."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from moodle_sync.applying.apply import Applying
from moodle_sync.applying.probe import budget
from moodle_sync.applying.resume import rest
from moodle_sync.errors import GuardStopped
from moodle_sync.journal.records import Record
from moodle_sync.journal.runs import OpenRun
from moodle_sync.session.afterwards import look_again
from moodle_sync.session.plan import Planned, plan
from moodle_sync.session.plan_file import read_options, write_options
from moodle_sync.session.session import Session
from moodle_sync.telling.report import conflict_line, remark_line
from moodle_sync.things.action import Action
from moodle_sync.things.person import PEOPLE

Watch: TypeAlias = Callable[[int], None]
"""Is told how many actions more are done, or given up."""


def apply(session: Session, planned: Planned, watch: Watch = lambda _more: None) -> Record:
    """Do what was planned, and tell what came of it; GuardStopped if that would be too much."""
    run = begin(session, planned)
    perform(session, planned, run, planned.plan.actions, watch)
    look_again(session, planned, run)
    return session.journal.record(run)


def begin(session: Session, planned: Planned) -> OpenRun:
    """Write into the journal what is going to be done; nothing is sent."""
    if planned.stops:
        raise GuardStopped(planned.stops)
    chosen = write_options(planned.options)
    left = [conflict_line(conflict) for conflict in planned.plan.conflicts]
    remarks = [remark_line(remark) for remark in planned.plan.remarks]
    rows = len(session.input.state[PEOPLE])
    return session.journal.begin(planned.plan.actions, rows=rows, options=chosen, left_alone=left, remarks=remarks)


def perform(session: Session, planned: Planned, run: OpenRun, actions: Sequence[Action], watch: Watch) -> None:
    """Do actions of a run that was begun; whatever stops it, the journal tells how far it came.

    NotAllowed stops it where the token may not do something at all, and follows it where that is so in every course.
    """
    journal, observed = session.journal, planned.observed
    journal.forget(planned.plan.forgotten, observed.ids[PEOPLE])
    journal.know(observed.ids[PEOPLE], observed.shown)
    journal.adopt(planned.plan.adopted, observed.ids[PEOPLE])
    if not actions:
        run.finish()
        return
    room = budget(session.client, journal)
    applying = Applying(session.client, run, observed.ids, session.settings.new_accounts, budget=room, watch=watch)
    applying.run(actions)
    run.finish()
    if applying.denied:
        raise applying.denied


def left_of(session: Session, record: Record) -> tuple[Planned, tuple[Action, ...]]:
    """Find out what is left to do of a run that was stopped: read back what is in doubt, and plan again."""
    planned = plan(session, read_options(record.options))
    return planned, rest(session.journal.run(record.id), planned.plan.actions)
