"""A blueprint and a journal in a browser: notes begun in the table, and entries listed by their months."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.accessibility import accessible
from tests.browser.exercise_page import SAVED, alive, state
from tests.browser.running_tool import RunningTool, running_tool
from tests.content import over_time


@pytest.fixture(scope="module")
def writing(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningTool]:
    """Give a tool whose only exercise has a blueprint and a journal."""
    folder: Path = tmp_path_factory.mktemp("over-time")
    with running_tool(folder, browser) as tool:
        tool.app.extensions["curriculum"] = over_time.curriculum(folder / "content")
        yield tool


@pytest.fixture
def show(writing: RunningTool, request: pytest.FixtureRequest) -> Callable[[], Page]:
    """Give a function that opens the exercise in a course of this test's own."""
    return lambda: alive(writing.open(course=request.node.name, activity="exercise/over-time"))


def row(page: Page, name: str) -> Locator:
    return page.get_by_role("group", name=name, exact=True)


def write(page: Page, name: str, *texts: str) -> None:
    row(page, name).locator("[data-add]").click()
    type_in(page, *texts)


def type_in(page: Page, *texts: str) -> None:
    for text in texts:
        page.locator("[data-quick]").fill(text)
        page.keyboard.press("Enter")
    page.keyboard.press("Escape")


def columns(page: Page) -> list[list[str]]:
    """Give the table's columns: each step with what stands under it."""
    rows = page.locator("[data-blueprint] tr").all()
    cells = [
        [[a.inner_text() for a in cell.locator("a").all()] for cell in one.locator("th, td").all()[1:]] for one in rows
    ]
    return [[" + ".join(cell) for cell in column] for column in zip(*cells, strict=True)]


def test_a_note_that_is_begun_in_the_table_stands_under_its_step(show: Callable[[], Page]) -> None:
    page = show()
    write(page, "Steps", "Asks", "Waits")
    page.get_by_role("button", name="Add a note under this step: In sight").nth(1).click()
    type_in(page, "A bench", "A clock")
    write(page, "In sight", "A sign")

    expect(state(page)).to_have_text(SAVED)
    wanted = [["Asks", "", ""], ["Waits", "A bench + A clock", ""], ["", "A sign", ""]]
    assert columns(page) == wanted
    page.reload()
    assert columns(page) == wanted
    expect(page.get_by_role("button", name="Add a note under this step")).to_have_count(4)  # it was drawn again


def test_the_editor_offers_the_steps_alone(show: Callable[[], Page]) -> None:
    page = show()
    write(page, "Steps", "Asks")
    write(page, "In sight", "A bench", "A sign")

    page.locator("[data-open]", has_text="A bench").click()

    expect(page.get_by_label("Under the step").locator("option")).to_have_text(["No other note", "Asks"])
    page.get_by_label("Under the step").select_option("Asks")
    page.get_by_role("button", name="Done").click()
    page.locator("[data-open]", has_text="Asks").click()
    expect(page.get_by_label("Under the step")).to_be_hidden()
    assert columns(page) == [["Asks", "A bench", ""], ["", "A sign", ""]]


def test_an_entry_begins_with_today_and_is_listed_under_its_month(show: Callable[[], Page]) -> None:
    page = show()
    page.get_by_role("group", name="The journal").locator("[data-add]").click()
    type_in(page, "We began")

    listed = page.get_by_role("navigation", name="The entries by month")
    expect(listed.get_by_role("link")).to_have_text("We began")
    expect(listed.get_by_role("heading")).to_have_text(f"{datetime.now(UTC):%B %Y}")
    listed.get_by_role("link").click()
    page.get_by_label("Day").fill("2026-02-28")
    page.get_by_role("button", name="Done").click()
    expect(listed.get_by_role("heading")).to_have_text("February 2026")
    expect(state(page)).to_have_text(SAVED)


def test_both_are_accessible(show: Callable[[], Page]) -> None:
    page = show()
    write(page, "Steps", "Asks at the counter of the town hall, or sends a neighbour", "Waits", "Comes back", "Tells")
    page.get_by_role("button", name="Add a note under this step: In sight").first.click()
    type_in(page, "A bench")
    page.get_by_role("group", name="The journal").locator("[data-add]").click()
    type_in(page, "We began")

    assert accessible(page)
