"""The worker: looks for what is due, sends it, and records what came of it."""

import logging
import random
from datetime import timedelta
from http import HTTPStatus
from threading import Event

from flask import Flask

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.delivery import rules, store
from lti_tool.delivery.rules import Cause, Outcome, Verdict
from lti_tool.delivery.store import Delivery
from lti_tool.delivery.tables import DeliveryState
from lti_tool.errors import (
    AccessRefused,
    NoLineItem,
    PlatformAnswered,
    PlatformBusy,
    PlatformError,
    PlatformRemoved,
    ScopeMissing,
)
from lti_tool.lti import grades
from lti_tool.lti.grades import Score

log = logging.getLogger("lti_tool.delivery")

SWEEP_EVERY = 1.0
"""Seconds between two looks at the outbox; a look is one indexed read."""
AT_ONCE = 20

ENDS = {
    Verdict.DELIVERED: DeliveryState.DELIVERED,
    Verdict.SUPERSEDED: DeliveryState.SUPERSEDED,
    Verdict.FAILED: DeliveryState.FAILED,
}
CAUSES = {
    AccessRefused: Cause.NO_ACCESS,
    NoLineItem: Cause.NO_LINE_ITEM,
    PlatformRemoved: Cause.REMOVED,
    ScopeMissing: Cause.NO_RIGHTS,
}


def run(app: Flask, stop: Event) -> None:
    """Deliver until told to stop; a fault is logged and the next sweep tries again."""
    while not stop.is_set():
        with app.app_context():
            try:
                sweep()
            except Exception:
                log.exception("a sweep of the outbox failed")
        stop.wait(SWEEP_EVERY)


def sweep() -> int:
    """Send everything that is due now; tell how much it was."""
    count = 0
    while taken := store.take_due(now(), AT_ONCE):
        for delivery in taken:
            _deliver(delivery)
        count += len(taken)
    return count


def _deliver(delivery: Delivery) -> None:
    outcome = _attempt_safely(delivery)
    verdict, problem = outcome.verdict, outcome.problem
    log.info("delivery %s: %s %s", delivery.id, verdict, problem or outcome.cause or "")
    if verdict in ENDS:
        store.end(delivery, ENDS[verdict], problem, now(), outcome.cause)
    elif verdict is Verdict.AGAIN_LATER_STAMP:
        store.restamp(delivery, now())
    elif verdict is Verdict.AGAIN_SOON:
        store.try_again(delivery, now() + rules.SHORT_PAUSE, problem or "")
    else:
        luck = random.random()  # noqa: S311 - spreads retries, guards nothing
        store.try_again(delivery, now() + rules.pause(delivery.attempts, luck), problem or "", outcome.cause)


def _attempt_safely(delivery: Delivery) -> Outcome:
    """Keep one delivery that breaks from holding up the others that were taken with it."""
    try:
        return _attempt(delivery)
    except Exception as error:
        log.exception("delivery %s broke off", delivery.id)
        return Outcome(verdict=rules.judge_silence(_age(delivery)), problem=type(error).__name__)


def _age(delivery: Delivery) -> timedelta:
    return now() - delivery.created_at


def _attempt(delivery: Delivery) -> Outcome:
    score = Score(given=delivery.given, maximum=delivery.maximum, at=delivery.scored_at, comment=delivery.comment)
    try:
        grades.send_score(delivery.placement_id, delivery.person_id, score)
    except PlatformError as error:
        return _after_error(delivery, error)
    finally:
        db.session.rollback()  # nothing was written; a worker holds no transaction while it waits
    return _after_success(delivery)


def _after_error(delivery: Delivery, error: PlatformError) -> Outcome:
    problem, cause = str(error), CAUSES.get(type(error))
    match error:
        case PlatformAnswered(status=HTTPStatus.CONFLICT):
            return _after_conflict(delivery)
        case PlatformAnswered():
            verdict = rules.judge_status(error.status, _age(delivery))
            cause = rules.cause_of(error.status, empty=error.empty)
        case PlatformRemoved():
            verdict = Verdict.FAILED
        case PlatformBusy():
            verdict = Verdict.AGAIN_SOON
        case _:
            verdict = rules.judge_silence(_age(delivery))
    return Outcome(verdict=verdict, problem=problem, cause=cause)


def _after_conflict(delivery: Delivery) -> Outcome:
    problem = "Moodle holds something newer"
    try:
        theirs = grades.read_result(delivery.placement_id, delivery.person_id)
    except ScopeMissing:
        return Outcome(verdict=Verdict.SUPERSEDED, problem=problem)  # nothing can tell more
    except PlatformError as error:
        return Outcome(verdict=Verdict.AGAIN, problem=str(error))
    verdict = rules.judge_conflict(_share(delivery), theirs, store.sent_before(delivery))
    return Outcome(verdict=verdict, problem=problem)


def _after_success(delivery: Delivery) -> Outcome:
    """Read the grade back, once: Moodle answers 200 too where it keeps a grade that was given by hand."""
    try:
        theirs = grades.read_result(delivery.placement_id, delivery.person_id)
    except PlatformError:
        return Outcome(verdict=Verdict.DELIVERED)  # it was taken, whatever a look at it runs into
    return rules.judge_result(_share(delivery), theirs)


def _share(delivery: Delivery) -> float:
    return delivery.given / delivery.maximum
