"""In Moodle's frame a browser may deny storage: then nothing is said to be kept, and the text can be copied."""

import pytest
from playwright.sync_api import BrowserContext, Frame, expect

from tests.browser.conftest import Show
from tests.browser.exercise_page import SAVED
from tests.browser.framing import in_a_frame

DENIED = """
if (window !== window.top) {
  Object.defineProperty(window, "localStorage", { get() { throw new DOMException("denied", "SecurityError"); } });
}
"""


@pytest.fixture
def frame(launch: Show, profile: BrowserContext, issuer: str) -> Frame:
    """Show the exercise in a page of another site, and give it no storage there."""
    profile.add_init_script(DENIED)
    framed = in_a_frame(launch(profile, issuer=issuer), profile, issuer)
    framed.locator("#exercise.is-scripted").wait_for()
    return framed


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
