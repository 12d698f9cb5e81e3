"""What becomes of a delivery."""

from datetime import UTC, datetime, timedelta

import pytest

from lti_tool.delivery import rules
from lti_tool.delivery.rules import AHEAD, BETWEEN_REQUESTS, GIVE_UP_AFTER, Cause, Verdict

NOON = datetime(2026, 1, 15, 12, 0, 0, 900_000, tzinfo=UTC)
WHOLE = NOON.replace(microsecond=0)
SECOND = timedelta(seconds=1)
FRESH, STALE = timedelta(hours=1), GIVE_UP_AFTER + SECOND


@pytest.mark.parametrize(
    ("last", "stamp"),
    [
        (None, NOON),
        (WHOLE - timedelta(hours=1), NOON),
        (NOON - SECOND, NOON),
        (WHOLE, WHOLE + SECOND),
        (NOON, WHOLE + SECOND),
        (NOON + 5 * SECOND, WHOLE + 6 * SECOND),
    ],
)
def test_a_stamp_has_milliseconds_and_is_of_a_later_second_than_the_last(
    last: datetime | None, stamp: datetime
) -> None:
    assert rules.next_stamp(NOON + timedelta(microseconds=123), last) == stamp


@pytest.mark.parametrize(
    ("attempts", "luck", "seconds"),
    [(0, 1, 10), (1, 1, 20), (2, 1, 40), (2, 0, 20), (9, 1, 3600), (9, 0, 1800), (10_000, 1, 3600)],
)
def test_pauses_double_up_to_an_hour_and_are_spread(attempts: int, luck: float, seconds: float) -> None:
    assert rules.pause(attempts, luck) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("status", "age", "verdict"),
    [
        (400, FRESH, Verdict.FAILED),
        (404, FRESH, Verdict.FAILED),
        (410, FRESH, Verdict.FAILED),
        (422, FRESH, Verdict.FAILED),
        (401, FRESH, Verdict.AGAIN),
        (403, FRESH, Verdict.AGAIN),
        (408, FRESH, Verdict.AGAIN),
        (429, FRESH, Verdict.AGAIN),
        (500, FRESH, Verdict.AGAIN),
        (503, FRESH, Verdict.AGAIN),
        (503, GIVE_UP_AFTER, Verdict.AGAIN),
        (503, STALE, Verdict.FAILED),
    ],
)
def test_an_error_is_tried_again_unless_it_is_hopeless_or_a_week_old(
    status: int, age: timedelta, verdict: Verdict
) -> None:
    assert rules.judge_status(status, age) is verdict


@pytest.mark.parametrize(("age", "verdict"), [(FRESH, Verdict.AGAIN), (STALE, Verdict.FAILED)])
def test_silence_is_tried_again_for_a_week(age: timedelta, verdict: Verdict) -> None:
    assert rules.judge_silence(age) is verdict


@pytest.mark.parametrize(
    ("ours", "theirs", "before", "verdict"),
    [
        (0.9, 0.9, [], Verdict.DELIVERED),
        (0.333, 0.33, [], Verdict.DELIVERED),
        (0.0, 0.0, [], Verdict.DELIVERED),
        (0.9, 0.9, [0.9], Verdict.DELIVERED),
        (0.9, 0.5, [], Verdict.SUPERSEDED),
        (0.9, 0.5, [0.4], Verdict.SUPERSEDED),
        (0.9, 0.5, [0.4, 0.5], Verdict.AGAIN_LATER_STAMP),
        (0.9, 0.0, [0.0], Verdict.AGAIN_LATER_STAMP),
        (0.9, None, [], Verdict.SUPERSEDED),
        (0.9, None, [0.9], Verdict.SUPERSEDED),
    ],
)
def test_a_conflict_is_judged_by_what_the_gradebook_holds(
    ours: float, theirs: float | None, before: list[float], verdict: Verdict
) -> None:
    assert rules.judge_conflict(ours, theirs, before) is verdict


@pytest.mark.parametrize(
    ("stamp", "at"),
    [(WHOLE - SECOND, NOON), (NOON, NOON), (WHOLE + SECOND, NOON + SECOND), (WHOLE + 60 * SECOND, NOON + SECOND)],
)
def test_a_score_leaves_at_once_unless_its_stamp_is_still_to_come(stamp: datetime, at: datetime) -> None:
    assert rules.first_try(NOON, stamp) == at


@pytest.mark.parametrize(
    ("next_at", "turn"),
    [
        (NOON - timedelta(days=1), NOON + BETWEEN_REQUESTS),
        (NOON, NOON + BETWEEN_REQUESTS),
        (NOON + AHEAD, NOON + AHEAD + BETWEEN_REQUESTS),
        (NOON + AHEAD + timedelta(microseconds=1), None),
    ],
)
def test_requests_may_run_ahead_of_their_turn_but_not_too_far(next_at: datetime, turn: datetime | None) -> None:
    assert rules.next_turn(next_at, NOON) == turn


@pytest.mark.parametrize(
    ("due", "turn", "paused", "earliest"),
    [
        (NOON, None, None, NOON),
        (NOON, NOON + AHEAD + SECOND, None, NOON + SECOND),
        (NOON, NOON, NOON + 5 * SECOND, NOON + 5 * SECOND),
        (NOON + 9 * SECOND, NOON, NOON + 5 * SECOND, NOON + 9 * SECOND),
    ],
)
def test_what_is_due_leaves_when_its_platform_may_be_asked(
    due: datetime, turn: datetime | None, paused: datetime | None, earliest: datetime
) -> None:
    assert rules.earliest(due, turn, paused) == earliest


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        (" 120 ", 120),
        ("0", 1),
        ("86400", 3600),
        ("9" * 400, 3600),
        ("Thu, 15 Jan 2026 12:01:00 GMT", 59.1),
        ("Thu, 15 Jan 2026 12:01:00 -0000", 59.1),
        ("Thu, 15 Jan 2026 11:00:00 GMT", 1),
        ("Thu, 15 Jan 2099 12:00:00 GMT", 3600),
        (None, None),
        ("", None),
        ("-5", None),
        ("1.5", None),
        ("١٢٠", None),
        ("soon", None),
        ("Thu, 99 Jan 2026 12:01:00 GMT", None),
    ],
)
def test_a_platform_may_ask_for_a_pause_in_seconds_or_by_a_date_within_bounds(
    header: str | None, seconds: float | None
) -> None:
    asked = rules.asked_pause(header, NOON)

    assert (asked.total_seconds() if asked else None) == seconds


@pytest.mark.parametrize(
    ("failures", "asked", "luck", "seconds"),
    [
        (1, None, 1, None),
        (2, None, 1, None),
        (3, None, 1, 10),
        (3, None, 0, 5),
        (4, None, 1, 20),
        (7, None, 1, 160),
        (8, None, 1, 300),
        (10_000, None, 0, 150),
        (1, 90, 0, 90),
        (9, 90, 1, 90),
    ],
)
def test_a_platform_is_left_alone_as_it_asks_or_from_its_third_failure_on(
    failures: int, asked: int | None, luck: float, seconds: float | None
) -> None:
    pause = rules.platform_pause(failures, timedelta(seconds=asked) if asked else None, luck)

    assert (pause.total_seconds() if pause else None) == seconds


@pytest.mark.parametrize(
    ("status", "empty", "cause"),
    [
        (400, True, Cause.NO_GRADABLE_ROLE),
        (400, False, Cause.NOT_UNDERSTOOD),
        (422, False, Cause.NOT_UNDERSTOOD),
        (404, False, Cause.GONE),
        (410, False, Cause.GONE),
        (401, False, Cause.NO_RIGHTS),
        (403, False, Cause.NO_RIGHTS),
        (500, True, Cause.LOCKED),
        (500, False, None),
        (503, True, None),
        (429, False, None),
    ],
)
def test_an_answer_tells_its_cause(status: int, empty: bool, cause: Cause | None) -> None:  # noqa: FBT001 - of a table
    assert rules.cause_of(status, empty=empty) is cause


@pytest.mark.parametrize(
    ("ours", "theirs", "cause"),
    [(0.9, 0.9, None), (0.0, 0.0, None), (0.333, 0.33, None), (0.9, None, None), (0.9, 0.5, Cause.GRADED_BY_HAND)],
)
def test_a_grade_that_differs_after_it_was_taken_was_given_by_hand(
    ours: float, theirs: float | None, cause: Cause | None
) -> None:
    outcome = rules.judge_result(ours, theirs)

    assert (outcome.verdict, outcome.cause) == (Verdict.DELIVERED, cause)
