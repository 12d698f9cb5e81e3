"""A journal that is empty, its file, and the clock that it goes by."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from moodle_sync.journal.journal import Journal
from tests.moodle_sync.journal.keeping import SITE, Ticking


@pytest.fixture
def clock() -> Ticking:
    return Ticking()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "moodle-sync.journal"


@pytest.fixture
def journal(file: Path, clock: Ticking) -> Iterator[Journal]:
    with Journal.open(file, SITE, clock) as opened:
        yield opened
