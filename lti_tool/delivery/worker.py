"""The worker: waits for the bell or the next due moment, sends what is due, and records what came of it."""

import logging
import os
import random
import socket
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event

from flask import Flask

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.delivery import pace, rules, store, wakeups
from lti_tool.delivery.rules import Verdict
from lti_tool.delivery.store import Delivery
from lti_tool.delivery.tables import DeliveryState
from lti_tool.errors import PlatformAnswered, PlatformError, PlatformRemoved
from lti_tool.lti import grades, tidying
from lti_tool.lti.grades import Score

log = logging.getLogger("lti_tool.delivery")

SWEEP_EVERY = 10.0
"""Seconds between two looks at the outbox when no bell rings and nothing falls due."""
AT_ONCE = 20
"""Deliveries between two signs of life; a look ends then, and the next begins at once."""
CONFLICT = 409

ENDS = {
    Verdict.DELIVERED: DeliveryState.DELIVERED,
    Verdict.SUPERSEDED: DeliveryState.SUPERSEDED,
    Verdict.FAILED: DeliveryState.FAILED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a try."""

    verdict: Verdict
    problem: str | None = None
    in_trouble: bool = False
    """Whether it was the platform's fault, and not this score's."""
    asked: timedelta | None = None
    """For how long the platform asked to be left alone."""


def run(app: Flask, stop: Event) -> None:
    """Deliver until told to stop, but end what is under way; a fault is logged, and the next look tries again."""
    name = f"{socket.gethostname()}:{os.getpid()}"
    with app.app_context():
        bell = wakeups.bell()
    while not stop.is_set():
        with app.app_context():
            seconds = _look(name, stop)
        bell.wait(seconds, stop)


def _look(name: str, stop: Event) -> float:
    """Do all that is to do now; tell how long there will be nothing."""
    try:
        store.beat(name, now())
        tidying.tidy(now())
        sweep(stop)
        moment = store.next_moment(now())
        return _seconds_until(moment) if moment else SWEEP_EVERY
    except Exception:
        log.exception("a sweep of the outbox failed")
        return SWEEP_EVERY


def _seconds_until(moment: datetime) -> float:
    return min(max(0.0, (moment - now()).total_seconds()), SWEEP_EVERY)


def sweep(stop: Event | None = None) -> int:
    """Send what may leave now, one after the other and not too many; tell how many it was."""
    for count in range(AT_ONCE):
        delivery = None if stop and stop.is_set() else store.take_due(now())
        if delivery is None:
            return count
        _record(delivery, _attempt_safely(delivery))
    return AT_ONCE


def _record(delivery: Delivery, outcome: Outcome) -> None:
    log.info("delivery %s: %s %s", delivery.id, outcome.verdict, outcome.problem or "")
    luck = random.random()  # noqa: S311 - spreads retries, guards nothing
    if outcome.in_trouble:
        pace.failed(delivery.registration_id, outcome.asked, luck, now())
    else:
        pace.answered(delivery.registration_id)
    if outcome.verdict in ENDS:
        store.end(delivery, ENDS[outcome.verdict], outcome.problem, now())
    elif outcome.verdict is Verdict.AGAIN_LATER_STAMP:
        store.restamp(delivery, now())
    else:
        pause = max(rules.pause(delivery.attempts, luck), outcome.asked or timedelta())
        store.try_again(delivery, now() + pause, outcome.problem or "")


def _attempt_safely(delivery: Delivery) -> Outcome:
    """Keep one delivery that breaks from holding up the others."""
    try:
        return _attempt(delivery)
    except Exception as error:
        log.exception("delivery %s broke off", delivery.id)
        return Outcome(verdict=rules.judge_silence(now() - delivery.created_at), problem=type(error).__name__)
    finally:
        db.session.rollback()  # nothing was written; what failed may have left a transaction open


def _attempt(delivery: Delivery) -> Outcome:
    score = Score(given=delivery.given, maximum=delivery.maximum, at=delivery.scored_at)
    try:
        grades.send_score(delivery.placement_id, delivery.person_id, score)
    except PlatformAnswered as error:
        return _after_conflict(delivery) if error.status == CONFLICT else _after_error(delivery, error)
    except PlatformError as error:
        return _after_error(delivery, error)
    return Outcome(verdict=Verdict.DELIVERED)


def _after_conflict(delivery: Delivery) -> Outcome:
    try:
        theirs = grades.read_result(delivery.placement_id, delivery.person_id)
    except PlatformError as error:
        return _after_error(delivery, error, verdict=rules.judge_silence(now() - delivery.created_at))
    ours = delivery.given / delivery.maximum
    verdict = rules.judge_conflict(ours, theirs, store.sent_before(delivery))
    return Outcome(verdict=verdict, problem="Moodle holds something newer")


def _after_error(delivery: Delivery, error: PlatformError, verdict: Verdict | None = None) -> Outcome:
    in_trouble = not isinstance(error, PlatformAnswered) or error.status in rules.BUSY
    return Outcome(
        verdict=verdict or _judged(error, now() - delivery.created_at),
        problem=str(error),
        in_trouble=in_trouble,
        asked=rules.asked_pause(error.retry_after, now()) if in_trouble else None,
    )


def _judged(error: PlatformError, age: timedelta) -> Verdict:
    if isinstance(error, PlatformAnswered):
        return rules.judge_status(error.status, age)
    return Verdict.FAILED if isinstance(error, PlatformRemoved) else rules.judge_silence(age)
