"""The specification of runs, on a real Moodle; the token is as that of the sync's."""

import os
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex

import pytest

from tests.live.installing import ROLES, take_away
from tests.spec.runs import Office, RunsSpecification


@pytest.fixture(scope="class")
def running_it(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Give an administrator's folder, with names of this run's own."""
    missing = [name for name in ("MOODLE_URL", "MOODLE_TOKEN") if not os.environ.get(name)]
    assert not missing, f"set {', '.join(missing)}"
    folder: Path = tmp_path_factory.mktemp("runs")
    url = os.environ["MOODLE_URL"].rstrip("/")
    made = Office(folder, url, os.environ["MOODLE_TOKEN"], ROLES["student"], token_hex(4))
    yield made
    take_away(made)


class TestRunsOnARealMoodle(RunsSpecification):
    """The story as it stands."""
