"""The worker: waits for the bell or the next due moment, sends what is due, and records what came of it."""

import logging
import os
import random
import socket
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from http import HTTPStatus
from threading import Event

from flask import Flask

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.delivery import astray, pace, rules, store, wakeups
from lti_tool.delivery.rules import Cause, Outcome, Verdict
from lti_tool.delivery.store import Delivery
from lti_tool.delivery.tables import DeliveryState
from lti_tool.errors import (
    AccessRefused,
    ForeignAddress,
    LineItemUnknown,
    NoLineItem,
    PlatformAnswered,
    PlatformBusy,
    PlatformError,
    PlatformRemoved,
    ScopeMissing,
    TokenUnseen,
)
from lti_tool.lti.platform import grades
from lti_tool.lti.platform.grades import Score

log = logging.getLogger("lti_tool.delivery")

SWEEP_EVERY = 10.0
"""Seconds between two looks at the outbox when no bell rings and nothing falls due."""
AT_ONCE = 20
"""Deliveries between two signs of life; a look ends then, and the next begins at once."""

ENDS = {
    Verdict.DELIVERED: DeliveryState.DELIVERED,
    Verdict.SUPERSEDED: DeliveryState.SUPERSEDED,
    Verdict.FAILED: DeliveryState.FAILED,
}


CAUSES = {
    AccessRefused: Cause.NO_ACCESS,
    ForeignAddress: Cause.FOREIGN,
    LineItemUnknown: Cause.UNCONFIRMED,
    NoLineItem: Cause.NO_LINE_ITEM,
    PlatformRemoved: Cause.REMOVED,
    ScopeMissing: Cause.NO_RIGHTS,
    TokenUnseen: Cause.UNRECOGNISED,
}


Chore = Callable[[], bool]
"""A bounded piece of what else is wanted in the background; tells whether there may be more."""


def init_app(app: Flask, chores: Mapping[str, Chore]) -> None:
    """Give the worker what other features want done in the background, each with a name for the log."""
    app.extensions["chores"] = chores


def run(app: Flask, stop: Event) -> None:
    """Deliver, and do the chores, until told to stop, but end what is under way; a fault is logged and tried again."""
    name = f"{socket.gethostname()}:{os.getpid()}"
    with app.app_context():
        bell = wakeups.bell()
    has_kept = False
    while not stop.is_set():
        with app.app_context():
            seconds = _look(name, stop)
            has_kept = has_kept or _did_safely("keeping where grades of an older version went", astray.keep_claims)
        bell.wait(0 if _do_chores(app, stop) else seconds, stop)


def _look(name: str, stop: Event) -> float:
    """Send all that is to send now; tell how long there will be nothing."""
    try:
        store.beat(name, now())
        sweep(stop)
        moment = store.next_moment(now())
        return _seconds_until(moment) if moment else SWEEP_EVERY
    except Exception:
        log.exception("a sweep of the outbox failed")
        return SWEEP_EVERY


def _do_chores(app: Flask, stop: Event) -> bool:
    """Do a piece of each chore; tell whether there may be more to do at once."""
    more = False
    for name, chore in app.extensions["chores"].items():
        with app.app_context():
            more |= not stop.is_set() and _did_safely(name, chore)
    return more


def _did_safely(name: str, chore: Chore) -> bool:
    try:
        return chore()
    except Exception:
        log.exception("%s failed", name)
        return False


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
    log.info("delivery %s: %s %s", delivery.id, outcome.verdict, outcome.problem or outcome.cause or "")
    luck = random.random()  # noqa: S311 - spreads retries, guards nothing
    if outcome.in_trouble:
        pace.failed(delivery.registration_id, outcome.asked, luck, now())
    else:
        pace.answered(delivery.registration_id)
    if outcome.verdict in ENDS:
        store.end(delivery, ENDS[outcome.verdict], outcome.problem, now(), outcome.cause)
    elif outcome.verdict is Verdict.AGAIN_LATER_STAMP:
        store.restamp(delivery, now())
    else:
        store.try_again(delivery, now() + _pause(delivery, outcome, luck), outcome.problem or "", outcome.cause)


def _pause(delivery: Delivery, outcome: Outcome, luck: float) -> timedelta:
    if outcome.verdict is Verdict.AGAIN_SOON:
        return rules.SHORT_PAUSE
    return max(rules.pause(delivery.attempts, luck), outcome.asked or timedelta())


def _attempt_safely(delivery: Delivery) -> Outcome:
    """Keep one delivery that breaks from holding up the others."""
    try:
        return _attempt(delivery)
    except Exception as error:
        log.exception("delivery %s broke off", delivery.id)
        return Outcome(verdict=rules.judge_silence(_age(delivery)), problem=type(error).__name__)
    finally:
        db.session.rollback()  # nothing was written; what failed may have left a transaction open


def _age(delivery: Delivery) -> timedelta:
    return now() - delivery.created_at


def _attempt(delivery: Delivery) -> Outcome:
    score = Score(given=delivery.given, maximum=delivery.maximum, at=delivery.scored_at, comment=delivery.comment)
    try:
        grades.send_score(delivery.placement_id, delivery.person_id, score)
    except PlatformError as error:
        return _after_error(delivery, error)
    return _after_success(delivery)


def _after_error(delivery: Delivery, error: PlatformError) -> Outcome:
    if isinstance(error, PlatformAnswered) and error.status == HTTPStatus.CONFLICT:
        return _after_conflict(delivery)
    if isinstance(error, PlatformAnswered) and rules.leaves_doubt(error.status, empty=error.empty):
        return _after_refusal(delivery, error)
    return _without_arriving(delivery, error)


def _without_arriving(delivery: Delivery, error: PlatformError) -> Outcome:
    in_trouble = _is_in_trouble(error)
    return Outcome(
        verdict=_judged(error, _age(delivery)),
        problem=str(error),
        cause=_cause(error),
        in_trouble=in_trouble,
        asked=rules.asked_pause(error.retry_after, now()) if in_trouble else None,
    )


def _is_in_trouble(error: PlatformError) -> bool:
    """Tell whether the platform serves nobody just now; what only this tool or this score lacks is not its trouble."""
    if isinstance(error, PlatformAnswered):
        return error.status in rules.BUSY
    return not isinstance(error, (PlatformBusy, *CAUSES)) or error.retry_after is not None


def _judged(error: PlatformError, age: timedelta) -> Verdict:
    match error:
        case PlatformAnswered():
            return rules.judge_status(error.status, age)
        case PlatformRemoved():
            return Verdict.FAILED
        case PlatformBusy():
            return Verdict.AGAIN_SOON
        case _:
            return rules.judge_silence(age)


def _cause(error: PlatformError) -> Cause | None:
    if type(error) is PlatformAnswered:
        return rules.cause_of(error.status, empty=error.empty)
    return CAUSES.get(type(error))


def _after_conflict(delivery: Delivery) -> Outcome:
    problem = "Moodle holds something newer"
    try:
        theirs = grades.read_result(delivery.placement_id, delivery.person_id)
    except ScopeMissing:
        return Outcome(verdict=Verdict.SUPERSEDED, problem=problem)  # nothing can tell more
    except PlatformError as error:
        return _unread(delivery, error)
    verdict = rules.judge_conflict(_share(delivery), theirs, store.sent_before(delivery))
    return Outcome(verdict=verdict, problem=problem)


def _after_refusal(delivery: Delivery, refusal: PlatformAnswered) -> Outcome:
    """Look whether a refused score is there all the same: it may have come before, and its answer been lost."""
    try:
        theirs = grades.read_result(delivery.placement_id, delivery.person_id)
    except ScopeMissing:
        return _without_arriving(delivery, refusal)
    except PlatformError as error:
        return _unread(delivery, error)
    if rules.is_there(_share(delivery), theirs):
        return Outcome(verdict=Verdict.DELIVERED)
    return _without_arriving(delivery, refusal)


def _unread(delivery: Delivery, error: PlatformError) -> Outcome:
    """Send again later where the gradebook, which would tell more, can't be read."""
    return replace(_without_arriving(delivery, error), verdict=rules.judge_silence(_age(delivery)), cause=None)


def _after_success(delivery: Delivery) -> Outcome:
    """Read the grade back, once: Moodle answers 200 too where it keeps a grade that was given by hand."""
    try:
        theirs = grades.read_result(delivery.placement_id, delivery.person_id)
    except PlatformError:
        return Outcome(verdict=Verdict.DELIVERED)  # it was taken, whatever a look at it runs into
    return rules.judge_result(_share(delivery), theirs)


def _share(delivery: Delivery) -> float:
    return delivery.given / delivery.maximum
