"""The tool on a database of each kind, beside a miniature of Moodle."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chaos.school import School, open_school
from tests.lti_tool.databases import new_postgresql_database, new_sqlite_database
from tests.lti_tool.ticking import Ticker


@pytest.fixture(params=["sqlite", "postgresql"])
def school(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[School]:
    """Give the tool and a Moodle that know each other."""
    if request.param == "sqlite":
        url = new_sqlite_database(tmp_path)
    else:
        url = new_postgresql_database(request.getfixturevalue("postgresql"))
    with open_school(url, Ticker()) as opened:
        yield opened
