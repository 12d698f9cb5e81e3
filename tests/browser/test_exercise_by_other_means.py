"""Everything can be done without JavaScript, and with the keyboard alone."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Show
from tests.browser.exercise_page import QUESTION, SAVED, WHAT, add_note, cell, state
from tests.browser.running_tool import RunningTool


def test_everything_works_without_javascript(running: RunningTool, launch: Show) -> None:
    page = launch(running.browser_of_a_person(java_script_enabled=False))
    page.get_by_label(QUESTION).fill("A neighbourhood of some two thousand people that I have known for years")
    add_note(page, "The cooperative kitchen")
    cell(page).get_by_label("What it does").last.select_option("synergic")
    page.get_by_role("button", name="Save draft").first.click()
    expect(state(page)).to_contain_text("Saved. Last change:")
    expect(cell(page).get_by_label(WHAT).first).to_have_value("The cooperative kitchen")

    page.get_by_role("button", name="Hand in").click()

    expect(page.get_by_text("Handed in:")).to_be_visible()


def test_both_texts_are_shown_without_javascript(running: RunningTool, launch: Show) -> None:
    plain = running.browser_of_a_person(java_script_enabled=False)
    here, there = launch(plain), launch(plain)
    there.get_by_label(QUESTION).fill("theirs")
    there.get_by_role("button", name="Save draft").first.click()

    here.get_by_label(QUESTION).fill("mine")
    here.get_by_role("button", name="Save draft").first.click()

    expect(here.locator(".conflict")).to_contain_text("theirs")
    expect(here.get_by_label(QUESTION)).to_have_value("mine")
    here.get_by_role("button", name="Take what is saved elsewhere").click()
    expect(here.get_by_label(QUESTION)).to_have_value("theirs")


def press_until(page: Page, target: Locator, key: str = "Tab") -> None:
    """Go on with the keyboard until something has the focus."""
    for _ in range(200):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press(key)
    pytest.fail(f"{target} can't be reached with {key}")


def test_everything_can_be_done_with_the_keyboard(launch: Show) -> None:
    page = launch()
    press_until(page, cell(page).locator("summary"))
    page.keyboard.press("Enter")
    press_until(page, cell(page).get_by_label(WHAT))
    page.keyboard.type("The cooperative kitchen")
    page.keyboard.press("Tab")
    page.keyboard.type("Synergic")
    expect(state(page)).to_have_text(SAVED)

    press_until(page, page.get_by_role("button", name="Hand in"))
    page.keyboard.press("Enter")

    expect(page.get_by_text("Handed in:")).to_be_visible()


def test_enter_in_a_scale_saves_and_deletes_nothing(launch: Show) -> None:
    page = launch(activity="exercise/power-interest-map")
    page.get_by_text("Add a card").click()
    card = page.locator(".cards [data-note]").first
    card.get_by_label("Actor").fill("The council")
    press_until(page, card.get_by_role("group", name="Power").get_by_role("radio").first)
    page.keyboard.press("ArrowRight")

    page.keyboard.press("Enter")

    expect(state(page)).to_have_text(SAVED)
    expect(card.get_by_role("radio", name="1").first).to_be_checked()
    expect(card.get_by_label("Actor")).to_have_value("The council")
