"""One text to all works and the release of all drafts, and a mark of one's own, in a browser and in both directions."""

import re

from playwright.sync_api import Page, expect

from lti_tool.lti.roles import Role
from tests.browser.accessibility import accessible
from tests.browser.conftest import Show
from tests.browser.exercise_page import add_note, hand_in

TEXT = "Say who decides about it."


def handed_in(launch: Show, sub: str) -> Page:
    """As trainee: hand in one note."""
    page = launch(sub=sub, name=sub.title())
    add_note(page, "A well")
    hand_in(page)
    expect(page.get_by_text("Handed in:")).to_be_visible()
    return page


def test_one_text_goes_into_all_drafts_and_all_are_released(launch: Show, locale: str) -> None:
    ana, ben = handed_in(launch, "ana"), handed_in(launch, "ben")
    page = launch(sub="trainer", name="Trainer", role=Role.TRAINER, locale=locale)
    page.locator("a[href$='/drafts/text']").click()
    assert accessible(page)

    page.locator("textarea[name=text]").fill(TEXT)
    page.locator("button.primary").click()
    expect(page.get_by_role("status")).to_contain_text(re.compile("2"))
    assert accessible(page)
    page.locator("[role=status] a").click()
    assert accessible(page)
    page.locator("button.primary").click()

    expect(page.locator("[role=status] li")).to_have_count(2)
    assert accessible(page)
    for trainee in (ana, ben):
        trainee.reload()
        expect(trainee.locator(".answers blockquote")).to_have_text(TEXT)
