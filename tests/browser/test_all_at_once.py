"""One text to all works and the release of all drafts, and a mark of one's own, in a browser and in both directions."""

import re

from playwright.sync_api import Page, expect

from lti_tool.lti.roles import Role
from tests.browser.accessibility import accessible
from tests.browser.conftest import Show
from tests.browser.exercise_page import add_note, alive, cell, first_field, hand_in, notes, open_note

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


def test_an_open_canvas_says_that_a_trainer_answered_and_the_editor_stays(launch: Show) -> None:
    trainee = handed_in(launch, "ana")
    trainee.reload()
    open_note(notes(cell(trainee)).first)
    first_field(trainee).fill("A well that the women run")
    page = launch(sub="trainer", name="Trainer", role=Role.TRAINER)
    page.get_by_role("rowheader").get_by_role("link").first.click()
    page.get_by_label("On the whole").fill(TEXT)
    page.get_by_role("button", name="Release", exact=True).click()
    expect(page.get_by_role("heading", name="What was said so far")).to_be_visible()

    expect(trainee.locator("[data-answered]")).to_be_visible()
    expect(first_field(trainee)).to_have_value("A well that the women run")
    assert accessible(trainee)
    trainee.locator("[data-answered] a").click()

    expect(trainee.locator(".answers blockquote")).to_have_text(TEXT)
    expect(trainee.locator("[data-answered]")).to_be_hidden()


def test_a_member_gets_a_mark_of_their_own_on_pages_for_everybody(launch: Show, locale: str) -> None:
    ana, ben = (launch(sub=name, name=name.title(), group_ids=("7",)) for name in ("ana", "ben"))
    page = launch(sub="trainer", name="Trainer", role=Role.TRAINER, group_ids=(), locale=locale)
    page.locator("a[href$=arrangement]").click()
    page.locator("input[name=mode][value=group]").check()
    page.locator("form[action$=arrangement] button").click()
    expect(page.locator("input[name=mode][value=group]")).to_be_checked()
    for trainee in (ben, ana):
        trainee.reload()
        alive(trainee)
    add_note(ana, "A well")
    hand_in(ana)
    expect(ana.get_by_text("Handed in", exact=False).first).to_be_visible()
    page = launch(sub="trainer", name="Trainer", role=Role.TRAINER, group_ids=(), locale=locale)
    page.get_by_role("rowheader").get_by_role("link").first.click()
    page.locator("input[name=mark]").fill("60")
    page.locator("#feedback button.primary").click()

    member = page.locator(".own-mark").filter(has_text="Ben")
    member.locator("summary").click()
    member.locator("input[name=mark]").fill("101")
    member.locator("details button").click()
    expect(member.locator("input[name=mark]")).to_have_attribute("aria-invalid", "true")
    assert accessible(page)
    member.locator("input[name=mark]").fill("80")
    member.locator("textarea").fill("You were ill for half of it.")
    member.locator("details button").click()
    expect(member.locator("blockquote")).to_have_text("You were ill for half of it.")
    assert accessible(page)

    for trainee in (ana, ben):
        trainee.reload()
        expect(trainee.locator(".answers .answer").first).to_be_visible()
    expect(ben.locator(".answers .own blockquote")).to_have_text("You were ill for half of it.")
    expect(ana.locator(".answers .own")).to_have_count(0)
