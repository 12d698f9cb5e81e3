"""The pages around an activity: the picker, the way back to the platform, the new tab, the registration."""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.lti.registering import registration
from tests.browser.accessibility import accessible
from tests.browser.conftest import ISSUER, Show
from tests.browser.miniature import Miniature, running_miniature
from tests.browser.right_to_left import TURNED
from tests.browser.running_tool import RunningTool, elsewhere

UNCOVERED = """() => {
  const focused = document.activeElement, box = focused.getBoundingClientRect();
  const at = (height) => document.elementFromPoint(box.left + box.width / 2, height);
  return [box.top + 1, box.bottom - 1].every((height) => focused.contains(at(height)));
}"""


def look_and_come_back(page: Page) -> None:
    page.get_by_role("button", name="Look at it").first.click()
    page.get_by_role("button", name="Back to the choice").click()
    expect(page.get_by_role("status")).to_be_visible()


def test_everybody_can_use_the_picker(running: RunningTool, picker: Show, locale: str) -> None:
    page = picker(running.browser_of_a_person(locale=locale), locale=locale)

    assert page.locator("html").get_attribute("dir") == ("rtl" if locale == TURNED else "ltr")
    assert accessible(page)


def test_a_press_ticks_a_whole_module_and_no_other(picker: Show) -> None:
    page = picker()
    modules = page.locator("fieldset.group")

    modules.first.get_by_label("The whole module").check()

    assert modules.first.locator("[name=activity]:not(:checked)").count() == 0
    assert page.locator("[name=activity]:checked").count() == modules.first.locator("[name=activity]").count()


def test_what_is_ticked_is_counted_and_placed_from_wherever_one_is(picker: Show) -> None:
    page = picker()
    expect(page.get_by_role("status")).to_have_text("Ticked: 0")

    module = page.locator("fieldset.group").last
    whole = module.locator("[name=activity]").count()

    page.locator("[name=activity]").first.check()
    module.get_by_label("The whole module").check()

    expect(page.get_by_role("status")).to_have_text(f"Ticked: {1 + whole}")
    expect(page.get_by_role("button", name="Place in the course")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("height", [844, 480])
def test_nothing_in_the_picker_covers_what_has_the_focus(running: RunningTool, picker: Show, height: int) -> None:
    page = picker(running.browser_of_a_person(reduced_motion="reduce"))  # else it scrolls for a while
    page.set_viewport_size({"width": 390, "height": height})
    stops = page.locator(
        "summary:visible, form :is(input, select, button):visible:not([tabindex], [type=hidden])"
    ).count()

    for _ in range(stops):
        page.keyboard.press("Tab")
        assert page.evaluate(UNCOVERED), page.evaluate("document.activeElement.outerHTML")

    assert stops > 20
    expect(page.get_by_role("button", name="Place in the course")).to_be_focused()


def test_enter_in_a_box_places_what_is_ticked(picker: Show) -> None:
    page = picker()
    page.locator("[name=activity]").first.check()

    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Placing the activities")).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_a_look_at_an_activity_leads_back_to_what_was_ticked(running: RunningTool, picker: Show, script: bool) -> None:  # noqa: FBT001
    page = picker(running.browser_of_a_person(java_script_enabled=script))
    page.get_by_role("checkbox", name="Power–interest map").check()
    page.get_by_role("button", name="Look at it Theory of change").click()
    expect(page.get_by_role("heading", level=1, name="Theory of change")).to_be_visible()

    page.get_by_role("button", name="Back to the choice").click()

    expect(page.get_by_role("checkbox", name="Theory of change")).to_be_in_viewport()
    expect(page.get_by_role("checkbox", name="Power–interest map")).to_be_checked()
    expect(page.locator("[name=activity]:checked")).to_have_count(1)


def test_what_is_unticked_after_a_look_stays_so(picker: Show) -> None:
    page = picker()
    page.locator("[name=activity]").first.check()
    look_and_come_back(page)
    page.locator("[name=activity]").first.uncheck()

    look_and_come_back(page)

    expect(page.locator("[name=activity]:checked")).to_have_count(0)


@pytest.mark.parametrize("activity", ["unit/needs-and-satisfiers", "exercise/needs-matrix"])
def test_nothing_covers_what_has_the_focus_during_a_look(running: RunningTool, picker: Show, activity: str) -> None:
    page = picker(running.browser_of_a_person(reduced_motion="reduce"))
    page.set_viewport_size({"width": 390, "height": 480})
    page.locator(f"[name=look][value='{activity}']").click()
    back = page.get_by_role("button", name="Back to the choice")
    expect(back).to_be_visible()

    while not back.evaluate("button => button === document.activeElement"):
        page.keyboard.press("Tab")
        assert page.evaluate(UNCOVERED), page.evaluate("document.activeElement.outerHTML")


@pytest.mark.parametrize("activity", ["unit/needs-and-satisfiers", "exercise/needs-matrix"])
def test_everybody_can_look_at_an_activity(running: RunningTool, picker: Show, locale: str, activity: str) -> None:
    page = picker(running.browser_of_a_person(locale=locale), locale=locale)

    page.locator(f"[name=look][value='{activity}']").click()

    expect(page.locator("#way-back button")).to_be_visible()
    assert accessible(page)


def test_the_picker_says_when_nothing_is_chosen(running: RunningTool, picker: Show, locale: str) -> None:
    page = picker(running.browser_of_a_person(locale=locale), locale=locale)

    page.locator("button.primary").click()

    expect(page.get_by_role("alert")).to_be_visible()
    assert accessible(page)


def test_without_script_the_choice_goes_back_by_a_button(running: RunningTool, picker: Show, locale: str) -> None:
    context = running.browser_of_a_person(java_script_enabled=False, locale=locale)
    page = picker(context, locale=locale)
    page.route(f"{ISSUER}/**", lambda route: route.fulfill(body="Moodle has it"))
    page.locator("[name=activity]").first.check()
    page.locator("button.primary").click()

    page.locator("button.primary").click()

    expect(page.get_by_text("Moodle has it")).to_be_visible()


def test_the_administrator_sees_what_is_asked_for_before_anything_is_registered(
    running: RunningTool, browser: Browser, tmp_path: Path
) -> None:
    def invite() -> str:
        with running.app.app_context():
            url = registration.invite(running.url, approves=False, lasts=timedelta(days=1), now=now())
            db.session.commit()
            return url

    with running_miniature(tmp_path) as url:
        page = Miniature(browser, url).registration_page(elsewhere(invite))
        assert accessible(page)

        page.get_by_role("button", name="Register").click()

        expect(page.get_by_text("Ask whoever runs this tool to approve your site.")).to_be_visible()
        assert accessible(page)
