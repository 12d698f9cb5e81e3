"""The specification of runs, on the miniature."""

from pathlib import Path

import pytest

from tests.moodle_sync.miniature import ROLE_IDS, Running
from tests.spec.runs import Office, RunsSpecification


@pytest.fixture(scope="class")
def running_it(running: Running, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Give an administrator's folder."""
    folder: Path = tmp_path_factory.mktemp("runs")
    return Office(folder, running.url, running.token, ROLE_IDS["student"], "mini")


class TestRunsOnTheMiniature(RunsSpecification):
    """The story as it stands."""
