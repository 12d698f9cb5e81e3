"""The specification of circles, on the miniature."""

from pathlib import Path

import pytest

from tests.moodle_sync.miniature import ROLE_IDS, Running
from tests.spec.circles import CirclesSpecification
from tests.spec.sync import Installation


@pytest.fixture(scope="class")
def installation(running: Running, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Give an administrator's folder."""
    folder: Path = tmp_path_factory.mktemp("circles")
    roles = {name: ROLE_IDS[name] for name in ("student", "editingteacher")}
    return Installation(folder, running.url, running.token, roles, "mini")


class TestCirclesOnTheMiniature(CirclesSpecification):
    """The story as it stands."""
