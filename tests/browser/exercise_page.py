"""The exercise page as those who write on it use it."""

import re

from playwright.sync_api import Locator, Page, Route, expect

SAVED = "Everything is saved."
SAVING = "Saving…"
KEPT = "Not saved yet: kept in this browser until the server has it."
ELSEWHERE = "A note was changed elsewhere: choose which text to keep."
QUESTION = re.compile("Which community do you map")
WHAT = "What meets the need"
NOTES = re.compile(r"/exercise/notes/[0-9a-f-]{36}(\?|$)")
MAP = "exercise/power-interest-map"


def alive(page: Page) -> Page:
    """Wait until the page's script answers: nobody presses faster."""
    expect(page.locator("#exercise.is-scripted")).to_be_attached()
    return page


def cell(page: Page, row: str = "Subsistence", column: str = "Having") -> Locator:
    """Find a cell of the matrix."""
    return page.get_by_role("cell", name=f"{row} {column}", exact=True)


def cards(page: Page) -> Locator:
    """Find the pile of cards."""
    return page.locator("[data-cell=cards]").first


def question(page: Page) -> Locator:
    """Find the matrix's first question with its answer."""
    return page.get_by_role("group", name=QUESTION).and_(page.locator("[data-cell]"))


def notes(place: Locator) -> Locator:
    """Find the notes of a cell that are shown."""
    return place.locator("[data-note]:not(.is-deleted):visible")


def words(place: Locator) -> Locator:
    """Find what is to be read of the notes of a cell."""
    return place.locator("[data-open] bdi")


def begin(place: Locator) -> Locator:
    """Open the quick line of a cell; give it."""
    alive(place.page)
    place.locator("[data-add]").click()
    return place.locator("[data-quick]")


def add_note(page: Page, text: str, row: str = "Subsistence", column: str = "Having") -> Locator:
    """Add a note to a cell of the matrix; give it."""
    return add_to(cell(page, row, column), text)


def add_to(place: Locator, text: str) -> Locator:
    """Add a note to a cell; give it."""
    line = begin(place)
    line.fill(text)
    line.press("Enter")
    line.press("Escape")
    return notes(place).last


def open_note(note: Locator) -> Locator:
    """Open a note's editor; give it."""
    alive(note.page)
    note.locator("[data-open]").click()
    return editor(note.page)


def editor(page: Page) -> Locator:
    """Find the editor that is open."""
    return page.locator(".editor")


def first_field(page: Page) -> Locator:
    """Find the first field of the editor that is open."""
    return editor(page).get_by_role("textbox").first


def answer(page: Page, text: str) -> Locator:
    """Write an answer to the matrix's first question; give its field, which stays open."""
    return _answer(question(page), text)


def answer_first(page: Page, text: str) -> Locator:
    """Write an answer to the first question of any exercise."""
    return _answer(page.locator("[data-kind=questions] [data-cell]").first, text)


def _answer(place: Locator, text: str) -> Locator:
    alive(place.page)
    place.get_by_role("link").and_(place.page.locator(":visible")).click()
    first_field(place.page).fill(text)
    return first_field(place.page)


def done(page: Page) -> None:
    """Close the editor."""
    editor(page).get_by_role("button", name="Done").click()
    expect(editor(page)).to_have_count(0)


def state(page: Page) -> Locator:
    """Find where the page says what became of the text."""
    return page.locator("[data-state]")


def answered(page: Page, text: str) -> None:
    """Answer the first question, and wait until that is saved."""
    answer(page, text)
    done(page)
    expect(state(page)).to_have_text(SAVED)


def conflict(page: Page) -> Locator:
    """Find the choice between two texts."""
    return page.get_by_role("group", name="This note was changed elsewhere")


def obstacles(page: Page) -> Locator:
    """Find what stands in the way of handing in."""
    return page.locator("[data-obstacles]")


def hand_in(page: Page) -> None:
    """Press the button."""
    alive(page)
    page.get_by_role("button", name="Hand in").click()


def kept(page: Page) -> list[str]:
    """Give the keys of what this browser keeps."""
    return [str(key) for key in page.evaluate("Object.keys(localStorage)")]


def close_without_a_line(page: Page) -> None:
    """Close a page whose last try finds no line.

    The browser itself may send that one: it takes its outage back before it closes a page.
    """
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('no line')) }")
    page.close()


def drag(page: Page, note: Locator, target: Locator, *, let_go: bool = True) -> None:
    """Drag a note by the mouse over the upper edge of something."""
    note.scroll_into_view_if_needed()
    _move(page, note)
    page.mouse.down()
    _move(page, target)
    _move(page, target)  # a browser tells of the first step only that something is dragged
    if let_go:
        page.mouse.up()


def _move(page: Page, over: Locator) -> None:
    box = over.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 4)


def hold_the_first_save(page: Page) -> list[Route]:
    """Keep the next note that is sent on its way, until it is let go."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        if route.request.method != "PUT" or held:
            route.continue_()
        else:
            held.append(route)

    page.route(NOTES, hold)
    return held
