from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from lti_tool.demo.moodle.settings import STOCK_ROLES
from tests.moodle_sync.exporting.moving import Furnished
from tests.moodle_sync.miniature import TOKEN, Miniature, make_miniature


@pytest.fixture
def empty(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Miniature]]:
    """Make sites without anything, whose roles have Moodle's own numbers, and where people may share an address."""
    monkeypatch.setenv("MOODLE_TOKEN", TOKEN)
    made: list[Miniature] = []

    def make() -> Miniature:
        made.append(make_miniature(roles=STOCK_ROLES))
        made[-1].site.settings = replace(made[-1].site.settings, shared_addresses=True)
        return made[-1]

    yield make
    for miniature in made:
        miniature.site.close()


@pytest.fixture
def furnished(empty: Callable[[], Miniature]) -> Furnished:
    """Give a site that is filled by hand."""
    return Furnished(empty())
