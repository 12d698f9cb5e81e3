"""In Moodle's frame a browser may deny storage: then nothing is said to be kept, and the text can be copied."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import BrowserContext, Frame, Page, expect
from werkzeug import Request, Response

from lti_tool.lti.launch.session import COOKIE
from tests.browser.conftest import Show
from tests.browser.exercise_page import SAVED
from tests.listening import listening

DENIED = """
if (window !== window.top) {
  Object.defineProperty(window, "localStorage", { get() { throw new DOMException("denied", "SecurityError"); } });
}
"""


@Request.application
def platform(request: Request) -> Response:
    """Show what is asked for in a frame, as a platform does."""
    shown = (
        f'<!doctype html><title>Moodle</title><iframe src="{request.args["shown"]}" width="1000" height="900"></iframe>'
    )
    return Response(shown, content_type="text/html")


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """Give the address of a platform that is another site than the tool."""
    with listening(platform) as url:
        yield url.replace("127.0.0.1", "localhost")


@pytest.fixture
def frame(launch: Show, profile: BrowserContext, issuer: str) -> Frame:
    """Show the exercise in a page of another site, and give it no storage there."""
    profile.add_init_script(DENIED)
    page = launch(profile, issuer=issuer)
    address = page.url
    _let_the_cookie_into_the_frame(profile, page)
    page.goto(f"{issuer}/?shown={quote(address)}")
    page.frame_locator("iframe").locator("#exercise.is-scripted").wait_for()
    [frame] = page.main_frame.child_frames
    return frame


def _let_the_cookie_into_the_frame(profile: BrowserContext, page: Page) -> None:
    [cookie] = [one for one in profile.cookies(page.url) if one.get("name") == COOKIE]
    given = {name: value for name, value in cookie.items() if name in ("name", "value", "domain", "path")}
    partition = {"topLevelSite": "http://localhost", "hasCrossSiteAncestor": True}
    profile.clear_cookies()
    profile.new_cdp_session(page).send(
        "Network.setCookie", {**given, "secure": True, "sameSite": "None", "partitionKey": partition}
    )


def test_everything_is_saved_in_a_frame_without_storage(frame: Frame) -> None:
    frame.get_by_role("link", name="Write an answer").first.click()
    frame.locator(".editor textarea").fill("A neighbourhood")

    expect(frame.locator("[data-state]")).to_have_text(SAVED)

    frame.get_by_role("button", name="Hand in").click()
    expect(frame.get_by_text("Handed in:")).to_be_visible()


def test_without_storage_and_session_the_text_stands_there_to_copy(frame: Frame, profile: BrowserContext) -> None:
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


def test_without_storage_a_text_that_is_refused_stands_there_to_copy_until_it_fits(
    frame: Frame,
) -> None:
    frame.get_by_role("cell", name="Subsistence Having").get_by_role("link", name="Add a note").click()
    frame.locator("[data-quick]").fill("x" * 401)
    frame.locator("[data-quick]").press("Enter")
    expect(frame.get_by_role("textbox", name="Your text")).to_be_visible()

    frame.get_by_role("cell", name="Subsistence Having").locator("[data-open]").click()
    frame.locator(".editor textarea").first.fill("short")

    expect(frame.locator("[data-state]")).to_have_text(SAVED)
    expect(frame.get_by_role("textbox", name="Your text")).to_have_count(0)
