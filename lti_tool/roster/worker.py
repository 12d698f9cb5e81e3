"""Reads rosters in the background, so that no page waits for the platform."""

import logging
import random

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.delivery.rules import pause
from lti_tool.errors import PlatformError
from lti_tool.lti.platform import roster
from lti_tool.roster import rules, store
from lti_tool.roster.store import Due

log = logging.getLogger("lti_tool.roster")


def refresh_one() -> bool:
    """Read one roster that is wanted, if there is one; tell whether there was.

    One at a time: the worker goes back to the grades, which matter more, after each.
    """
    due = store.take_due(now())
    db.session.rollback()  # a look at nothing holds no transaction either
    if due is None:
        return False
    _read(due)
    return True


def _read(due: Due) -> None:
    asked_at = now()
    try:
        members = roster.fetch(due.registration_id, due.url, due.context_id)
    except PlatformError as error:
        db.session.rollback()
        _fail(due, str(error))
        return
    db.session.rollback()  # what was read belongs to no transaction that is as old as the question
    store.keep(due, members, asked_at)
    log.info("roster of course %s: %s people", due.course_id, len(members))


def _fail(due: Due, problem: str) -> None:
    log.warning("roster of course %s: %s", due.course_id, problem)
    luck = random.random()  # noqa: S311 - spreads retries, guards nothing
    again = now() + pause(due.attempts, luck) if due.attempts < rules.MOST_TRIES else None
    store.put_off(due, again, problem, now())
