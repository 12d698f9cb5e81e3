"""The pages of files, on SQLite only, since the database makes no difference to them."""

import pytest

from tests.lti_tool.community.talking import Enter


@pytest.fixture
def enter(sqlite_enter: Enter) -> Enter:
    return sqlite_enter
