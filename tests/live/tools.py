"""The page Manage tools of a real Moodle, where an administrator registers this run's tool."""

from playwright.sync_api import FrameLocator, Locator, Page, expect

from tests.live.browsers import Browsers

CARDS = "#tool-list-container .tool-card"
PAGE = "/mod/lti/toolconfigure.php"


class ManagedTool:
    """This run's tool, as the administrator sees it."""

    def __init__(self, browsers: Browsers) -> None:
        self.number: str | None = None
        self._browsers = browsers

    def register(self, invitation_url: str) -> None:
        """Paste the URL, agree, close, and activate the tool."""
        self._browsers.go("admin", PAGE)
        before = self._newest()
        frame = self._paste(invitation_url)
        agree = frame.get_by_role("button", name="Register", exact=True)
        beside_another = frame.get_by_role("button", name="Register as a new external tool")
        expect(agree.or_(beside_another)).to_be_visible()
        if beside_another.is_visible():
            _press(beside_another)
        agree.click()
        frame.get_by_role("button", name="Close and go back to Moodle").click()
        self.number = self._newer_than(before)
        self._card().get_by_text("Activate").click()
        expect(self._card().get_by_text("Active", exact=True)).to_be_visible()

    def update(self, invitation_url: str) -> None:
        """Paste the URL again, and update this tool."""
        frame = self._paste(invitation_url)
        _press(frame.locator(f'button[data-href$="&type={self.number}"]'))
        frame.get_by_role("button", name="Register", exact=True).click()
        frame.get_by_role("button", name="Close and go back to Moodle").click()
        expect(self._card().get_by_text("Active", exact=True)).to_be_visible()

    def withhold_names(self) -> None:
        """Never share the launcher's name with the tool."""
        sesskey = self._browsers.sesskey("admin")
        path = f"/mod/lti/typessettings.php?action=update&id={self.number}&sesskey={sesskey}"
        page = self._browsers.go("admin", path)
        page.get_by_role("button", name="Expand all").click()
        page.get_by_label("Share launcher's name with tool", exact=True).select_option(label="Never")
        page.get_by_role("button", name="Save changes").click()
        page.wait_for_url(lambda url: "typessettings" not in url)

    def delete(self) -> None:
        """Delete the tool."""
        page = self._browsers.go("admin", PAGE)
        self._card().locator("a.delete").click()
        page.locator(".modal.show").get_by_role("button", name="Delete").click()
        expect(self._card()).to_have_count(0)
        self.number = None

    @property
    def _page(self) -> Page:
        return self._browsers.pages["admin"]

    def _paste(self, invitation_url: str) -> FrameLocator:
        page = self._browsers.go("admin", PAGE)
        page.get_by_placeholder("Tool URL").fill(invitation_url)
        page.get_by_text("Add LTI Advantage").click()
        return page.frame_locator("iframe")

    def _newest(self) -> int:
        """Read the list as it is shown; it comes a moment after its page."""
        ids = self._page.locator(CARDS).evaluate_all("cards => cards.map(card => Number(card.dataset.typeId))")
        return max(map(int, ids), default=0)

    def _newer_than(self, before: int) -> str:
        """Wait until the list shows a tool that was not there before."""
        newer = "([cards, id]) => [...document.querySelectorAll(cards)].some(card => Number(card.dataset.typeId) > id)"
        self._page.wait_for_function(newer, arg=[CARDS, before])
        return str(self._newest())

    def _card(self) -> Locator:
        return self._page.locator(f'.tool-card[data-type-id="{self.number}"]')


def _press(button: Locator) -> None:
    """Press a button that does nothing before Moodle's script has come."""
    button.evaluate("b => new Promise(ready => (function look() { b.onclick ? ready() : setTimeout(look, 50) })())")
    button.click()
