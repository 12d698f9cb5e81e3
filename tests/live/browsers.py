"""Browsers at a real Moodle: people log in, and go to pages that some of them see for the first time."""

from playwright.sync_api import Browser, BrowserContext, Page, expect

PATIENCE = 90
"""Seconds for a page, on a busy machine."""
SETTLED = """() => {
  const quiet = document.readyState === "complete" && window.M?.util?.pending_js?.length === 0;
  window.quietSince = quiet ? (window.quietSince ?? performance.now()) : undefined;
  return quiet && performance.now() - window.quietSince > 500;
}"""
"""Moodle's scripts have had nothing to do for half a second: its own acceptance tests read the same list."""


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
        page.goto(f"{self.url}/login/index.php")
        settle(page)  # what is typed while a script puts its button beside the field may be lost
        if page.get_by_role("button", name="Log out").is_visible():
            page.get_by_role("button", name="Log out").click()
            expect(page.locator("#username")).to_be_visible()
            settle(page)
        _fill_in(page, username, password)
        self.pages[person] = page

    def log_in_on_the_way(self, person: str, account: tuple[str, str], address: str, context: BrowserContext) -> Page:
        """Follow a link in a browser where nobody is logged in, and log in (username, password) where that is asked."""
        page = context.new_page()
        page.set_default_timeout(1_000 * PATIENCE)
        page.goto(address)
        page.wait_for_url(lambda url: "/login/" in url)
        settle(page)
        _fill_in(page, *account)
        self.pages[person] = page
        return page

    def follow(self, person: str, address: str) -> Page:
        """Follow a link that somebody got elsewhere; give the page where it leads."""
        page = self.pages[person]
        page.goto(address)
        return page

    def go(self, person: str, path: str) -> Page:
        """Go to a page, and end the tour that greets whoever is new there."""
        page = self.pages[person]
        page.goto(self.url + path)
        _end_tour(page)
        return page

    def sesskey(self, person: str) -> str:
        """Read the secret that this person's forms carry."""
        found: str = self.pages[person].evaluate("M.cfg.sesskey")
        return found


def settle(page: Page) -> None:
    """Wait until Moodle's scripts have done what the page began with."""
    page.wait_for_function(SETTLED)


def _fill_in(page: Page, username: str, password: str) -> None:
    page.locator("#username").fill(username)
    page.locator("#password").fill(password)
    page.locator("#loginbtn").click()
    page.wait_for_url(lambda url: "/login/" not in url)


def _end_tour(page: Page) -> None:
    """Press what ends a tour: as long as it runs, the page behind it is hidden from assistive technology."""
    settle(page)
    end = page.locator("[data-role=end]")
    if end.is_visible():
        end.click()
        expect(end).to_have_count(0)
        settle(page)
