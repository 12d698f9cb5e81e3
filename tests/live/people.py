"""The course and the people of a run, made through the pages that an administrator would use."""

import re
from collections.abc import Sequence
from secrets import token_hex

from playwright.sync_api import expect

from tests.live.browsers import Browsers, settle

PASSWORD = f"Aa1!{token_hex(8)}"
ROLES = {
    "trainer": "3",
    "non-editing trainer": "4",
    "trainee": "5",
    "second trainee": "5",
    "third trainee": "5",
}
"""Moodle's stock role ids for editing teacher, non-editing teacher and student."""


class People:
    """Who takes part in a run, and their first course."""

    def __init__(self, browsers: Browsers, run: str) -> None:
        self.run = run
        self._browsers = browsers
        self._languages: list[str] = []
        self.made: list[str] = []
        """Usernames."""

    def username(self, person: str) -> str:
        """Give the name that somebody of this run logs in with."""
        return f"{person.replace(' ', '')}-{self.run}"

    def roles(self, people: Sequence[str]) -> dict[str, str]:
        """Give the roles that the sync enrols them in, by username."""
        return {self.username(person): "editingteacher" if person == "trainer" else "student" for person in people}

    def has_language(self, code: str) -> bool:
        """Tell whether an account can be given a language: its pack is installed."""
        return code in self._languages

    def make_course(self) -> str:
        """Make a course; give its number."""
        page = self._browsers.go("admin", "/course/edit.php?category=1")
        page.locator("#id_fullname").fill(f"MedTOWN {self.run}")
        page.locator("#id_shortname").fill(f"medtown-{self.run}")
        page.get_by_role("button", name="Save and display").click()
        page.wait_for_url(re.compile(r"[?&]id=\d+"))
        found = re.search(r"[?&]id=(\d+)", page.url)
        assert found is not None
        return found[1]

    def make(self, person: str) -> None:
        """Make an account."""
        page = self._browsers.go("admin", "/user/editadvanced.php?id=-1")
        page.locator("#id_username").fill(self.username(person))
        page.locator("[data-passwordunmask=edit]").first.click()
        page.locator("#id_newpassword").fill(PASSWORD)
        page.locator("#id_firstname").fill(person.title())
        page.locator("#id_lastname").fill(self.run)
        page.locator("#id_email").fill(f"{self.username(person)}@example.org")
        self._languages = [str(option.get_attribute("value")) for option in page.locator("#id_lang option").all()]
        page.get_by_role("button", name="Create user").click()
        page.wait_for_url(lambda url: "editadvanced" not in url)
        self.made.append(self.username(person))

    def choose_language(self, person: str, code: str) -> None:
        """Let a person choose their language, on the page behind their preferences."""
        page = self._browsers.go(person, "/user/language.php")
        page.locator("#id_lang").select_option(code)
        page.locator("[name=submitbutton]").click()
        page.wait_for_url(re.compile(r"/user/preferences\.php"))

    def enrol(self, person: str, course: str) -> None:
        """Enrol somebody in their role, who may be there already."""
        page = self._browsers.go("admin", f"/enrol/instances.php?id={course}")
        page.locator("a[href*='/enrol/manual/manage.php']").first.click()
        page.wait_for_url(re.compile(r"/enrol/manual/manage\.php"))
        settle(page)
        enrolled = page.locator("#removeselect option").filter(has_text=self.username(person))
        if enrolled.count():
            return
        page.locator("#addselect_searchtext").press_sequentially(self.username(person))
        found = page.locator("#addselect option").filter(has_text=self.username(person)).first
        found.wait_for(state="attached")
        page.locator("#menuroleid").select_option(ROLES[person])
        page.locator("#addselect").select_option(found.get_attribute("value"))
        page.locator("#add").click()
        enrolled.first.wait_for(state="attached")

    def suspend(self, person: str, course: str) -> None:
        """Suspend an enrolment, on the page behind the participants' list."""
        page = self._browsers.go("admin", f"/user/index.php?id={course}")
        row = page.get_by_role("row").filter(has_text=f"{person.title()} {self.run}")
        address = row.locator("a[data-action=editenrolment]").get_attribute("href")
        assert address is not None
        page.goto(address)
        settle(page)
        page.get_by_label("Status", exact=True).select_option(label="Suspended")
        page.get_by_role("button", name="Save changes").click()
        page.wait_for_url(re.compile(r"/user/index\.php"))

    def delete_course(self, course: str) -> None:
        """Delete a course."""
        page = self._browsers.go("admin", f"/course/delete.php?id={course}")
        page.get_by_role("button", name="Delete").click()
        expect(page.get_by_role("button", name="Continue")).to_be_visible(timeout=60_000)
