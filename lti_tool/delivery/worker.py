"""The worker: looks for what is due, sends it, and records what came of it."""

import logging
import random
from collections.abc import Callable, Mapping
from threading import Event

from flask import Flask

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.delivery import rules, store
from lti_tool.delivery.rules import Verdict
from lti_tool.delivery.store import Delivery
from lti_tool.delivery.tables import DeliveryState
from lti_tool.errors import PlatformAnswered, PlatformError, PlatformRemoved
from lti_tool.lti import grades
from lti_tool.lti.grades import Score

log = logging.getLogger("lti_tool.delivery")

SWEEP_EVERY = 1.0
"""Seconds between two looks at the outbox; a look is one indexed read."""
AT_ONCE = 20
CONFLICT = 409

ENDS = {
    Verdict.DELIVERED: DeliveryState.DELIVERED,
    Verdict.SUPERSEDED: DeliveryState.SUPERSEDED,
    Verdict.FAILED: DeliveryState.FAILED,
}


Chore = Callable[[], object]
"""What else a worker does between two sweeps of the outbox: a bounded piece of what is due, if anything is."""


def init_app(app: Flask, chores: Mapping[str, Chore]) -> None:
    """Give the worker what other features want done in the background, each with a name for the log."""
    app.extensions["chores"] = {"a sweep of the outbox": sweep, **chores}


def run(app: Flask, stop: Event) -> None:
    """Deliver, and do the chores, until told to stop; a fault is logged and the next round tries again."""
    while not stop.is_set():
        for name, chore in app.extensions["chores"].items():
            with app.app_context():
                _do_safely(name, chore)
        stop.wait(SWEEP_EVERY)


def _do_safely(name: str, chore: Chore) -> None:
    try:
        chore()
    except Exception:
        log.exception("%s failed", name)


def sweep() -> int:
    """Send everything that is due now; tell how much it was."""
    count = 0
    while taken := store.take_due(now(), AT_ONCE):
        for delivery in taken:
            _deliver(delivery)
        count += len(taken)
    return count


def _deliver(delivery: Delivery) -> None:
    verdict, problem = _attempt_safely(delivery)
    log.info("delivery %s: %s %s", delivery.id, verdict, problem or "")
    if verdict in ENDS:
        store.end(delivery, ENDS[verdict], problem, now())
    elif verdict is Verdict.AGAIN_LATER_STAMP:
        store.restamp(delivery, now())
    else:
        luck = random.random()  # noqa: S311 - spreads retries, guards nothing
        store.try_again(delivery, now() + rules.pause(delivery.attempts, luck), problem or "")


def _attempt_safely(delivery: Delivery) -> tuple[Verdict, str | None]:
    """Keep one delivery that breaks from holding up the others that were taken with it."""
    try:
        return _attempt(delivery)
    except Exception as error:
        log.exception("delivery %s broke off", delivery.id)
        return rules.judge_silence(now() - delivery.created_at), type(error).__name__


def _attempt(delivery: Delivery) -> tuple[Verdict, str | None]:
    age = now() - delivery.created_at
    score = Score(given=delivery.given, maximum=delivery.maximum, at=delivery.scored_at)
    try:
        grades.send_score(delivery.placement_id, delivery.person_id, score)
    except PlatformAnswered as error:
        if error.status == CONFLICT:
            return _after_conflict(delivery)
        return rules.judge_status(error.status, age), str(error)
    except PlatformRemoved as error:
        return Verdict.FAILED, str(error)
    except PlatformError as error:
        return rules.judge_silence(age), str(error)
    finally:
        db.session.rollback()  # nothing was written; a worker holds no transaction while it waits
    return Verdict.DELIVERED, None


def _after_conflict(delivery: Delivery) -> tuple[Verdict, str | None]:
    try:
        theirs = grades.read_result(delivery.placement_id, delivery.person_id)
    except PlatformError as error:
        return Verdict.AGAIN, str(error)
    ours = delivery.given / delivery.maximum
    return rules.judge_conflict(ours, theirs, store.sent_before(delivery)), "Moodle holds something newer"
