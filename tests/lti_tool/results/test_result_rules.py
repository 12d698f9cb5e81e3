"""Where a grade stands, by what became of its score and by what the gradebook held since."""

from datetime import UTC, datetime, timedelta

import pytest

from lti_tool.delivery.rules import Cause
from lti_tool.results import rules
from lti_tool.results.rules import Held, Sent, Standing

NOON = datetime(2027, 1, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SAME, OTHER = Held(read_at=NOON, score=37.5, maximum=50), Held(read_at=NOON, score=60, maximum=100)
NOUGHT, NONE = Held(read_at=NOON, score=0), Held(read_at=NOON, score=None)


def sent(standing: Standing, cause: Cause | None = None, share: float = 0.75) -> Sent:
    return Sent(standing=standing, cause=cause, share=share, ended_at=NOON)


@pytest.mark.parametrize(
    ("was", "held", "standing"),
    [
        (sent(Standing.DUE), None, Standing.DUE),
        (sent(Standing.DUE), SAME, Standing.DUE),
        (sent(Standing.DUE), OTHER, Standing.DUE),
        (sent(Standing.ARRIVED), None, Standing.ARRIVED),
        (sent(Standing.ARRIVED), SAME, Standing.ARRIVED),
        (sent(Standing.ARRIVED), OTHER, Standing.BY_HAND),
        (sent(Standing.ARRIVED), NOUGHT, Standing.BY_HAND),
        (sent(Standing.ARRIVED, share=0), NOUGHT, Standing.ARRIVED),
        (sent(Standing.ARRIVED), NONE, Standing.MISSING),
        (sent(Standing.ARRIVED, Cause.GRADED_BY_HAND), None, Standing.BY_HAND),
        (sent(Standing.ARRIVED, Cause.GRADED_BY_HAND), OTHER, Standing.BY_HAND),
        (sent(Standing.ARRIVED, Cause.GRADED_BY_HAND), SAME, Standing.ARRIVED),
        (sent(Standing.REPLACED), None, Standing.REPLACED),
        (sent(Standing.REPLACED), OTHER, Standing.REPLACED),
        (sent(Standing.REPLACED), SAME, Standing.ARRIVED),
        (sent(Standing.REPLACED), NONE, Standing.MISSING),
        (sent(Standing.FAILED), None, Standing.FAILED),
        (sent(Standing.FAILED), OTHER, Standing.FAILED),
        (sent(Standing.FAILED), NONE, Standing.FAILED),
        (sent(Standing.FAILED), SAME, Standing.ARRIVED),
    ],
)
def test_a_grade_stands_as_the_gradebook_says_where_it_was_read(
    was: Sent, held: Held | None, standing: Standing
) -> None:
    assert rules.standing(was, held) is standing


@pytest.mark.parametrize(
    ("ended_at", "is_newer"), [(None, True), (NOON, True), (NOON - MINUTE, True), (NOON + MINUTE, False)]
)
def test_what_was_read_before_a_score_ended_says_nothing_of_it(ended_at: datetime | None, *, is_newer: bool) -> None:
    one = Sent(standing=Standing.ARRIVED, cause=None, share=0.75, ended_at=ended_at)

    assert rules.newer(one, OTHER) is (OTHER if is_newer else None)
