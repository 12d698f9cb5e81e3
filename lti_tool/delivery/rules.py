"""What becomes of a delivery: pure decisions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from http import HTTPStatus

LEASE = timedelta(minutes=2)
FIRST_PAUSE = timedelta(seconds=10)
SHORT_PAUSE = timedelta(seconds=1)
LONGEST_PAUSE = timedelta(hours=1)
GIVE_UP_AFTER = timedelta(days=7)
BETWEEN_REQUESTS = timedelta(milliseconds=100)
"""Between two scores for one platform, on the average."""
AHEAD = timedelta(seconds=1)
"""How far the requests to a platform may run ahead of that average: about ten at once, then ten a second."""
FAILURES_BEFORE_PAUSE = 3
LONGEST_PLATFORM_PAUSE = timedelta(minutes=5)
SHORTEST_ASKED, LONGEST_ASKED = timedelta(seconds=1), timedelta(hours=1)
"""Bounds of what a platform may ask for by `Retry-After`."""
BUSY = frozenset(
    {
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.BAD_GATEWAY,
        HTTPStatus.SERVICE_UNAVAILABLE,
        HTTPStatus.GATEWAY_TIMEOUT,
    }
)
"""What a platform answers when it can't serve anybody just now; every other answer is about one score."""
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
    UNCONFIRMED = "unconfirmed"
    """The platform doesn't say which line item is the activity's."""
    NO_RIGHTS = "no_rights"
    NO_ACCESS = "no_access"
    UNRECOGNISED = "unrecognised"
    """Moodle does not see our token: its web server keeps it back."""
    FOREIGN = "foreign"
    """The grade service stands where this platform isn't known to be."""
    REMOVED = "removed"
    LOCKED = "locked"
    GRADED_BY_HAND = "graded_by_hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a try: what to do, what is logged, and what somebody can do about it."""

    verdict: Verdict
    problem: str | None = None
    cause: Cause | None = None
    in_trouble: bool = False
    """Whether it was the platform's fault, and not this score's."""
    asked: timedelta | None = None
    """For how long the platform asked to be left alone."""


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
    differs = theirs is not None and not is_there(ours, theirs)
    return Outcome(verdict=Verdict.DELIVERED, cause=Cause.GRADED_BY_HAND if differs else None)


def next_stamp(now: datetime, last: datetime | None) -> datetime:
    """Give a score's time in milliseconds (LTI-AGS 2.0, section 3.4.9), after that of the last one for the same grade.

    It is of a later second too: Moodle takes the milliseconds, and drops them before it compares.
    """
    stamp = now.replace(microsecond=now.microsecond // 1_000 * 1_000)
    return stamp if last is None else max(stamp, last.replace(microsecond=0) + timedelta(seconds=1))


def first_try(now: datetime, stamp: datetime) -> datetime:
    """Tell when to send a score: at once, or a second later where others of this second went before it."""
    return now if stamp <= now else now + timedelta(seconds=1)


def next_turn(next_at: datetime, now: datetime) -> datetime | None:
    """Let a request to a platform begin, and tell when the one after it would if all were evenly spaced.

    Nothing: too many began already. This is the generic cell rate algorithm.
    """
    return None if next_at > now + AHEAD else max(next_at, now) + BETWEEN_REQUESTS


def earliest(due_at: datetime, next_at: datetime | None, paused_until: datetime | None) -> datetime:
    """Tell when what is due may leave, by its platform's pace."""
    return max(due_at, next_at - AHEAD if next_at else due_at, paused_until or due_at)


def asked_pause(retry_after: str | None, now: datetime) -> timedelta | None:
    """Read a `Retry-After`: seconds, or a moment (RFC 9110, section 10.2.3); nothing where it says neither."""
    asked = _asked(retry_after.strip(), now) if retry_after else None
    return None if asked is None else min(max(asked, SHORTEST_ASKED), LONGEST_ASKED)


def _asked(text: str, now: datetime) -> timedelta | None:
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text[:9]), LONGEST_ASKED.total_seconds()))
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now


def platform_pause(failures: int, asked: timedelta | None, luck: float) -> timedelta | None:
    """Tell how long to leave a platform alone that failed so often in a row: as it asks, or from the third time on."""
    if asked is not None or failures < FAILURES_BEFORE_PAUSE:
        return asked
    longest: timedelta = min(FIRST_PAUSE * (1 << min(failures - FAILURES_BEFORE_PAUSE, 20)), LONGEST_PLATFORM_PAUSE)
    return longest * (0.5 + luck / 2)


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
    if is_there(ours, theirs):
        return Verdict.DELIVERED
    if theirs is not None and any(_same(theirs, earlier) for earlier in before):
        return Verdict.AGAIN_LATER_STAMP
    return Verdict.SUPERSEDED


def leaves_doubt(status: int, *, empty: bool) -> bool:
    """Tell whether a refused score may be there all the same.

    Some platforms say by 400 what others say by 409: that they have a score with this time. Moodle says it by 409, and
    where its 400 says nothing it has read the score and refused it.
    """
    return status == HTTPStatus.BAD_REQUEST and not empty


def is_there(ours: float, theirs: float | None) -> bool:
    """Tell whether the gradebook holds our score; both are shares of the maximum."""
    return theirs is not None and _same(ours, theirs)


def _same(one: float, other: float) -> bool:
    return abs(one - other) < SAME_SHARE
