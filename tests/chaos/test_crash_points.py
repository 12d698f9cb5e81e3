"""A process of the tool that is killed at any point costs a delay: what comes of it is what comes without a crash."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from flask import Response

from lti_tool.demo.moodle.faults import Work
from tests.chaos.launcher import POINTS
from tests.chaos.school import MAXIMUM, School, expect_nothing_lost
from tests.chaos.trainees import Trainee
from tests.chaos.victims import Victim, running

NEVER = "1000000000"
ON_THE_WIRE: dict[str, tuple[str, Callable[[Victim], Callable[[Work], Response]]]] = {
    "when Moodle is asked for a token": ("token", lambda victim: victim.dies_before),
    "when Moodle has made a token, before it answers": ("token", lambda victim: victim.dies_after),
    "when a score has come to Moodle, before it works": ("scores", lambda victim: victim.dies_before),
    "when Moodle has entered a score, before it answers": ("scores", lambda victim: victim.dies_after),
}
OF_THE_WEB = [point for point in POINTS if "submission" in point or "before the answer" in point]
OF_THE_WORKER = [point for point in POINTS if point not in OF_THE_WEB]


def on_each_database(points: Iterable[str]) -> list[tuple[str, str]]:
    """Try all points on SQLite, and on PostgreSQL those that lie before or after a commit."""
    return [("sqlite", point) for point in points] + [("postgresql", point) for point in points if "commit" in point]


@pytest.mark.parametrize(("school", "point"), on_each_database(OF_THE_WORKER), indirect=["school"])
def test_a_worker_that_is_killed_at_a_point_costs_a_delay(school: School, tmp_path: Path, point: str) -> None:
    with running(Victim(school, tmp_path, "worker", point)) as victim:
        school.all_hand_in(10)
        victim.wait_for_its_moment()

    school.work_until_all_has_ended()

    assert school.counts() == {"delivered": len(school.desks)}
    expect_nothing_lost(school)


@pytest.mark.parametrize(("school", "point"), on_each_database(ON_THE_WIRE), indirect=["school"])
def test_a_worker_that_is_killed_while_moodle_works_costs_a_delay(school: School, tmp_path: Path, point: str) -> None:
    endpoint, dies = ON_THE_WIRE[point]
    with running(Victim(school, tmp_path, "worker", NEVER)) as victim:
        school.order(endpoint, dies(victim))
        school.all_hand_in(10)
        victim.wait_for_its_moment()

    school.work_until_all_has_ended()

    assert school.counts() == {"delivered": len(school.desks)}
    expect_nothing_lost(school)


@pytest.mark.parametrize(("school", "point"), on_each_database(OF_THE_WEB), indirect=["school"])
def test_a_web_process_that_is_killed_at_a_point_costs_a_retry(school: School, tmp_path: Path, point: str) -> None:
    trainee = Trainee(school, school.desks[0])
    with running(Victim(school, tmp_path, "web", point)) as victim:
        victim.wait_until_it_answers()
        trainee.go_to([victim.port, school.port])

        trainee.hand_in("The cooperative that cooks school meals")
        victim.wait_for_its_moment()

    school.given = school.handed_in()
    school.work_until_all_has_ended()

    assert (trainee.tries, trainee.acknowledged) == (2, 1)
    assert school.given == {school.desks[0]: [MAXIMUM]}
    assert school.counts() == {"delivered": 1}
    expect_nothing_lost(school)
