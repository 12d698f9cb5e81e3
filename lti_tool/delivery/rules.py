"""What becomes of a delivery: pure decisions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from http import HTTPStatus

LEASE = timedelta(minutes=2)
FIRST_PAUSE = timedelta(seconds=10)
SHORT_PAUSE = timedelta(seconds=1)
LONGEST_PAUSE = timedelta(hours=1)
GIVE_UP_AFTER = timedelta(days=7)
SAME_SHARE = 0.005
"""Two grades that differ by less than half a point in a hundred are the same: Moodle rounds when it scales."""


class Verdict(StrEnum):
    """What to do after a try."""

    DELIVERED = "delivered"
    SUPERSEDED = "superseded"
    FAILED = "failed"
    AGAIN = "again"
    AGAIN_SOON = "again_soon"
    AGAIN_LATER_STAMP = "again_later_stamp"


class Cause(StrEnum):
    """Why a score isn't in the gradebook, or not as it was sent: what somebody can do something about."""

    NO_GRADABLE_ROLE = "no_gradable_role"
    """A trainer, or somebody who left the course."""
    NOT_UNDERSTOOD = "not_understood"
    GONE = "gone"
    NO_LINE_ITEM = "no_line_item"
    NO_RIGHTS = "no_rights"
    NO_ACCESS = "no_access"
    REMOVED = "removed"
    LOCKED = "locked"
    GRADED_BY_HAND = "graded_by_hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a try: what to do, what is logged, and what somebody can do about it."""

    verdict: Verdict
    problem: str | None = None
    cause: Cause | None = None


def cause_of(status: int, *, empty: bool) -> Cause | None:
    """Tell what an error answer to a score means.

    Ours are well formed, so that Moodle's refusal of a score that it read (400, body `[]`) leaves just one cause, and
    its failure to write one (500, body `[]`) too.
    """
    match status:
        case HTTPStatus.BAD_REQUEST:
            return Cause.NO_GRADABLE_ROLE if empty else Cause.NOT_UNDERSTOOD
        case HTTPStatus.UNPROCESSABLE_ENTITY:
            return Cause.NOT_UNDERSTOOD
        case HTTPStatus.NOT_FOUND | HTTPStatus.GONE:
            return Cause.GONE
        case HTTPStatus.UNAUTHORIZED | HTTPStatus.FORBIDDEN:
            return Cause.NO_RIGHTS
        case HTTPStatus.INTERNAL_SERVER_ERROR if empty:
            return Cause.LOCKED
    return None


def judge_result(ours: float, theirs: float | None) -> Outcome:
    """Decide after a 200, by what the gradebook holds then: Moodle keeps a grade that was given by hand."""
    differs = theirs is not None and not _same(ours, theirs)
    return Outcome(verdict=Verdict.DELIVERED, cause=Cause.GRADED_BY_HAND if differs else None)


def next_stamp(now: datetime, last: datetime | None) -> datetime:
    """Give a score's time in whole seconds, later than that of the last score for the same grade."""
    stamp = now.replace(microsecond=0)
    return stamp if last is None else max(stamp, last + timedelta(seconds=1))


def pause(attempts: int, luck: float) -> timedelta:
    """Tell how long to wait before the next try: doubling, up to an hour, spread by `luck` from 0 to 1."""
    longest: timedelta = min(FIRST_PAUSE * (1 << min(attempts, 20)), LONGEST_PAUSE)
    return longest * (0.5 + luck / 2)


def judge_status(status: int, age: timedelta) -> Verdict:
    """Decide after an error answer other than a conflict."""
    hopeless = {HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.GONE, HTTPStatus.UNPROCESSABLE_ENTITY}
    if status in hopeless or age > GIVE_UP_AFTER:
        return Verdict.FAILED
    return Verdict.AGAIN


def judge_silence(age: timedelta) -> Verdict:
    """Decide after no answer."""
    return Verdict.FAILED if age > GIVE_UP_AFTER else Verdict.AGAIN


def judge_conflict(ours: float, theirs: float | None, before: Sequence[float]) -> Verdict:
    """Decide after a 409, by what the gradebook holds: ours, an older one of ours, or somebody's later edit.

    All three are shares of the maximum; `before` are the scores that we sent earlier for the same grade.
    """
    if theirs is not None and _same(ours, theirs):
        return Verdict.DELIVERED
    if theirs is not None and any(_same(theirs, earlier) for earlier in before):
        return Verdict.AGAIN_LATER_STAMP
    return Verdict.SUPERSEDED


def _same(one: float, other: float) -> bool:
    return abs(one - other) < SAME_SHARE
