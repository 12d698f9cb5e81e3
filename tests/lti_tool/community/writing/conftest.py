"""What is written and read on SQLite only, since the database makes no difference to it."""

import pytest

from tests.lti_tool.community.talking import Enter


@pytest.fixture
def enter(sqlite_enter: Enter) -> Enter:
    return sqlite_enter
