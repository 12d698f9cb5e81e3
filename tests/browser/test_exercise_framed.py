"""In Moodle's frame a browser may deny storage: then nothing is said to be kept, and the text can be copied."""

import pytest
from playwright.sync_api import BrowserContext, Frame, Page, expect

from lti_tool.lti.launch.session import COOKIE
from tests.browser.conftest import ISSUER, Show
from tests.browser.exercise_page import SAVED

DENIED = """
if (window !== window.top) {
  Object.defineProperty(window, "localStorage", { get() { throw new DOMException("denied", "SecurityError"); } });
}
"""


@pytest.fixture
def framed(launch: Show, profile: BrowserContext) -> tuple[Page, Frame]:
    """Show the exercise in a page of another site, which gets no storage there."""
    profile.add_init_script(DENIED)
    page = launch(profile)
    address = page.url
    _let_the_cookie_into_the_frame(profile, page)
    page.route(
        f"{ISSUER}/**",
        lambda route: route.fulfill(
            content_type="text/html",
            body=f'<!doctype html><title>Moodle</title><iframe src="{address}" allow="clipboard-write" width="1000" height="900"></iframe>',
        ),
    )
    page.goto(f"{ISSUER}/mod/lti/view.php")
    page.frame_locator("iframe").locator("#exercise.is-scripted").wait_for()
    [frame] = page.main_frame.child_frames
    return page, frame


def _let_the_cookie_into_the_frame(profile: BrowserContext, page: Page) -> None:
    [cookie] = [one for one in profile.cookies(page.url) if one["name"] == COOKIE]
    profile.clear_cookies()
    key = {"topLevelSite": "http://localhost", "hasCrossSiteAncestor": True}
    given = {name: cookie[name] for name in ("name", "value", "domain", "path")}  # type: ignore[literal-required]
    profile.new_cdp_session(page).send(
        "Network.setCookie", {**given, "secure": True, "sameSite": "None", "partitionKey": key}
    )


def test_everything_is_saved_in_a_frame_without_storage(framed: tuple[Page, Frame]) -> None:
    _, frame = framed
    frame.get_by_role("link", name="Write an answer").first.click()
    frame.locator(".editor textarea").fill("A neighbourhood")

    expect(frame.locator("[data-state]")).to_have_text(SAVED)

    frame.get_by_role("button", name="Hand in").click()
    expect(frame.get_by_text("Handed in:")).to_be_visible()


def test_without_storage_and_session_the_text_stands_there_to_copy(
    framed: tuple[Page, Frame], profile: BrowserContext
) -> None:
    page, frame = framed
    profile.clear_cookies()
    frame.get_by_role("link", name="Write an answer").first.click()
    frame.locator(".editor textarea").fill("dear words")
    expect(frame.locator("[data-state]")).to_have_text(
        "Open the activity again in Moodle. This browser keeps nothing: copy your text first."
    )

    text = frame.get_by_role("textbox", name="Your text")
    expect(text).to_be_visible()
    assert "dear words" in text.input_value()
    frame.get_by_role("button", name="Copy the text").click()
    expect(frame.get_by_role("status")).to_have_text("The text is copied.")
    assert "your text is kept" not in frame.locator("main").inner_text()
    page.close()


def test_without_storage_a_text_that_is_refused_stands_there_to_copy_until_it_fits(
    framed: tuple[Page, Frame],
) -> None:
    _, frame = framed
    frame.get_by_role("cell", name="Subsistence Having").get_by_role("link", name="Add a note").click()
    frame.locator("[data-quick]").fill("x" * 401)
    frame.locator("[data-quick]").press("Enter")
    expect(frame.get_by_role("textbox", name="Your text")).to_be_visible()

    frame.get_by_role("cell", name="Subsistence Having").locator("[data-open]").click()
    frame.locator(".editor textarea").first.fill("short")

    expect(frame.locator("[data-state]")).to_have_text(SAVED)
    expect(frame.get_by_role("textbox", name="Your text")).to_have_count(0)
