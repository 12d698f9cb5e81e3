"""The specification of a curriculum that goes on changing, on the miniature."""

from pathlib import Path

import pytest

from tests.moodle_sync.miniature import Running
from tests.spec.curriculum import CurriculumSpecification
from tests.spec.kept import Kept


@pytest.fixture(scope="class")
def kept(running: Running, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """Give an administrator's folder, and the site's pages."""
    folder: Path = tmp_path_factory.mktemp("kept")
    return Kept(folder, running.url, running.token, "mini")


class TestCurriculumOnTheMiniature(CurriculumSpecification):
    """The story as it stands."""
