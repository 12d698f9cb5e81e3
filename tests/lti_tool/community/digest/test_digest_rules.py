"""When a digest is due, and through which course a link leads."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from lti_tool.community.digest.rules import Rhythm, Way, next_due, ways

MADRID, AMMAN = ZoneInfo("Europe/Madrid"), ZoneInfo("Asia/Amman")
TUESDAY = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("after", "zone", "due"),
    [
        (datetime(2026, 12, 1, 5, 59, tzinfo=UTC), MADRID, datetime(2026, 12, 1, 6, tzinfo=UTC)),
        (datetime(2026, 12, 1, 6, 0, tzinfo=UTC), MADRID, datetime(2026, 12, 2, 6, tzinfo=UTC)),
        (datetime(2026, 12, 1, 23, 30, tzinfo=UTC), AMMAN, datetime(2026, 12, 2, 4, tzinfo=UTC)),
        (datetime(2026, 3, 28, 12, tzinfo=UTC), MADRID, datetime(2026, 3, 29, 5, tzinfo=UTC)),
        (datetime(2026, 10, 24, 12, tzinfo=UTC), MADRID, datetime(2026, 10, 25, 6, tzinfo=UTC)),
    ],
)
def test_a_daily_digest_is_due_at_seven_where_its_reader_lives(after: datetime, zone: ZoneInfo, due: datetime) -> None:
    assert next_due(Rhythm.DAILY, 0, after, zone) == due


@pytest.mark.parametrize(("weekday", "day"), [(0, 7), (1, 8), (2, 2), (6, 6)])
def test_a_weekly_digest_is_due_on_its_day(weekday: int, day: int) -> None:
    assert next_due(Rhythm.WEEKLY, weekday, TUESDAY, MADRID) == datetime(2026, 12, day, 6, tzinfo=UTC)


def test_a_weekly_digest_is_due_today_before_seven() -> None:
    early = datetime(2026, 12, 1, 3, tzinfo=UTC)

    assert next_due(Rhythm.WEEKLY, 1, early, MADRID) == datetime(2026, 12, 1, 6, tzinfo=UTC)


def way(course: str, *, came: int | None = None, is_own: bool = False) -> Way:
    return Way(url=course, course=course, came_at=came and TUESDAY.replace(hour=came), is_own=is_own)  # type: ignore[arg-type]  # None or a moment


@pytest.mark.parametrize(
    ("found", "chosen"),
    [
        ([way("training", came=9)], ["training"]),
        ([way("training", came=9), way("own", came=1, is_own=True)], ["own"]),
        ([way("training", came=9), way("own", is_own=True)], ["training", "own"]),
        ([way("training", came=9, is_own=True), way("own", is_own=True)], ["training", "own"]),
        ([way("training", came=9, is_own=True), way("own", came=10, is_own=True)], ["own", "training"]),
        ([way("one", came=9), way("two", came=10), way("strange")], ["two", "one"]),
        ([way("strange"), way("stranger")], ["strange", "stranger"]),
        ([], []),
    ],
)
def test_a_link_leads_through_the_course_that_never_ends_or_lets_one_choose(
    found: list[Way], chosen: list[str]
) -> None:
    assert [one.url for one in ways(found)] == chosen
