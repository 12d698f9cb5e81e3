"""Where to turn is written, read and called by everybody, in both directions."""

from playwright.sync_api import Page, expect

from lti_tool.lti.roles import Role
from tests.browser.accessibility import accessible
from tests.browser.conftest import Show

EXERCISE = "exercise/theory-of-change"


def fill(page: Page) -> None:
    """Write a card, and save it as checked."""
    for name, text in {
        "emergency.reach": "112",
        "helpline.name": "خط المساعدة",
        "helpline.reach": "+34 555 010 203, https://example.org/chat",
        "helpline.note": "Day and night",
        "children.reach": "555 010 204",
        "languages": "العربية, español",
    }.items():
        page.locator(f"input[name='{name}']").fill(text)
    page.locator("button[name=checked]").click()


def test_a_trainer_writes_the_card_and_trainees_find_the_numbers_for_everybody(launch: Show, locale: str) -> None:
    page = launch(sub="trainer", role=Role.TRAINER, activity=EXERCISE, locale=locale)
    assert accessible(page)
    page.locator(".turn-trainers .notice a").click()
    assert accessible(page)

    fill(page)

    expect(page.get_by_role("status")).to_be_visible()
    assert accessible(page)
    page.locator("a[href$=danger]").click()
    expect(page.locator(".danger")).to_be_visible()
    assert accessible(page)
    trainee = launch(activity=EXERCISE, locale=locale)
    number = trainee.get_by_role("link", name="+34 555 010 203")
    expect(number).to_have_attribute("href", "tel:+34555010203")
    assert number.locator("bdi").evaluate("one => getComputedStyle(one).direction") == "ltr"
    trainee.locator(".turn summary").click()
    expect(trainee.get_by_role("link", name="555 010 204")).to_be_visible()
    assert accessible(trainee)
