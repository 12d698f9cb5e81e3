"""A need from its first word to whether the help held: an Arabic trainee asks, a Spanish trainer helps."""

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from lti_tool.clock import utc_now
from lti_tool.lti.roles import Role
from tests.browser.accessibility import accessible
from tests.browser.community_page import open_post, publish
from tests.browser.conftest import Show
from tests.browser.running_tool import RunningTool
from tests.browser.tongue import Tongue

TITLE = "من يعرف بنكا للوقت في مدينته؟"
NEED = "نريد أن يتبادل الجيران ساعات المساعدة، ولم يفعل أحد منا ذلك من قبل."
OFFER = "Podemos enseñaros el nuestro por videollamada."
OUTCOME = "بدأنا بعشرة جيران، ونلتقي كل خميس."
LATER = "صرنا عشرين."
AR, ES = Tongue("ar").says, Tongue("es").says


def seen_by_everybody(page: Page, direction: str) -> None:
    """Insist that the page is for everybody, with all that folds away in it open, on a laptop and on a small phone."""
    expect(page.locator("html")).to_have_attribute("dir", direction)
    page.evaluate("document.querySelectorAll('details').forEach((box) => (box.open = true))")
    assert accessible(page)
    page.set_viewport_size({"width": 1280, "height": 800})


def ask(page: Page) -> None:
    """Write the need."""
    page.get_by_role("link", name=AR("Write a post")).click()
    page.wait_for_load_state()
    page.locator("input[name=kind][value=need]").check()
    page.get_by_label(AR("Title")).fill(TITLE)
    page.locator("textarea[name=text]").fill(NEED)
    page.get_by_role("button", name=AR("Publish")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)


def offer(page: Page) -> None:
    """Offer help for the need."""
    page.get_by_text(ES("Offer help"), exact=True).click()
    page.get_by_label(ES("What you can do")).fill(OFFER)
    page.get_by_label(ES("When you can, if you know it already")).fill("los jueves por la tarde")
    page.get_by_role("button", name=ES("Send the offer")).click()
    expect(page.locator(".offers .reply")).to_contain_text(OFFER)


def tell(page: Page) -> None:
    """Say what came of the need."""
    page.get_by_text(AR("Say what came of it, and close the need"), exact=True).click()
    page.get_by_label(AR("What came of it")).fill(OUTCOME)
    page.get_by_role("button", name=AR("Close the need")).click()
    expect(page.locator(".state")).to_have_text(AR("Closed with an outcome"))


def a_month_passes(running: RunningTool, monkeypatch: pytest.MonkeyPatch) -> None:
    def later() -> datetime:
        return utc_now() + timedelta(days=31)

    monkeypatch.setitem(running.app.extensions, "clock", later)


def test_an_arabic_trainee_and_a_spanish_trainer_go_from_a_need_to_its_outcome(
    running: RunningTool, enter: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    amal = enter("أمل", locale="ar")
    ask(amal)
    lola = enter("Lola", role=Role.TRAINER, locale="es", course="another course")
    open_post(lola, TITLE)
    offer(lola)

    amal.reload()
    expect(amal.locator(".state")).to_have_text(AR("Has offers"))
    seen_by_everybody(amal, "rtl")
    amal.get_by_role("button", name=AR("Accept this offer")).click()
    expect(amal.locator(".state")).to_have_text(AR("Help accepted"))

    lola.get_by_role("link", name=ES("All posts")).click()
    expect(lola.get_by_role("region", name=ES("Your help was accepted"))).to_contain_text(TITLE)
    seen_by_everybody(lola, "ltr")
    lola.get_by_role("region", name=ES("Your help was accepted")).get_by_role("link").click()
    expect(lola.locator(".offers .reply.is-helpful")).to_contain_text(ES("Accepted"))
    seen_by_everybody(lola, "ltr")

    tell(amal)
    expect(amal.locator(".outcomes")).to_contain_text("Lola")
    seen_by_everybody(amal, "rtl")
    lola.reload()
    expect(lola.locator(".outcomes .words")).to_have_text(OUTCOME)
    expect(lola.locator(".outcomes .words p")).to_have_css("direction", "rtl")

    a_month_passes(running, monkeypatch)
    amal = enter("أمل", locale="ar")
    seen_by_everybody(amal, "rtl")
    amal.get_by_role("region", name=AR("Does it still hold?")).get_by_role("link").click()
    amal.get_by_label(AR("Yes, it holds")).check()
    amal.get_by_label(AR("In a few words, if you like")).fill(LATER)
    seen_by_everybody(amal, "rtl")
    amal.get_by_role("button", name=AR("Answer"), exact=True).click()
    expect(amal.locator(".state")).to_have_text(AR("Closed, and it held"))
    expect(amal.locator(".later")).to_contain_text(LATER)
    expect(amal.get_by_role("region", name=AR("Does it still hold?"))).to_have_count(0)


def test_an_offer_that_did_not_arrive_waits_at_its_need_and_not_in_the_reply(running: RunningTool, enter: Show) -> None:
    publish(enter("Ana"))
    profile = running.browser_of_a_person()
    page = enter("Bea", profile)
    open_post(page)
    page.wait_for_load_state()
    page.get_by_text("Offer help", exact=True).click()
    page.get_by_label("What you can do").fill("half an offer")

    page.reload()

    expect(page.get_by_label("What you can do")).to_have_value("half an offer")
    expect(page.get_by_label("What you can do")).to_be_visible()
    expect(page.get_by_role("textbox", name="Text", exact=True)).to_have_value("")
    page.get_by_role("button", name="Send the offer").click()
    expect(page.locator(".offers .reply")).to_contain_text("half an offer")
    page.wait_for_load_state()
    drafts = page.evaluate("Object.keys(localStorage).filter((key) => key.includes('offer'))")
    assert drafts == []
