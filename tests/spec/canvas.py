"""The exercise page, in Moodle's frame or in a tab, as the stories use it."""

import re

from playwright.sync_api import FrameLocator, Locator, Page, expect

from content.load import load

TEXT = load().exercise("needs-matrix").texts["en"]
QUESTIONS = [str(question) for question in TEXT.parts["reflection"].captions["questions"].values()]
COMMUNITY_QUESTION = str(TEXT.parts["start"].captions["questions"]["community"])


def alive(page: FrameLocator | Page) -> FrameLocator | Page:
    """Wait until the page's script answers."""
    expect(page.locator("#exercise.is-scripted")).to_be_attached()
    return page


def question(page: FrameLocator | Page, words: str = COMMUNITY_QUESTION) -> Locator:
    """Find a question with its answer."""
    return page.locator("[data-cell]").and_(page.get_by_role("group", name=words))


def answer(page: FrameLocator | Page, words: str, text: str) -> None:
    """Answer a question."""
    place = question(alive(page), words)
    place.get_by_role("link").and_(page.locator(":visible")).click()
    place.get_by_role("textbox").fill(text)
    place.get_by_role("button", name="Done").click()
    expect(place.locator("[data-editing]")).to_have_count(0)


def write_note(page: FrameLocator | Page, row: str, column: str, text: str, effect: str) -> None:
    """Write one note into a cell of the needs matrix, and choose what it does."""
    cell = alive(page).get_by_role("cell", name=f"{row} {column}", exact=True)
    cell.locator("[data-add]").click()
    cell.locator("[data-quick]").fill(text)
    cell.locator("[data-quick]").press("Enter")
    cell.locator("[data-quick]").press("Escape")
    cell.get_by_role("link", name=re.compile(re.escape(text))).click()
    cell.get_by_role("radio", name=effect).check()
    cell.get_by_role("button", name="Done").click()
    expect(cell.locator("[data-editing]")).to_have_count(0)


def hand_in(page: FrameLocator | Page) -> None:
    """Press the button."""
    alive(page).get_by_role("button", name="Hand in").click()


def expect_handed_in(page: FrameLocator | Page) -> None:
    """Wait until the page that comes after handing in says that a submission was taken."""
    expect(page.locator("#submission:target")).to_contain_text("Handed in:")
