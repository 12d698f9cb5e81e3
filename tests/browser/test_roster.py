from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.miniature import Miniature, running_miniature
from tests.spec.roster import Roster


@pytest.fixture(scope="class")
def site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Miniature]:
    folder: Path = tmp_path_factory.mktemp("miniature")
    with running_miniature(folder) as url:
        yield Miniature(browser, url)


class TestRoster(Roster):
    """Who is missing, on the miniature."""
