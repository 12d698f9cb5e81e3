"""Looking after the community on SQLite only, where the database makes no difference."""

import pytest

from tests.lti_tool.community.talking import Enter


@pytest.fixture
def enter(sqlite_enter: Enter) -> Enter:
    return sqlite_enter
