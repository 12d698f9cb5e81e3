"""Answers that a reader keeps for themselves, in a browser: kept as they are written, and without a line."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import accessible
from tests.browser.running_tool import RunningTool

UNIT = "unit/needs-and-satisfiers"


@pytest.fixture
def show(running: RunningTool, request: pytest.FixtureRequest) -> Callable[[], Page]:
    """Give a function that opens the unit in a course of this test's own."""
    return lambda: running.open(course=request.node.name, activity=UNIT)


def answer(page: Page) -> Locator:
    return page.get_by_label("Which service that you know was chosen")


def state(page: Page) -> Locator:
    return page.locator("#question-chosen-first [data-state]")


def test_an_answer_is_kept_without_a_press(show: Callable[[], Page]) -> None:
    page = show()
    answer(page).fill("The day centre")

    expect(state(page)).to_have_text("Kept.")
    page.reload()
    expect(answer(page)).to_have_value("The day centre")
    assert accessible(page)


def test_an_answer_that_was_written_without_a_line_is_brought_back_and_kept(show: Callable[[], Page]) -> None:
    page = show()
    page.context.set_offline(offline=True)
    answer(page).fill("The day centre")
    page.get_by_role("button", name="Keep it for me").first.click()
    expect(state(page)).to_contain_text("Not kept yet")
    page.context.set_offline(offline=False)
    page.reload()

    expect(answer(page)).to_have_value("The day centre")
    page.wait_for_function("() => localStorage.length === 0")  # the server has it, by whichever of the two pages
    page.reload()
    expect(answer(page)).to_have_value("The day centre")


def test_two_windows_show_both_texts(show: Callable[[], Page]) -> None:
    page = show()
    other = page.context.new_page()
    other.goto(page.url)
    answer(page).fill("From here")
    expect(state(page)).to_have_text("Kept.")

    answer(other).fill("From there")

    expect(other.get_by_role("alert")).to_contain_text("From here")
    expect(answer(other)).to_have_value("From there")
