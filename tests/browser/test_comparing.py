"""What changed since an earlier hand-in, and a trainer's own sentences, are for everybody."""

from playwright.sync_api import Page, expect

from lti_tool.lti.roles import Role
from tests.browser.accessibility import accessible
from tests.browser.conftest import Show
from tests.browser.exercise_page import answer, done, first_field, hand_in, question


def hand_in_twice(page: Page) -> None:
    """As trainee: answer, hand in, change a word, hand in again."""
    answer(page, "A neighbourhood of some two thousand people")
    hand_in(page)
    expect(page.get_by_text("Handed in:")).to_be_visible()
    question(page).locator("[data-open]").click()
    first_field(page).fill("A village of some two thousand people")
    done(page)
    hand_in(page)
    expect(page.get_by_text("handed in 2 times")).to_be_visible()


def test_what_changed_is_read_and_a_sentence_of_ones_own_goes_where_one_writes(launch: Show, locale: str) -> None:
    hand_in_twice(launch())
    page = launch(sub="trainer", name="Trainer", role=Role.TRAINER, locale=locale)
    page.get_by_role("rowheader").get_by_role("link").first.click()
    box, bank = page.locator("textarea[name=sentence]"), page.locator("details.sentences")
    said = bank.get_by_role("status")

    page.locator("details.changes > summary").click()

    expect(page.locator(".changes del")).to_contain_text("neighbourhood")
    expect(page.locator(".changes ins")).to_contain_text("village")

    box.fill("Ask the elders too.")
    bank.locator("> summary").click()
    bank.locator("button[formaction*=keep]").click()
    expect(said).not_to_be_empty()
    expect(bank.locator("[data-text]")).to_have_text("Ask the elders too.")
    box.fill("It is clear now.")
    box.press("Home")
    bank.locator("[data-add]").click()

    expect(box).to_have_value("Ask the elders too. It is clear now.")
    expect(said).to_have_text(bank.get_attribute("data-added") or "")
    page.locator("details.changes > summary").click()
    assert accessible(page)
