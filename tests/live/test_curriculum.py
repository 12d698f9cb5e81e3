"""The specification of a curriculum that goes on changing, on a real Moodle.

The token must be an administrator's; beside what the sync needs, its service needs core_course_delete_categories, by
which the run's course and categories are taken away again.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex

import pytest

from tests.spec.curriculum import CurriculumSpecification
from tests.spec.kept import Kept


@pytest.fixture(scope="class")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """Give an administrator's folder and the site's pages, with names of this run's own."""
    missing = [name for name in ("MOODLE_URL", "MOODLE_TOKEN") if not os.environ.get(name)]
    assert not missing, f"set {', '.join(missing)}"
    folder: Path = tmp_path_factory.mktemp("kept")
    made = Kept(folder, os.environ["MOODLE_URL"].rstrip("/"), os.environ["MOODLE_TOKEN"], token_hex(4))
    yield made
    made.take_away()


class TestCurriculumOnARealMoodle(CurriculumSpecification):
    """The story as it stands."""
