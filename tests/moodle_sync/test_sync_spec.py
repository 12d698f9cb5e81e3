"""The specification of the sync, on the miniature."""

from pathlib import Path

import pytest

from tests.moodle_sync.miniature import ROLE_IDS, Running
from tests.spec.sync import Installation, SyncSpecification
from tests.spec.taking_back import UndoSpecification


@pytest.fixture(scope="class")
def installation(running: Running, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Give an administrator's folder."""
    folder: Path = tmp_path_factory.mktemp("sync")
    roles = {name: ROLE_IDS[name] for name in ("student", "editingteacher")}
    return Installation(folder, running.url, running.token, roles, "mini")


class TestSyncOnTheMiniature(SyncSpecification):
    """The story as it stands, and who was mailed in it."""

    def test_everybody_was_mailed_once(self, running: Running) -> None:
        assert running.miniature.mails() == 56


class TestUndoOnTheMiniature(UndoSpecification):
    """The story as it stands."""
