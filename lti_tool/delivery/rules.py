"""What becomes of a delivery: pure decisions."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from http import HTTPStatus

LEASE = timedelta(minutes=2)
FIRST_PAUSE = timedelta(seconds=10)
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
    AGAIN_LATER_STAMP = "again_later_stamp"


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
