"""The pages on which trainers choose how an exercise is marked, and release marks, are for everybody."""

import pytest
from playwright.sync_api import Locator, Page, expect

from lti_tool.lti.roles import Role
from tests.browser.accessibility import accessible
from tests.browser.conftest import Show
from tests.browser.exercise_page import answer, hand_in
from tests.browser.keyboard import press_until


@pytest.fixture
def work(launch: Show) -> Page:
    """Hand in an exercise; give the trainee's page."""
    page = launch()
    answer(page, "A neighbourhood of some two thousand people")
    hand_in(page)
    expect(page.get_by_text("Handed in:")).to_be_visible()
    return page


def read_work(launch: Show, locale: str = "en") -> Page:
    """As trainer: open the list, and there the only work."""
    page = launch(sub="trainer", name="Trainer", role=Role.TRAINER, locale=locale)
    page.get_by_role("rowheader").get_by_role("link").first.click()
    expect(mark(page)).to_be_visible()
    return page


def mark(page: Page) -> Locator:
    """Find the field for the mark."""
    return page.locator("input[name=mark]")


def release(page: Page, given: str, sentence: str) -> None:
    """Fill the form and send it."""
    mark(page).fill(given)
    page.locator("textarea[name=sentence]").fill(sentence)
    page.locator("form[action*=release] button.primary").click()


def test_a_mark_that_was_refused_is_shown_again_for_everybody(launch: Show, work: Page, locale: str) -> None:
    page = read_work(launch, locale)

    release(page, "good", "x" * 4001)

    expect(mark(page)).to_have_attribute("aria-invalid", "true")
    expect(mark(page)).to_have_value("good")
    assert accessible(page)
    expect(work.get_by_text("Handed in:")).to_be_visible()


@pytest.mark.usefixtures("work")
def test_what_another_trainer_released_is_shown_for_everybody(launch: Show, locale: str) -> None:
    here, there = read_work(launch, locale), read_work(launch, locale)
    release(there, "60", "Said by the first.")
    expect(there.get_by_text("Said by the first.").first).to_be_visible()

    release(here, "80", "Said by the second.")

    expect(here.get_by_role("alert")).to_be_visible()
    expect(here.locator("blockquote").first).to_have_text("Said by the first.")
    expect(here.locator("textarea[name=sentence]")).to_have_value("Said by the second.")
    assert accessible(here)


def test_the_keyboard_alone_releases_a_mark_that_the_trainee_reads(launch: Show, work: Page) -> None:
    page = read_work(launch)
    press_until(page, page.locator("textarea[name=sentence]"))
    page.keyboard.type("Ask the elders too.")
    press_until(page, mark(page))
    page.keyboard.type("72.5")
    press_until(page, page.get_by_role("button", name="Release"))
    page.keyboard.press("Enter")

    expect(page.get_by_text("Released: 72.5 of 100 points")).to_be_visible()
    work.reload()
    expect(work.locator(".answers blockquote")).to_have_text("Ask the elders too.")
    assert accessible(work)


def test_the_keyboard_alone_chooses_how_the_exercise_is_marked(launch: Show) -> None:
    page = launch(sub="trainer", role=Role.TRAINER)
    press_until(page, page.locator(".marking summary"))
    page.keyboard.press("Enter")
    press_until(page, page.get_by_role("radio", name="Done when handed in"))
    page.keyboard.press("ArrowDown")
    press_until(page, page.get_by_role("button", name="Mark it this way"))

    page.keyboard.press("Enter")

    expect(page.get_by_text("Marking: you mark it")).to_be_visible()
