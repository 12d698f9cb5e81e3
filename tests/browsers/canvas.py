"""The exercise page, as those who write on it use it."""

from tests.browsers.page import ENTER, ESCAPE, Page

CELL = "[data-part=matrix] [data-cell='subsistence/having']"
NOTE = f"{CELL} [data-note]"
SAVED = "Everything is saved."
KEPT = "Not saved yet"
HANDED_IN = "#submission", "Handed in:"


def add_note(page: Page, text: str) -> None:
    """Write a note on the cell's quick line, which stays open for the next one until it is left."""
    page.see("#exercise.is-scripted")
    page.click(f"{CELL} [data-add]")
    page.write(f"{CELL} [data-quick]", text + ENTER)
    page.write(f"{CELL} [data-quick]", ESCAPE)
    page.see(f"{NOTE} .words", text)


def open_note(page: Page, text: str) -> None:
    """Open the editor in a note's place."""
    page.see("#exercise.is-scripted")
    page.click(f"{NOTE} [data-open]", text)
    page.see(f"{CELL} [data-editing]")


def add_words(page: Page, text: str) -> None:
    """Write on in the editor that is open, and close it."""
    page.write(f"{CELL} [data-editing] textarea", text)
    page.click(f"{CELL} [data-do=done]")


def open_everything(page: Page) -> None:
    """Open an editor, a quick line, or both: whatever the page has for writing."""
    page.see("#exercise.is-scripted, .unit")
    for opener in ("[data-note] [data-open]", "[data-add]"):
        if page.sees(opener):
            page.click(opener)
            page.see("[data-editing], [data-quick]")


def see_state(page: Page, text: str) -> None:
    """Wait until the page says so of what was written."""
    page.see("[data-state]", text)


def hand_in(page: Page) -> None:
    """Hand in, and wait until that was taken."""
    page.click("[data-hand-in] button.primary")
    page.see(*HANDED_IN)
