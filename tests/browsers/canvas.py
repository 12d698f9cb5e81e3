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
    page.open(f"{CELL} [data-add]", f"{CELL} [data-quick]")
    page.write(f"{CELL} [data-quick]", text + ENTER)
    page.write(f"{CELL} [data-quick]", ESCAPE)
    page.see(f"{NOTE} .words", text)


def open_note(page: Page, text: str) -> None:
    """Open the editor in a note's place."""
    page.see("#exercise.is-scripted")
    page.open(f"{NOTE} [data-open]", f"{CELL} [data-editing]", text)


def add_words(page: Page, text: str) -> None:
    """Write on in the editor that is open, and close it."""
    page.write(f"{CELL} [data-editing] textarea", text)
    page.click(f"{CELL} [data-do=done]")


def open_editor(page: Page) -> None:
    """Open a note's editor, or else what adds one; a unit has neither."""
    page.see("#exercise.is-scripted, .unit")
    opener = next((one for one in ("[data-note] [data-open]", "[data-add]") if page.sees(one)), None)
    if opener:
        page.open(opener, "[data-editing], [data-quick]")


def see_state(page: Page, text: str) -> None:
    """Wait until the page says so of what was written."""
    page.see("[data-state]", text)


def hand_in(page: Page) -> None:
    """Hand in, and wait until that was taken."""
    page.click("[data-hand-in] button.primary")
    page.see(*HANDED_IN)
