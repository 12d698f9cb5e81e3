from datetime import UTC, datetime, timedelta

import pytest

from lti_tool.readings.rules import Reading

NOON = datetime(2027, 1, 1, 12, tzinfo=UTC)


def ago(**delta: float) -> datetime:
    return NOON - timedelta(**delta)


@pytest.mark.parametrize(
    ("reading", "is_due"),
    [
        (Reading(), True),
        (Reading(is_wanted=True), False),
        (Reading(fetched_at=ago(minutes=14)), False),
        (Reading(fetched_at=ago(minutes=15)), True),
        (Reading(fetched_at=ago(minutes=15), is_wanted=True), False),
        (Reading(fetched_at=ago(minutes=14), failed_at=ago(minutes=1)), False),
    ],
)
def test_a_reading_is_due_when_it_is_old_and_nobody_asks_already(reading: Reading, *, is_due: bool) -> None:
    assert reading.is_due(NOON) is is_due


@pytest.mark.parametrize(
    ("asked_at", "may_be_asked"), [(None, True), (ago(seconds=59), False), (ago(seconds=60), True)]
)
def test_moodle_may_be_asked_once_a_minute(asked_at: datetime | None, *, may_be_asked: bool) -> None:
    assert Reading(asked_at=asked_at).may_be_asked(NOON) is may_be_asked
