"""The pages around an activity: the picker, the way back to the platform, the new tab, the registration."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.lti import registration
from lti_tool.lti.claims import DeepLinking
from lti_tool.lti.roles import Role
from tests.browser.miniature import Miniature, running_miniature
from tests.browser.right_to_left import right_to_left
from tests.browser.running_tool import RunningTool, elsewhere, running_tool

ISSUER = "http://localhost:8100"
ANSWER_TO = DeepLinking(return_url=f"{ISSUER}/mod/lti/contentitem_return.php", accept_multiple=True, data=None)


@pytest.fixture(scope="module")
def running(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningTool]:
    folder: Path = tmp_path_factory.mktemp("running")
    with running_tool(folder, browser, TRANSLATIONS_DIR=str(right_to_left(folder / "translations"))) as tool:
        yield tool


@pytest.fixture(params=["en", "ar"])
def locale(request: pytest.FixtureRequest) -> str:
    chosen: str = request.param
    return chosen


def picker(running: RunningTool, locale: str) -> Page:
    context = running.browser_of_a_person(locale=locale)
    return running.open(context, "pick", role=Role.TRAINER, locale=locale, activity=None, deep_linking=ANSWER_TO)


def accessible(page: Page) -> bool:
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    return True


def test_everybody_can_use_the_picker(running: RunningTool, locale: str) -> None:
    page = picker(running, locale)

    assert page.locator("html").get_attribute("dir") == ("rtl" if locale == "ar" else "ltr")
    assert accessible(page)


def test_a_press_ticks_a_whole_module_and_no_other(running: RunningTool) -> None:
    page = picker(running, "en")
    modules = page.get_by_role("group")

    modules.first.get_by_label("The whole module").check()

    assert modules.first.locator("[name=activity]:not(:checked)").count() == 0
    assert page.locator("[name=activity]:checked").count() == modules.first.locator("[name=activity]").count()


def test_the_picker_says_when_nothing_is_chosen(running: RunningTool, locale: str) -> None:
    page = picker(running, locale)

    page.locator("button.primary").click()

    expect(page.get_by_role("alert")).to_be_visible()
    assert accessible(page)


def test_without_script_the_choice_goes_back_by_a_button(running: RunningTool, locale: str) -> None:
    context = running.browser_of_a_person(java_script_enabled=False, locale=locale)
    page = running.open(context, "pick", role=Role.TRAINER, locale=locale, activity=None, deep_linking=ANSWER_TO)
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
