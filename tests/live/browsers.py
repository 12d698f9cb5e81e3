"""Browsers at a real Moodle: people log in, and go to pages that some of them see for the first time."""

from playwright.sync_api import Browser, BrowserContext, Page, expect

PATIENCE = 90
"""Seconds for a page, on a busy machine."""
SETTLED = "window.M && M.util && M.util.pending_js.length === 0"
"""Moodle's scripts have done what the page began with: its own acceptance tests wait for the same."""


class Browsers:
    """One browser for each person, at one site."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.url = url
        self.pages: dict[str, Page] = {}
        self._browser = browser

    def log_in(self, person: str, username: str, password: str, context: BrowserContext | None = None) -> None:
        """Log a person in, in a new tab of this browser; whoever was logged in there is logged out first."""
        page = (context or self._browser.new_context()).new_page()
        page.set_default_timeout(1_000 * PATIENCE)
        page.goto(f"{self.url}/login/index.php", wait_until="networkidle")
        if page.get_by_role("button", name="Log out").is_visible():
            page.get_by_role("button", name="Log out").click()
            expect(page.locator("#username")).to_be_visible()
            page.wait_for_load_state("networkidle")
        page.locator("#username").fill(username)
        page.locator("#password").fill(password)
        page.locator("#loginbtn").click()
        page.wait_for_url(lambda url: "/login/" not in url)
        self.pages[person] = page

    def go(self, person: str, path: str) -> Page:
        """Go to a page, and end the tour that greets whoever is new there."""
        page = self.pages[person]
        page.goto(self.url + path, wait_until="networkidle")
        _end_tour(page)
        return page

    def sesskey(self, person: str) -> str:
        """Read the secret that this person's forms carry."""
        found: str = self.pages[person].evaluate("M.cfg.sesskey")
        return found


def _end_tour(page: Page) -> None:
    """Press what ends a tour: as long as it runs, the page behind it is hidden from assistive technology."""
    page.wait_for_function(SETTLED)
    end = page.locator("[data-role=end]")
    if end.is_visible():
        end.click()
        expect(end).to_have_count(0)
        page.wait_for_load_state("networkidle")
