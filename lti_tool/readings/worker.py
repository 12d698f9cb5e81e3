"""Reads what is wanted in the background, so that no page waits for the platform."""

import logging
import random
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.delivery.rules import pause
from lti_tool.errors import PlatformError
from lti_tool.readings import rules, store
from lti_tool.readings.store import Due, Kind

log = logging.getLogger("lti_tool.readings")

Found = TypeVar("Found")


def read_one(kind: Kind, name: str, fetch: Callable[[int], Found], put: Callable[[int, Found], None]) -> bool:
    """Read one thing that is wanted, if there is one; tell whether there was.

    One at a time: the worker goes back to the grades, which matter more, after each.
    """
    due = store.take_due(kind, now())
    db.session.rollback()  # a look at nothing holds no transaction either
    if due is None:
        return False
    asked_at = now()
    try:
        found = fetch(due.number)
    except PlatformError as error:
        db.session.rollback()
        _fail(kind, due, name, str(error))
        return True
    db.session.rollback()  # what was read belongs to no transaction that is as old as the question
    store.keep(kind, due, partial(put, due.number, found), asked_at)
    return True


def _fail(kind: Kind, due: Due, name: str, problem: str) -> None:
    log.warning("%s %s: %s", name, due.number, problem)
    luck = random.random()  # noqa: S311 - spreads retries, guards nothing
    again = now() + pause(due.attempts, luck) if due.attempts < rules.MOST_TRIES else None
    store.put_off(kind, due, again, problem, now())
