"""The community's pages are for everybody, in both directions, on every screen, and load nothing from elsewhere."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from lti_tool.lti.roles import Role
from tests.browser.community_page import open_post, publish, reply, write
from tests.browser.conftest import Show
from tests.browser.right_to_left import TURNED
from tests.browser.running_tool import RunningTool

ROOMS = ("calendar", "calendar/new", "connectors", "following", "caring", "caring/log", "search?q=time")
ARABIC = "من يعرف بنكا للوقت في مدينته؟"


def furnish(running: RunningTool, enter: Show) -> None:
    """Let people say things of each sort."""
    ana = enter("Ana", running.browser_of_a_person())
    publish(ana)
    plan(ana)
    reply(ana, f"https://example.org/{'long' * 40} and more")
    ana.get_by_role("button", name="This reply answers the need").click()
    bea = enter("Bea", running.browser_of_a_person())
    open_post(bea)
    report(bea)
    bea.get_by_role("link", name="All posts").click()
    write(bea, kind="Tool", title=ARABIC, text="W" * 200)
    bea.get_by_label("Language of your text").select_option("ar")
    bea.get_by_role("button", name="Publish").click()
    teacher = enter("Teacher", running.browser_of_a_person(), role=Role.TRAINER)
    open_post(teacher, ARABIC)
    teacher.get_by_text("Hide", exact=True).click()
    teacher.get_by_label("Reason, which the author will read").fill("It names somebody.")
    teacher.get_by_role("button", name="Hide it from the others").click()
    expect(teacher.get_by_text("A trainer has hidden this.")).to_be_visible()


def plan(page: Page) -> None:
    """Plan a meeting about the need that is shown, and go back to it."""
    need = page.url
    page.get_by_role("link", name="Plan a meeting about this need").click()
    page.get_by_label("Title").fill("Peer assist")
    page.locator("[name=starts_at]").fill((datetime.now(UTC) + timedelta(days=3)).strftime("%Y-%m-%dT18:00"))
    page.locator("[name=place]").fill(f"https://example.org/{'long' * 40}")
    page.get_by_role("button", name="Put it in the calendar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Calendar")
    page.goto(need)


def report(page: Page) -> None:
    """Report the post that is shown."""
    page.get_by_role("link", name="Report").first.click()
    page.get_by_role("radio").first.check()
    page.get_by_label("In your words").fill("W" * 200)
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Who knows a time bank?")


def refuse(page: Page) -> None:
    """Send a form with nothing in it, past the browser's own check."""
    page.evaluate("document.querySelectorAll('form').forEach((form) => (form.noValidate = true))")
    page.locator("form.writing button.primary, .writing form button.primary").last.click()
    expect(page.get_by_role("alert")).to_be_visible()


def visit_everything(page: Page) -> Iterator[str]:
    """Show one page after the other, everything in them open."""
    yield "list"
    page.locator(".post a").first.click()
    yield "hidden post"
    page.go_back()
    page.locator(".post a").last.click()
    page.evaluate("document.querySelectorAll('details').forEach((box) => (box.open = true))")
    yield "answered need"
    refuse(page)
    yield "refused reply"
    page.goto(re.sub(r"/community/.*", "/community/posts/new", page.url))
    yield "form"
    refuse(page)
    yield "refused form"
    for room in ROOMS:
        page.goto(re.sub(r"/community/.*", f"/community/{room}", page.url))
        page.evaluate("document.querySelectorAll('details').forEach((box) => (box.open = true))")
        yield room


@pytest.mark.parametrize(("locale", "direction"), [("en", "ltr"), ("es", "ltr"), (TURNED, "rtl")])
def test_axe_finds_nothing_and_nothing_is_wider_than_a_small_phone(
    running: RunningTool, enter: Show, locale: str, direction: str
) -> None:
    furnish(running, enter)
    page = enter("Teacher", running.browser_of_a_person(), role=Role.TRAINER, locale=locale)

    for shown in visit_everything(page):
        assert page.locator("html").get_attribute("dir") == direction
        results = Axe().run(page)
        assert results.violations_count == 0, f"{shown}: {results.generate_report()}"
        page.set_viewport_size({"width": 320, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, shown
        page.set_viewport_size({"width": 1280, "height": 800})


def test_the_page_loads_nothing_from_elsewhere_and_breaks_no_policy(running: RunningTool, enter: Show) -> None:
    profile = running.browser_of_a_person()
    complaints: list[str] = []
    requests: list[str] = []
    profile.on("console", lambda message: complaints.append(message.text))
    profile.on("weberror", lambda error: complaints.append(str(error.error)))
    profile.on("request", lambda request: requests.append(request.url))

    page = enter(context=profile)
    publish(page)
    reply(page, "https://example.org")

    assert complaints == []
    assert [url for url in requests if not url.startswith(running.url)] == []
