"""Where the real Moodle is; without it these tests fail, since nothing else can stand in."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.live.browsers import PATIENCE
from tests.live.moodle import Moodle

expect.set_options(timeout=1_000 * PATIENCE)


@pytest.fixture(scope="class")
def site(browser: Browser) -> Iterator[Moodle]:
    """Give a real Moodle with a course and people for this run."""
    variables = ("MOODLE_URL", "MOODLE_ADMIN", "MOODLE_PASSWORD")
    missing = [name for name in variables if not os.environ.get(name)]
    assert not missing, f"set {', '.join(missing)}"
    moodle = Moodle(browser, *(os.environ[name] for name in variables))
    try:
        moodle.furnish()
        yield moodle
    finally:
        moodle.close()
