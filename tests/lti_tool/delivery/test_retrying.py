"""What Moodle could not take arrives later, in time, and what it never will take is given up."""

import pytest
from flask import Response
from sqlalchemy import select

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.delivery import store
from lti_tool.delivery.tables import DeliveryRow
from lti_tool.demo.moodle.faults import DROP
from lti_tool.demo.moodle.tables import Enrolment
from tests.lti_tool.delivery.conftest import School


@pytest.mark.parametrize("fault", [401, 403, 429, 500, 503, DROP])
def test_a_score_that_moodle_could_not_take_arrives_later(school: School, fault: int) -> None:
    school.give(45)
    school.order("scores", fault)
    school.sweep()
    before = (school.grade, school.states())

    school.ticker.move(minutes=1)
    school.sweep()

    assert before == (None, ["due"])
    assert (school.grade, school.states()) == (45, ["delivered"])


@pytest.mark.parametrize("fault", [400, 401, 404, 500, 503, DROP])
def test_a_score_waits_while_moodle_gives_no_access(school: School, fault: int) -> None:
    """Moodle's 400 stands for a key set of ours that it could not read just then, too."""
    school.give(45)
    school.order("token", fault)
    school.sweep()
    before = (school.grade, school.states())

    school.ticker.move(minutes=1)
    school.sweep()

    assert before == (None, ["due"])
    assert (school.grade, school.states()) == (45, ["delivered"])


def test_a_score_is_not_sent_while_its_pause_lasts(school: School) -> None:
    school.give(45)
    school.order("scores", 503)
    school.sweep()

    school.ticker.move(seconds=5)
    school.sweep()

    assert school.attempts() == 1


def test_a_score_is_given_up_after_a_week(school: School) -> None:
    school.give(45)
    school.ticker.move(days=7, seconds=1)
    school.order("scores", 503)

    school.sweep()

    assert school.states() == ["failed"]


def test_a_person_who_can_have_no_grade_is_not_tried_again(school: School) -> None:
    with school.site.session() as session:
        trainee = school.seeded.people["trainee1"]
        session.scalars(select(Enrolment).filter_by(user_id=trainee)).one().role = "teacher"
    school.give(45)

    school.sweep()

    assert school.states() == ["failed"]


# A platform in trouble


@pytest.mark.parametrize("service", ["scores", "token"])
@pytest.mark.parametrize("status", [429, 503])
def test_a_platform_that_asks_for_a_pause_gets_it_for_all_its_scores(school: School, service: str, status: int) -> None:
    school.give(45)
    school.order(service, Response(status=status, headers={"Retry-After": "120"}))
    school.sweep()
    school.give_others(1)

    tried = []
    for seconds in (0, 119, 1):
        school.ticker.move(seconds=seconds)
        school.sweep()
        tried.append(school.attempts())

    assert tried == [0, 0, 1]
    assert school.states() == ["delivered", "failed"]


def test_a_score_waits_as_long_as_its_platform_asks(school: School) -> None:
    school.give(45)
    school.order("scores", Response(status=503, headers={"Retry-After": "600"}))
    school.sweep()

    with school.tool.app_context():
        moment = store.next_moment(now())
        assert moment is not None
        assert (moment - now()).total_seconds() == 600


@pytest.mark.parametrize(
    ("faults", "tried"),
    [
        ([503, 502, 504], 3),
        ([429, 429, DROP], 3),
        ([503, 503], 5),
        ([500, 500, 500], 5),
        ([503, 503, 500, 503, 503], 5),
    ],
)
def test_a_platform_that_fails_three_times_in_a_row_is_left_alone(
    school: School, faults: list[int], tried: int
) -> None:
    school.give_others(5)
    school.order("scores", *faults)

    school.sweep()

    with school.tool.app_context():
        assert sum(db.session.scalars(select(DeliveryRow.attempts))) == tried
