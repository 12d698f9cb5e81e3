"""Translations on SQLite only, but where two write at once."""

import pytest

from tests.lti_tool.community.talking import Enter


@pytest.fixture
def enter(sqlite_enter: Enter) -> Enter:
    return sqlite_enter
