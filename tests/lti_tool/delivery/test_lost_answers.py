"""Where an answer was lost, or somebody else graded meanwhile, what the gradebook holds decides."""

import pytest
from flask import Response
from sqlalchemy import select

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.delivery import store, worker
from lti_tool.delivery.tables import DeliveryRow
from lti_tool.demo.moodle.faults import DROP, LOSE
from tests.lti_tool.delivery.conftest import School
from tests.lti_tool.platform import SCORE_SCOPE


@pytest.mark.parametrize("given", [45, 0])
def test_a_score_whose_answer_was_lost_counts_as_delivered_once_it_is_seen(school: School, given: float) -> None:
    school.give(given)
    school.order("scores", LOSE)
    school.sweep()

    school.ticker.move(minutes=1)
    school.sweep()

    assert (school.grade, school.states(), school.attempts()) == (given, ["delivered"], 2)


def test_a_worker_that_was_killed_after_sending_makes_no_second_grade(school: School) -> None:
    school.give(45)
    with school.tool.app_context():
        taken = store.take_due(now())
        assert taken is not None
        worker._attempt(taken)  # noqa: SLF001 - and killed before it could write that down
    school.sweep()
    untouched = school.states()

    school.ticker.move(minutes=2)
    school.sweep()

    assert untouched == ["due"]
    assert (school.grade, school.states()) == (45, ["delivered"])


def test_a_worker_that_was_killed_before_sending_costs_two_minutes(school: School) -> None:
    school.give(45)
    with school.tool.app_context():
        store.take_due(now())

    school.ticker.move(minutes=2)
    school.sweep()

    assert (school.grade, school.states()) == (45, ["delivered"])


def test_a_grade_that_a_trainer_changed_since_stays_and_the_score_is_superseded(school: School) -> None:
    school.give(20)
    school.sweep()
    school.change_grade(50)
    school.give(30)

    school.ticker.move(seconds=1)
    school.sweep()

    assert school.grade == 50
    assert school.states() == ["delivered", "superseded"]


def test_an_older_score_of_ours_that_came_late_is_replaced(school: School) -> None:
    school.give(20)
    school.sweep()
    school.ticker.move(seconds=-30)
    with school.tool.app_context():
        row = db.session.scalars(select(DeliveryRow)).one()
        row.scored_at = now()  # as if the clock of whoever sent it had been ahead
        db.session.commit()
    school.give(30)

    for _ in range(40):
        school.ticker.move(seconds=1)
        school.sweep()

    assert school.grade == 30
    assert school.states() == ["delivered", "delivered"]


def test_a_result_that_cannot_be_read_after_a_conflict_is_asked_for_again(school: School) -> None:
    school.give(45)
    school.order("scores", LOSE)
    school.sweep()
    school.order("results", 503)
    school.ticker.move(minutes=1)
    school.sweep()
    before = school.states()

    school.ticker.move(minutes=5)
    school.sweep()

    assert (before, school.states()) == (["due"], ["delivered"])


def test_a_result_that_cannot_be_read_for_a_week_is_given_up(school: School) -> None:
    school.give(45)
    school.ticker.move(days=7, seconds=1)
    school.order("scores", 409)
    school.order("results", 503)

    school.sweep()

    assert school.states() == ["failed"]


ALREADY_THERE = '{"timestamp": ["Score already exists for the provided timestamp"]}'
"""What Open edX's LTI consumer answers, with 400, to a score that it has with the same time."""


@pytest.mark.parametrize(
    ("lost", "state", "cause"), [(LOSE, "delivered", None), (DROP, "failed", "not_understood")], ids=["taken", "not"]
)
def test_a_refusal_that_says_something_is_held_against_the_gradebook(
    school: School, lost: int, state: str, cause: str | None
) -> None:
    school.give(45)
    school.order("scores", lost, Response(ALREADY_THERE, 400))
    school.sweep()

    school.ticker.move(minutes=1)
    school.sweep()

    assert (school.states(), school.causes(), school.attempts()) == ([state], [cause], 2)


def test_a_refusal_of_a_score_over_another_grade_stands(school: School) -> None:
    school.give(20)
    school.sweep()
    school.ticker.move(seconds=1)
    school.give(45)
    school.order("scores", Response("malformed", 400))

    school.sweep()

    assert (school.grade, school.states()[-1], school.causes()[-1]) == (20, "failed", "not_understood")


def test_a_result_that_cannot_be_read_after_a_refusal_is_asked_for_again(school: School) -> None:
    school.give(45)
    school.order("scores", LOSE, Response(ALREADY_THERE, 400))
    school.sweep()
    school.order("results", 503)
    school.ticker.move(minutes=1)
    school.sweep()
    before = school.states()

    school.ticker.move(minutes=5)
    school.sweep()

    assert (before, school.states()) == (["due"], ["delivered"])


def test_moodles_refusal_of_a_score_that_it_read_needs_no_second_look(school: School) -> None:
    school.order("scores", Response("[]", 400))
    school.order("results", 503)
    school.give(45)

    school.sweep()

    assert (school.states(), school.causes()) == (["failed"], ["no_gradable_role"])
    assert school.moodle.extensions["faults"]["results"] == [503]


def test_without_the_right_to_read_results_a_refusal_stands(school: School) -> None:
    school.change_placement(scopes=[SCORE_SCOPE])
    school.give(45)
    school.order("scores", LOSE, Response(ALREADY_THERE, 400))
    school.sweep()

    school.ticker.move(minutes=1)
    school.sweep()

    assert (school.states(), school.causes()) == (["failed"], ["not_understood"])


@pytest.mark.parametrize("fault", [401, 404, 500, DROP])
def test_a_score_that_cannot_be_read_back_is_delivered_all_the_same(school: School, fault: int) -> None:
    school.order("results", fault, fault)
    school.give(45)

    school.sweep()

    assert (school.grade, school.states(), school.causes()) == (45, ["delivered"], [None])


def test_without_the_right_to_read_results_none_are_asked_for(school: School) -> None:
    school.change_placement(scopes=[SCORE_SCOPE])
    school.order("results", 503)
    school.give(45)
    school.order("scores", LOSE)
    school.sweep()

    school.ticker.move(minutes=1)
    school.sweep()

    assert (school.grade, school.states()) == (45, ["superseded"])
    assert school.moodle.extensions["faults"]["results"] == [503]
