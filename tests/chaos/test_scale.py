"""PostgreSQL and Redis, three web processes and two workers, and one of each killed under load: nothing is lost."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from lti_tool import database
from tests.chaos.fleet import Fleet
from tests.chaos.school import School, expect_nothing_lost, open_school
from tests.chaos.trainees import Trainee
from tests.lti_tool.databases import new_postgresql_database
from tests.lti_tool.ticking import Ticker

CLASS = [f"trainee-{number}" for number in range(1, 41)]
TIMES = 3
"""Everybody hands in so often."""
AT_ONCE = 8
"""Trainees who press the button at the same time."""
DEATHS = {30: "serve-2", 60: "worker-1"}
"""After how many submissions, of all that the class makes, which process is killed."""


@pytest.fixture
def school(postgresql: str, redis_url: str) -> Iterator[School]:
    """Give a class of forty, on a database that was migrated as administrators do."""
    url = new_postgresql_database(postgresql)
    database.migrate(url)
    with open_school(url, Ticker(), trainees=CLASS, wakeups=redis_url) as opened:
        yield opened


def test_one_web_process_and_one_worker_that_are_killed_under_load_lose_nothing(school: School, tmp_path: Path) -> None:
    desks = school.desks[: len(CLASS)]
    with ExitStack() as stack, ThreadPoolExecutor(AT_ONCE) as pool:
        fleet = stack.enter_context(Fleet(school, tmp_path, webs=3, workers=2))
        trainees = list(pool.map(lambda desk: Trainee(school, desk), desks))
        for trainee in trainees:
            trainee.go_to(fleet.ports, rotates=True)

        submissions = [pool.submit(trainee.hand_in, "x") for _ in range(TIMES) for trainee in trainees]
        for number, submission in enumerate(submissions):
            submission.result()
            if number in DEATHS:
                fleet.kill(DEATHS[number])
        acknowledged = {desk: trainee.acknowledged for desk, trainee in zip(desks, trainees, strict=True)}
        fleet.wait_until_little_waits(school)
    school.given = school.handed_in()
    school.work_until_all_has_ended()

    assert {desk: len(given) for desk, given in school.given.items()} == acknowledged
    expect_nothing_lost(school)
