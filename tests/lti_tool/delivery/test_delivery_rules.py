"""What becomes of a delivery."""

from datetime import UTC, datetime, timedelta

import pytest

from lti_tool.delivery import rules
from lti_tool.delivery.rules import GIVE_UP_AFTER, Cause, Verdict

NOON = datetime(2026, 1, 15, 12, 0, 0, 900_000, tzinfo=UTC)
WHOLE = NOON.replace(microsecond=0)
SECOND = timedelta(seconds=1)
FRESH, STALE = timedelta(hours=1), GIVE_UP_AFTER + SECOND


@pytest.mark.parametrize(
    ("last", "stamp"),
    [
        (None, WHOLE),
        (WHOLE - timedelta(hours=1), WHOLE),
        (WHOLE - SECOND, WHOLE),
        (WHOLE, WHOLE + SECOND),
        (WHOLE + 5 * SECOND, WHOLE + 6 * SECOND),
    ],
)
def test_a_stamp_is_in_whole_seconds_and_later_than_the_last(last: datetime | None, stamp: datetime) -> None:
    assert rules.next_stamp(NOON, last) == stamp


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
