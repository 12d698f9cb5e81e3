"""A real Moodle, driven in a browser; it needs nothing but its address and an administrator's account.

A course, a trainer and two trainees are made for each run, through the pages that an administrator would use.
"""

import re
import time
from secrets import token_hex

from playwright.sync_api import Browser, FrameLocator, Locator, Page, expect

PASSWORD = f"Aa1!{token_hex(8)}"
PATIENCE = 60
ROLES = {
    "trainer": "3",
    "non-editing trainer": "4",
    "trainee": "5",
    "second trainee": "5",
    "brazilian trainee": "5",
}
"""Moodle's stock role ids for editing teacher, non-editing teacher and student."""
CARDS = "#tool-list-container .tool-card"
LANGUAGES = {"brazilian trainee": "pt_br"}
"""Of those who don't read the site's own language; the site needs the language pack."""


class Moodle:
    """One site, and the people of this run in browsers of their own."""

    def __init__(self, browser: Browser, url: str, admin: str, password: str) -> None:
        self.url = url.rstrip("/")
        self._browser = browser
        self._run = token_hex(4)
        self._tool: str | None = None
        self._pages: dict[str, Page] = {"admin": self._log_in(admin, password)}
        self._course = self._make_course()
        for person, role in ROLES.items():
            self._make_person(person)
            self._enrol(person, role)
            self._pages[person] = self._log_in(self._username(person), PASSWORD)

    def register(self, invitation_url: str) -> None:
        """Paste the URL in Manage tools, agree, close, and activate the tool."""
        before = self._newest_tool()
        frame = self._paste(invitation_url)
        agree = frame.get_by_role("button", name="Register", exact=True)
        beside_another = frame.get_by_role("button", name="Register as a new external tool")
        expect(agree.or_(beside_another)).to_be_visible()
        if beside_another.is_visible():
            self._press(beside_another)
        agree.click()
        frame.get_by_role("button", name="Close and go back to Moodle").click()
        self._tool = self._tool_after(before)
        self._card().get_by_text("Activate").click()
        expect(self._card().get_by_text("Active", exact=True)).to_be_visible()

    def update(self, invitation_url: str) -> None:
        """Paste the URL again, and update this run's tool."""
        frame = self._paste(invitation_url)
        self._press(frame.locator(f'button[data-href$="&type={self._tool}"]'))
        frame.get_by_role("button", name="Register", exact=True).click()
        frame.get_by_role("button", name="Close and go back to Moodle").click()
        expect(self._card().get_by_text("Active", exact=True)).to_be_visible()

    def withhold_names(self) -> None:
        """Never share the launcher's name with the tool."""
        page = self._go("admin", f"/mod/lti/typessettings.php?action=update&id={self._tool}&sesskey={self._sesskey()}")
        page.get_by_role("button", name="Expand all").click()
        page.get_by_label("Share launcher's name with tool", exact=True).select_option(label="Never")
        page.get_by_role("button", name="Save changes").click()
        page.wait_for_url(re.compile(r"toolconfigure"))

    def delete_tool(self) -> None:
        """Delete the tool in Manage tools."""
        page = self._go("admin", "/mod/lti/toolconfigure.php")
        self._card().locator("a.delete").click()
        page.locator(".modal.show").get_by_role("button", name="Delete").click()
        expect(self._card()).to_have_count(0)
        self._tool = None

    def place_module(self, title: str) -> list[str]:
        """Place a whole module with one deep link; give the titles of the activities that appear."""
        picker, page = self.open_picker(), self._pages["trainer"]
        picker.get_by_role("group", name=title).get_by_label("The whole module").check()
        picker.get_by_role("button", name="Place in the course").click()
        page.get_by_role("button", name="Save and return to course").click()
        page.wait_for_url(re.compile(r"/course/view\.php"))
        names = page.locator("li.modtype_lti .instancename")
        expect(names.first).to_be_visible()
        return list(names.evaluate_all("names => names.map(name => name.firstChild.textContent.trim())"))

    def open_picker(self) -> FrameLocator:
        """Go as far as the tool's picker; give its frame."""
        self._show_in_chooser()
        page = self._go("trainer", f"/course/view.php?id={self._course}")
        page.goto(f"{self.url}/course/modedit.php?add=lti&course={self._course}&section=1&typeid={self._tool}")
        page.get_by_role("button", name="Select content").click()
        return page.frame_locator("iframe[name=contentitem-page-iframe], .modal iframe").last

    def open_activity(self, person: str, title: str) -> FrameLocator:
        """Open an activity on the course's page; give the frame that the tool is in."""
        page = self._go(person, f"/course/view.php?id={self._course}")
        page.locator("li.modtype_lti").get_by_role("link", name=title).last.click()
        return page.frame_locator("#contentframe")

    def wait_for_grade(self, person: str, title: str, grade: str) -> None:
        """Wait until the person's own grade report shows a grade."""
        deadline = time.monotonic() + PATIENCE
        while True:
            page = self._go(person, f"/grade/report/user/index.php?id={self._course}")
            row = page.get_by_role("row").filter(has_text=title).last
            if grade in row.inner_text() or time.monotonic() > deadline:
                expect(row).to_contain_text(grade)
                return

    def close(self) -> None:
        """Take the run's tool and course away again."""
        if self._tool:
            self.delete_tool()
        page = self._go("admin", f"/course/delete.php?id={self._course}")
        page.get_by_role("button", name="Delete").click()
        expect(page.get_by_role("button", name="Continue")).to_be_visible(timeout=60_000)

    def _log_in(self, username: str, password: str) -> Page:
        page = self._browser.new_context().new_page()
        page.goto(f"{self.url}/login/index.php", wait_until="networkidle")
        page.locator("#username").fill(username)
        page.locator("#password").fill(password)
        page.get_by_role("button", name="Log in", exact=True).click()
        page.wait_for_url(lambda url: "/login/" not in url)
        return page

    def _go(self, person: str, path: str) -> Page:
        page = self._pages[person]
        page.goto(self.url + path, wait_until="networkidle")
        return page

    def _username(self, person: str) -> str:
        return f"{person.replace(' ', '')}-{self._run}"

    def _make_course(self) -> str:
        page = self._go("admin", "/course/edit.php?category=1")
        page.locator("#id_fullname").fill(f"MedTOWN {self._run}")
        page.locator("#id_shortname").fill(f"medtown-{self._run}")
        page.get_by_role("button", name="Save and display").click()
        page.wait_for_url(re.compile(r"[?&]id=\d+"))
        found = re.search(r"[?&]id=(\d+)", page.url)
        assert found is not None
        return found[1]

    def _make_person(self, person: str) -> None:
        page = self._go("admin", "/user/editadvanced.php?id=-1")
        page.locator("#id_username").fill(self._username(person))
        page.locator("[data-passwordunmask=edit]").first.click()
        page.locator("#id_newpassword").fill(PASSWORD)
        page.locator("#id_firstname").fill(person.title())
        page.locator("#id_lastname").fill(self._run)
        page.locator("#id_email").fill(f"{self._username(person)}@example.org")
        if person in LANGUAGES:
            page.locator("#id_lang").select_option(LANGUAGES[person])
        page.get_by_role("button", name="Create user").click()
        page.wait_for_url(lambda url: "editadvanced" not in url)

    def _enrol(self, person: str, role: str) -> None:
        page = self._go("admin", f"/enrol/instances.php?id={self._course}")
        page.locator("a[href*='/enrol/manual/manage.php']").first.click()
        page.locator("#addselect_searchtext").press_sequentially(self._username(person))
        found = page.locator("#addselect option").filter(has_text=self._username(person)).first
        found.wait_for(state="attached")
        page.locator("#menuroleid").select_option(role)
        page.locator("#addselect").select_option(found.get_attribute("value"))
        page.locator("#add").click()
        enrolled = page.locator("#removeselect option").filter(has_text=self._username(person))
        enrolled.first.wait_for(state="attached")

    def _paste(self, invitation_url: str) -> FrameLocator:
        page = self._go("admin", "/mod/lti/toolconfigure.php")
        page.get_by_placeholder("Tool URL").fill(invitation_url)
        page.get_by_text("Add LTI Advantage").click()
        return page.frame_locator("iframe")

    @staticmethod
    def _press(button: Locator) -> None:
        """Press a button that does nothing before Moodle's script has come."""
        button.evaluate("b => new Promise(ready => (function look() { b.onclick ? ready() : setTimeout(look, 50) })())")
        button.click()

    def _sesskey(self) -> str:
        found: str = self._pages["admin"].evaluate("M.cfg.sesskey")
        return found

    def _newest_tool(self) -> int:
        page = self._go("admin", "/mod/lti/toolconfigure.php")
        ids = page.locator(CARDS).evaluate_all("cards => cards.map(card => Number(card.dataset.typeId))")
        return max(map(int, ids), default=0)

    def _tool_after(self, before: int) -> str:
        """Wait until the list shows a tool that was not there before."""
        newer = "([cards, id]) => [...document.querySelectorAll(cards)].some(card => Number(card.dataset.typeId) > id)"
        self._pages["admin"].wait_for_function(newer, arg=[CARDS, before])
        return str(self._newest_tool())

    def _card(self) -> Locator:
        return self._pages["admin"].locator(f'.tool-card[data-type-id="{self._tool}"]')

    def _show_in_chooser(self) -> None:
        page = self._go("trainer", f"/mod/lti/coursetools.php?id={self._course}")
        page.locator(f'input[type=checkbox][data-id="{self._tool}"]').check(force=True)
        page.wait_for_load_state("networkidle")
