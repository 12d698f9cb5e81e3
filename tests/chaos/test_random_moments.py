"""Processes of the tool are killed at random moments while trainees hand in: `make chaos`.

A moment is a number of events of the process: statements, commits, connections and requests. So a seed gives the same
moments on a fast machine and on a slow one.
"""

import os
import random
import time
from datetime import timedelta
from pathlib import Path

import pytest

from lti_tool.clock import utc_now
from tests.chaos.school import School, expect_nothing_lost
from tests.chaos.trainees import Trainee
from tests.chaos.victims import PATIENCE, Victim, running

MOMENTS = int(os.environ.get("MOMENTS", "2"))
"""How many in all, half of them on each database."""
SEED = int(os.environ.get("SEED", "2026"))
LATEST = {"web": 40, "worker": 60}
"""Events; about as many as it takes to hand in, and to send two scores."""
BETWEEN = timedelta(minutes=10)
"""From one moment to the next; longer than a lease."""


def test_what_is_killed_at_random_moments_loses_nothing(
    school: School, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with capsys.disabled():
        print(f"\nSEED={SEED} MOMENTS={MOMENTS}")  # noqa: T201 - a run can be repeated with it
    chance = random.Random(SEED)
    trainees = [Trainee(school, desk) for desk in school.desks[:2]]

    for _ in range(MOMENTS // 2):
        role = chance.choice(list(LATEST))
        moment = chance.randint(1, LATEST[role])
        with running(Victim(school, tmp_path, role, str(moment), ahead=ahead(school))) as victim:
            LIVE_THROUGH[role](school, trainees, victim)
        school.pass_time(BETWEEN)
    school.given = school.handed_in()
    school.work_until_all_has_ended()

    assert [len(given) for given in school.given.values()] == [trainee.acknowledged for trainee in trainees]
    expect_nothing_lost(school)


def ahead(school: School) -> float:
    """Tell how far the school's clock is ahead of the machine's, in seconds."""
    return (school.ticker.time - utc_now()).total_seconds()


def hand_in_while_a_worker_dies(school: School, trainees: list[Trainee], victim: Victim) -> None:
    """Let the worker send what is handed in, until its moment comes or nothing is left."""
    for trainee in trainees:
        trainee.hand_in("The cooperative that cooks school meals")
    deadline = time.monotonic() + PATIENCE
    while not victim.has_died() and school.counts()["due"] and time.monotonic() < deadline:
        time.sleep(0.05)


def hand_in_while_a_web_process_dies(school: School, trainees: list[Trainee], victim: Victim) -> None:
    """Let trainees hand in at the process, and where it is dead at another."""
    victim.wait_until_it_answers()
    for trainee in trainees:
        trainee.go_to([victim.port, school.port])
        trainee.hand_in("The bakery that hires its neighbours")
        trainee.go_to([school.port])


LIVE_THROUGH = {"web": hand_in_while_a_web_process_dies, "worker": hand_in_while_a_worker_dies}
