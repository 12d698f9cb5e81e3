from collections.abc import Iterator
from pathlib import Path

import pytest

from lti_tool.demo.moodle.settings import MoodleSettings
from moodle_sync.journal.journal import Journal
from tests.moodle_sync.administered import Administered
from tests.moodle_sync.folder import name_site, write_folder
from tests.moodle_sync.miniature import Miniature, Running, make_miniature, running_miniature


@pytest.fixture(scope="session")
def prepared_miniature() -> Iterator[tuple[Miniature, bytes, MoodleSettings]]:
    """Make a site once, and copy its state."""
    made = make_miniature()
    yield made, made.site.snapshot(), made.site.settings
    made.site.close()


@pytest.fixture
def miniature(prepared_miniature: tuple[Miniature, bytes, MoodleSettings]) -> Miniature:
    """Give a site without courses, as it was at first."""
    made, state, settings = prepared_miniature
    made.site.restore(state)
    made.site.settings = settings
    made.app.extensions["faults"].clear()
    made.calls.clear()
    return made


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    """Give the site's journal, empty."""
    with Journal.open(tmp_path / "journal.sqlite", "http://localhost:8100") as opened:
        yield opened


@pytest.fixture
def site(miniature: Miniature, journal: Journal) -> Administered:
    """Give a site without courses, with its journal."""
    return Administered(miniature, journal)


@pytest.fixture(scope="class")
def running() -> Iterator[Running]:
    """Give a site without courses on a port."""
    with running_miniature() as site:
        yield site


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with a curriculum and a file of people; the site in it is nowhere."""
    return write_folder(tmp_path)


@pytest.fixture(scope="class")
def there(running: Running, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give such a folder with a site that is there: both are the same for all tests of a class, one story."""
    made = write_folder(tmp_path_factory.mktemp("there"))
    name_site(made, running.url)
    return made
