"""The pages around an activity: the picker, the way back to the platform, the new tab, the registration."""

from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Browser, expect

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.lti.registering import registration
from tests.browser.accessibility import accessible
from tests.browser.conftest import ISSUER, Show
from tests.browser.miniature import Miniature, running_miniature
from tests.browser.running_tool import RunningTool, elsewhere


def test_everybody_can_use_the_picker(running: RunningTool, picker: Show, locale: str) -> None:
    page = picker(running.browser_of_a_person(locale=locale), locale=locale)

    assert page.locator("html").get_attribute("dir") == ("rtl" if locale == "ar" else "ltr")
    assert accessible(page)


def test_a_press_ticks_a_whole_module_and_no_other(picker: Show) -> None:
    page = picker()
    modules = page.get_by_role("group")

    modules.first.get_by_label("The whole module").check()

    assert modules.first.locator("[name=activity]:not(:checked)").count() == 0
    assert page.locator("[name=activity]:checked").count() == modules.first.locator("[name=activity]").count()


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
