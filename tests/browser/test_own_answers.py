"""Answers that a reader keeps for themselves, in a browser: kept as they are written, and without a line."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import accessible
from tests.browser.running_tool import RunningTool

UNIT = "unit/needs-and-satisfiers"
SAVES = "**/unit/answers/*"


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


def test_an_answer_that_never_reached_the_server_is_brought_back_and_kept(show: Callable[[], Page]) -> None:
    page = show()
    context, address = page.context, page.url
    context.route(SAVES, lambda route: route.abort())
    answer(page).fill("The day centre")
    page.get_by_role("button", name="Keep it for me").first.click()
    expect(state(page)).to_contain_text("Not kept yet")
    page.close()
    context.unroute(SAVES)

    again = context.new_page()
    again.goto(address)

    expect(answer(again)).to_have_value("The day centre")
    again.wait_for_function(
        "() => localStorage.length === 0"
    )  # what a page sends in closing may have arrived after all
    again.reload()
    expect(answer(again)).to_have_value("The day centre")


def test_two_windows_show_both_texts(show: Callable[[], Page]) -> None:
    page = show()
    other = page.context.new_page()
    other.goto(page.url)
    answer(page).fill("From here")
    expect(state(page)).to_have_text("Kept.")

    answer(other).fill("From there")

    expect(other.get_by_role("alert")).to_contain_text("From here")
    expect(answer(other)).to_have_value("From there")
