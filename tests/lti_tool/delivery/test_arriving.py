"""A score arrives in the gradebook once, as last given, with its comment."""

import re

from sqlalchemy import select

from lti_tool.demo.moodle.tables import Grade
from tests.lti_tool.delivery.conftest import School


def test_a_score_arrives_in_the_gradebook(school: School) -> None:
    school.give(45)

    school.sweep()

    assert school.grade == 45
    assert school.states() == ["delivered"]


def test_a_score_is_scaled_to_the_column(school: School) -> None:
    school.give(9, maximum=10)

    school.sweep()

    assert school.grade == 45


def test_a_scores_time_has_milliseconds_and_a_zone(school: School) -> None:
    school.ticker.time = school.ticker.time.replace(microsecond=123_456)
    school.give(45)

    school.sweep()

    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.123\+00:00", str(school.posted[0]["timestamp"]))


def test_a_score_of_nothing_arrives_as_a_grade_of_0(school: School) -> None:
    school.give(0)

    school.sweep()

    assert school.grade == 0
    assert school.states() == ["delivered"]


def test_a_sweep_with_nothing_due_asks_nobody(school: School) -> None:
    school.order("token", 500)

    school.sweep()

    assert school.moodle.extensions["faults"]["token"] == [500]


def test_only_the_last_of_several_scores_is_sent(school: School) -> None:
    for given in (10, 20, 30):
        school.give(given)

    school.ticker.move(seconds=1)
    school.sweep()

    assert school.grade == 30
    assert school.states() == ["superseded", "superseded", "delivered"]


def test_a_comment_arrives_with_its_score(school: School) -> None:
    school.give(45, comment="45 of 50 points\n\nCounted:\n• Everything.")

    school.sweep()

    with school.site.session() as session:
        assert session.scalars(select(Grade.feedback)).one() == "45 of 50 points\n\nCounted:\n• Everything."
