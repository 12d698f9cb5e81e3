"""The exercise page as those who write on it use it."""

from playwright.sync_api import Locator, Page, expect

SAVED = "Everything is saved."
KEPT = "Not saved yet: kept in this browser until the server has it."
ELSEWHERE = "A note was changed elsewhere: choose which text to keep."
QUESTION = "Which community do you map"
WHAT = "What meets the need"


def cell(page: Page, row: str = "Subsistence", column: str = "Having") -> Locator:
    """Find a cell of the matrix."""
    return page.get_by_role("group", name=f"{row} {column}", exact=True)


def add_note(page: Page, text: str, row: str = "Subsistence", column: str = "Having") -> Locator:
    """Begin a note in a cell; give its first field."""
    cell(page, row, column).get_by_text("Add a note").and_(page.locator(":visible")).click()
    field = cell(page, row, column).get_by_label(WHAT).last
    expect(field).to_have_value("")  # the note before is the last one until the box has opened
    field.fill(text)
    return field


def state(page: Page) -> Locator:
    """Find where the page says what became of the text."""
    return page.locator("[data-state]")


def save_by_pausing(page: Page, field: Locator, text: str) -> None:
    """Type, and wait until that is saved by itself."""
    field.fill(text)
    expect(state(page)).to_have_text(SAVED)
