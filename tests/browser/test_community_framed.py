"""The community in Moodle's frame, where the browser keeps no cookie but the frame's own and denies storage."""

import pytest
from playwright.sync_api import BrowserContext, Frame, expect

from tests.browser.conftest import Show
from tests.browser.framing import in_a_frame
from tests.browser.running_tool import RunningTool

DENIED = """
if (window !== window.top) {
  for (const name of ["localStorage", "sessionStorage", "indexedDB"]) {
    Object.defineProperty(window, name, { get() { throw new DOMException("denied", "SecurityError"); } });
  }
}
"""


@pytest.fixture
def framed(running: RunningTool, enter: Show, issuer: str) -> "Framed":
    """Give a function that shows somebody the community in a page of another site."""
    return Framed(running, enter, issuer)


class Framed:
    """Shows people the community in frames."""

    def __init__(self, running: RunningTool, enter: Show, issuer: str) -> None:
        self._running, self._enter, self._issuer = running, enter, issuer
        self.profiles: dict[str, BrowserContext] = {}

    def __call__(self, name: str) -> Frame:
        """Let somebody in, with a browser of their own that denies storage in frames."""
        self.profiles[name] = profile = self._running.browser_of_a_person()
        profile.add_init_script(DENIED)
        return in_a_frame(self._enter(name, profile, issuer=self._issuer), profile, self._issuer)


def publish(frame: Frame) -> None:
    """Write a need, from the list."""
    frame.get_by_role("link", name="Write a post").click()
    frame.get_by_role("radio", name="Need").check()
    frame.get_by_label("Title").fill("Who knows a time bank?")
    frame.get_by_role("textbox", name="Text", exact=True).fill("We begin one.")
    frame.get_by_role("button", name="Publish").click()
    expect(frame.get_by_role("heading", level=1)).to_have_text("Who knows a time bank?")


def test_people_ask_reply_and_offer_help_in_a_frame_without_storage(framed: Framed) -> None:
    ana = framed("Ana")
    publish(ana)
    bea = framed("Bea")

    bea.get_by_role("link", name="Who knows a time bank?").click()
    bea.get_by_role("textbox", name="Text", exact=True).last.fill("Ask in Campolide.")
    bea.get_by_role("button", name="Reply", exact=True).click()
    expect(bea.locator(".reply").filter(has_text="Ask in Campolide.")).to_be_visible()
    bea.get_by_text("Offer help", exact=True).click()
    bea.get_by_label("What you can do").fill("I can show you ours.")
    bea.get_by_role("button", name="Send the offer").click()
    expect(bea.locator(".offers")).to_contain_text("I can show you ours.")

    ana.get_by_role("link", name="All posts").click()
    ana.get_by_role("link", name="Who knows a time bank?").click()
    ana.get_by_role("button", name="Accept this offer").click()
    expect(ana.locator(".offers")).to_contain_text("Accepted")
    ana.get_by_text("Say what came of it, and close the need").click()
    ana.get_by_label("What came of it").fill("Ten people exchange hours.")
    ana.get_by_role("button", name="Close the need").click()
    expect(ana.locator(".outcomes")).to_contain_text("Ten people exchange hours.")


def test_where_the_session_is_gone_too_what_was_written_is_shown_to_be_copied(framed: Framed) -> None:
    ana = framed("Ana")
    ana.get_by_role("link", name="Write a post").click()
    ana.get_by_role("radio", name="Need").check()
    ana.get_by_label("Title").fill("Who knows a time bank?")
    ana.get_by_role("textbox", name="Text", exact=True).fill("Dear words.")
    framed.profiles["Ana"].clear_cookies()

    ana.get_by_role("button", name="Publish").click()

    expect(ana.get_by_role("heading", level=1)).to_have_text("This page is no longer open")
    expect(ana.get_by_text("Copy it, in case this browser keeps nothing.")).to_be_visible()
    expect(ana.locator(".written")).to_have_text(["Who knows a time bank?", "Dear words."])
