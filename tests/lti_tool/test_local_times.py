"""A moment is typed on the clock of the trainer's own zone, and kept in UTC."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from lti_tool import local_times
from lti_tool.local_times import Unclear

MADRID = ZoneInfo("Europe/Madrid")
"""Goes forward on 29 March 2026 at 2:00, and back on 25 October at 3:00."""
FIRST = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
SECOND = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "zone", "moment"),
    [
        ("", MADRID, None),
        ("2026-01-15T09:00", MADRID, datetime(2026, 1, 15, 8, tzinfo=UTC)),
        ("2026-07-15T09:00", MADRID, datetime(2026, 7, 15, 7, tzinfo=UTC)),
        ("2026-07-15 09:00", MADRID, datetime(2026, 7, 15, 7, tzinfo=UTC)),
        ("2026-07-15T09:00:30", MADRID, datetime(2026, 7, 15, 7, tzinfo=UTC)),
        ("2026-07-15T09:00", ZoneInfo("Asia/Kathmandu"), datetime(2026, 7, 15, 3, 15, tzinfo=UTC)),
        ("2026-07-15T00:30", ZoneInfo("Africa/Tunis"), datetime(2026, 7, 14, 23, 30, tzinfo=UTC)),
        ("2026-03-29T01:59", MADRID, datetime(2026, 3, 29, 0, 59, tzinfo=UTC)),
        ("2026-03-29T03:00", MADRID, datetime(2026, 3, 29, 1, tzinfo=UTC)),
        ("2026-03-29T02:00", MADRID, Unclear.SKIPPED),
        ("2026-03-29T02:59", MADRID, Unclear.SKIPPED),
        ("tomorrow", MADRID, Unclear.NO_MOMENT),
        ("2026-02-30T09:00", MADRID, Unclear.NO_MOMENT),
        ("2026-01-15T24:00", MADRID, Unclear.NO_MOMENT),
        ("2026-01-15", MADRID, Unclear.NO_MOMENT),
        ("0001-01-01T00:00", MADRID, Unclear.NO_MOMENT),
        ("9999-12-31T23:59", MADRID, Unclear.NO_MOMENT),
        ("٢٠٢٦-01-15T09:00", MADRID, Unclear.NO_MOMENT),
        ("2026-01-15T09:00\0", MADRID, Unclear.NO_MOMENT),
    ],
)
@pytest.mark.parametrize("later", [False, True])
def test_what_is_typed_is_a_moment_or_it_is_said_why_not(
    text: str,
    zone: ZoneInfo,
    moment: datetime | Unclear | None,
    later: bool,  # noqa: FBT001
) -> None:
    assert local_times.read(text, zone, None, later=later) == moment


@pytest.mark.parametrize(("later", "moment"), [(False, FIRST), (True, SECOND)])
def test_of_a_time_that_comes_twice_the_wanted_one_counts(later: bool, moment: datetime) -> None:  # noqa: FBT001
    assert local_times.read("2026-10-25T02:30", MADRID, None, later=later) == moment


@pytest.mark.parametrize("saved", [FIRST, SECOND, datetime(2026, 7, 15, 7, 0, 59, tzinfo=UTC)])
@pytest.mark.parametrize("later", [False, True])
def test_what_is_sent_back_as_it_was_shown_is_the_moment_that_was_saved(saved: datetime, later: bool) -> None:  # noqa: FBT001
    assert local_times.read(local_times.written(saved, MADRID), MADRID, saved, later=later) == saved


def test_a_moment_that_is_taken_away_is_gone() -> None:
    assert local_times.read("", MADRID, FIRST, later=False) is None
