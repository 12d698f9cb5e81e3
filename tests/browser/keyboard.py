"""Somebody who uses the keyboard alone."""

import pytest
from playwright.sync_api import Locator, Page


def press_until(page: Page, target: Locator) -> None:
    """Go on with the Tab key until something has the focus."""
    for _ in range(200):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{target} can't be reached with Tab")
