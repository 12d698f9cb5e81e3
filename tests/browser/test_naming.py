"""Somebody whose name Moodle withholds chooses one: a form for everybody, in both directions."""

from playwright.sync_api import expect

from tests.browser.accessibility import accessible
from tests.browser.conftest import Show


def test_a_name_is_refused_chosen_and_removed_for_everybody(launch: Show, locale: str) -> None:
    page = launch(sub=f"nameless-{locale}", name=None, activity="community/practice", locale=locale)
    assert accessible(page)
    page.get_by_role("link", name="Choose a name, if you like").click()
    assert accessible(page)
    field = page.get_by_label("Name")
    field.fill("Trainer")
    page.get_by_role("button", name="Save the name").click()

    expect(page.get_by_role("alert")).to_contain_text("says no role")
    expect(field).to_have_value("Trainer")
    assert accessible(page)

    field.fill(name := f"نور {'الهدى' if locale == 'en' else 'القمر'}")
    page.get_by_role("button", name="Save the name").click()

    shown = page.get_by_text("Others read:").locator("bdi")
    expect(shown).to_contain_text(name)
    expect(shown).to_contain_text("chosen name, participant")
    assert accessible(page)
    page.get_by_role("button", name="Remove it: show only my number").click()
    expect(shown).not_to_contain_text(name)
    page.get_by_role("link", name="Back to the activity").click()
    expect(page.get_by_role("link", name="Your name here")).to_be_visible()
