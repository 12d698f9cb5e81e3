"""Lanes in a browser: no script of the page knows of them, and notes that point at each other are told together."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.accessibility import accessible
from tests.browser.exercise_page import NOTES, SAVED, hold_the_first_save, state
from tests.browser.running_tool import RunningTool, running_tool
from tests.content import lanes

LINKED = re.compile(r"\bis-linked\b")


@pytest.fixture(scope="module")
def walking(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningTool]:
    """Give a tool whose only exercise has lanes."""
    folder: Path = tmp_path_factory.mktemp("lanes")
    with running_tool(folder, browser) as tool:
        tool.app.extensions["curriculum"] = lanes.curriculum(folder / "content")
        yield tool


@pytest.fixture
def show(walking: RunningTool, request: pytest.FixtureRequest) -> Callable[[], Page]:
    """Give a function that opens the exercise in a course of this test's own."""
    return lambda: walking.open(course=request.node.name, activity="exercise/service-walk")


def lane(page: Page, name: str) -> Locator:
    return page.get_by_role("group", name=name, exact=True)


def write(page: Page, name: str, *steps: str) -> None:
    lane(page, name).get_by_text("Add a note").click()
    for step in steps:
        page.locator("[data-quick]").fill(step)
        page.keyboard.press("Enter")
    page.keyboard.press("Escape")


def note(page: Page, words: str) -> Locator:
    return page.locator("[data-note]").filter(has=page.locator(".words", has_text=words))


def test_a_note_points_at_another_and_takes_a_value_of_every_kind(show: Callable[[], Page]) -> None:
    page = show()
    write(page, "Before", "Looks for the address")
    write(page, "After", "Tells a neighbour")

    note(page, "Looks for the address").locator("[data-open]").click()
    editor = page.locator("[data-editing]")
    editor.get_by_label("Bad: somebody is lost here").check()
    editor.get_by_label("A user").check()
    editor.get_by_label("Family and neighbours of the person").check()
    editor.get_by_label("Yes").check()
    editor.get_by_label("Since").fill("2026-02-28")
    editor.get_by_label("Hours").fill("3,5")
    editor.get_by_label("Leads to").select_option("Tells a neighbour")
    editor.get_by_role("button", name="Done").click()

    expect(page.locator("[data-state]")).to_have_text("Everything is saved.")
    page.reload()
    marks = note(page, "Looks for the address").locator(".marks li")
    expect(marks).to_have_text(
        [
            "Bad",
            "A user",
            "Family",
            "Is it paid? Yes",
            "Since: \u20682026-02-28\u2069",
            "Hours: 3.5",
            "Leads to: Tells a neighbour",
        ]
    )
    marks.get_by_role("link").click()
    expect(lane(page, "After").get_by_label("What happens")).to_have_value("Tells a neighbour")


def test_notes_that_belong_together_are_marked_while_one_has_the_focus(show: Callable[[], Page]) -> None:
    page = show()
    write(page, "Before", "One", "Two")
    note(page, "One").locator("[data-open]").click()
    page.locator("[data-editing]").get_by_label("Leads to").select_option("Two")
    page.keyboard.press("Escape")
    expect(state(page)).to_have_text(SAVED)
    page.reload()

    note(page, "One").locator("[data-open]").focus()

    expect(note(page, "Two")).to_have_class(LINKED)
    note(page, "One").get_by_role("link").last.evaluate("link => link.blur()")
    page.locator("[data-open]").first.evaluate("link => link.blur()")
    expect(note(page, "Two")).not_to_have_class(LINKED)


def test_a_note_moves_to_another_lane_by_its_editor(show: Callable[[], Page]) -> None:
    page = show()
    write(page, "Before", "Rings")
    note(page, "Rings").locator("[data-open]").click()
    page.get_by_text("Move", exact=True).click()
    page.get_by_label("Lane").select_option("At the door")
    page.get_by_role("button", name="Done").click()

    expect(lane(page, "At the door")).to_contain_text("Rings")
    expect(page.locator("[data-state]")).to_have_text("Everything is saved.")
    page.reload()
    expect(lane(page, "At the door")).to_contain_text("Rings")


def test_lanes_with_an_open_editor_are_accessible(show: Callable[[], Page]) -> None:
    page = show()
    write(page, "Before", "One", "Two")
    note(page, "One").locator("[data-open]").click()

    assert accessible(page)


def test_a_save_that_arrives_leaves_the_focus_on_a_link_to_another_note(show: Callable[[], Page]) -> None:
    page = show()
    write(page, "Before", "One", "Two")
    note(page, "One").locator("[data-open]").click()
    page.locator("[data-editing]").get_by_label("Leads to").select_option("Two")
    expect(page.locator("[data-state]")).to_have_text("Everything is saved.")
    held = hold_the_first_save(page)
    with page.expect_request(NOTES):
        page.locator("[data-editing]").get_by_label("What happens").fill("The first")
    page.keyboard.press("Escape")
    link = note(page, "The first").locator(".marks").get_by_role("link")
    link.focus()

    held[0].continue_()

    expect(page.locator("[data-state]")).to_have_text("Everything is saved.")
    expect(link).to_be_focused()
