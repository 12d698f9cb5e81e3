"""The miniature of Moodle, driven in a browser."""

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests
from playwright.sync_api import Browser, BrowserContext, FrameLocator, Page, expect

from lti_tool.demo.moodle.app import create_moodle
from lti_tool.demo.moodle.seed import seed
from lti_tool.demo.moodle.settings import MoodleSettings
from lti_tool.demo.moodle.tables import User
from lti_tool.demo.walk import make_token
from tests.listening import Late, listening
from tests.spec import community_course, copied_runs, grouping, webservice
from tests.spec.site import whole_module

PATIENCE = 30
USERNAMES = {
    "admin": "admin",
    "trainer": "trainer",
    "non-editing trainer": "trainer2",
    "trainee": "trainee1",
    "second trainee": "trainee2",
    "third trainee": "trainee3",
}
NAMES = {
    "admin": "Admin",
    "trainer": "Trainer One",
    "non-editing trainer": "Trainer Two",
    "trainee": "Trainee One",
    "second trainee": "Trainee Two",
    "third trainee": "Trainee Three",
}


class Miniature:
    """One miniature, and its people in browsers of their own."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.url = url
        self._browser = browser
        self._course = "2"
        self._community = ""
        self._runs: Mapping[int, str] = {}
        self._pages: dict[str, Page] = {}
        self._placed = 0
        self._token = ""

    def has_language(self, code: str) -> bool:
        """Say that the miniature takes any language."""
        return True

    def choose_language(self, person: str, code: str) -> None:
        """Give the person's account a language, by the web service: the miniature has no page for it."""
        self._rest("core_user_update_users", {"users[0][id]": self.number_of(person), "users[0][lang]": code})

    def register(self, invitation_url: str) -> None:
        """Paste the URL in Manage tools, agree, close, and activate the tool."""
        page = self._go("admin", "/mod/lti/toolconfigure.php")
        page.get_by_placeholder("Tool URL").fill(invitation_url)
        page.get_by_role("button", name="Add LTI Advantage").click()
        frame = page.frame_locator("#registration")
        frame.get_by_role("button", name="Register").click()
        frame.get_by_role("button", name="Close and go back to Moodle").click()
        page.get_by_role("button", name="Activate").click()
        expect(page.get_by_text("Active", exact=True)).to_be_visible()

    def registration_page(self, invitation_url: str) -> Page:
        """Paste the URL in Manage tools; give the tool's own page in a tab, where all of it can be examined."""
        page = self._go("admin", "/mod/lti/toolconfigure.php")
        page.get_by_placeholder("Tool URL").fill(invitation_url)
        with page.expect_request("**/lti/register?**") as shown:
            page.get_by_role("button", name="Add LTI Advantage").click()
        page.goto(shown.value.url)
        return page

    def update(self, invitation_url: str) -> None:
        """Paste the URL again, and update the tool that is there."""
        page = self._go("admin", "/mod/lti/toolconfigure.php")
        page.get_by_placeholder("Tool URL").fill(invitation_url)
        page.get_by_role("button", name="Add LTI Advantage").click()
        frame = page.frame_locator("#registration")
        frame.get_by_role("button", name="Update MedTOWN").click()
        frame.get_by_role("button", name="Register", exact=True).click()
        frame.get_by_role("button", name="Close and go back to Moodle").click()
        expect(page.locator(".tool-card")).to_have_count(1)

    def withhold_names(self) -> None:
        """Never share the launcher's name with the tool."""
        page = self._go("admin", "/mod/lti/toolconfigure.php")
        page.get_by_text("Privacy", exact=True).click()
        page.get_by_label("Share launcher's name with tool", exact=True).select_option(label="Never")
        page.get_by_role("button", name="Save changes").click()

    def delete_tool(self) -> None:
        """Delete the tool in Manage tools."""
        page = self._go("admin", "/mod/lti/toolconfigure.php")
        page.get_by_role("button", name="Delete").click()
        expect(page.get_by_text("No tool has been added yet.")).to_be_visible()

    def place_module(self, title: str) -> list[str]:
        """Place a whole module with one deep link; give the titles of the activities that appear."""
        picker = self.open_picker()
        whole_module(picker, title).check()
        picker.get_by_role("button", name="Place in the course").click()
        return self.finish_placing()

    def open_picker(self) -> FrameLocator:
        """Press what opens the picker for the first section; give the tool's frame."""
        page = self._go("trainer", f"/course/view.php?id={self._course}")
        self._placed = page.locator(".activities a.activity").count()
        page.get_by_role("button", name="Add from MedTOWN").first.click()
        return page.frame_locator("#chooser iframe")

    def finish_placing(self) -> list[str]:
        """Wait for the course's page to show more than before; give the titles of its activities."""
        activities = self._pages["trainer"].locator(".activities a.activity")
        expect(activities).not_to_have_count(self._placed)
        return activities.all_inner_texts()

    def sit_down(self, person: str, context: BrowserContext) -> None:
        """Log a person in, in a new tab of this browser; whoever was logged in there no longer is."""
        page = context.new_page()
        page.goto(self.url)
        page.locator(f"#login-{USERNAMES[person]}").click()
        self._pages[person] = page

    def open_activity(self, person: str, title: str) -> FrameLocator:
        """Open an activity on the course's page; give the frame that the tool is in."""
        page = self._go(person, f"/course/view.php?id={self._course}")
        page.get_by_role("link", name=title, exact=True).last.click()
        return page.frame_locator("#contentframe")

    def follow_link(self, person: str, address: str) -> Page:
        """Follow a link from a mail; give the page where it leads."""
        page = self._page_of(person)
        page.goto(address)
        return page

    def follow_link_and_log_in(self, person: str, address: str, context: BrowserContext) -> Page:
        """Follow a link from a mail where nobody is logged in, and log in; give the page where it leads then."""
        page = self._pages[person] = context.new_page()
        page.goto(address)
        page.locator(f"#login-{USERNAMES[person]}").click()
        return page

    def name_of(self, person: str) -> str:
        """Give the person's name."""
        return NAMES[person]

    def suspend(self, person: str) -> None:
        """Suspend the person's enrolment, by the web service: the miniature has no page for it."""
        self._call(
            "enrol_manual_enrol_users", {"roleid": 5, "userid": self.number_of(person), "courseid": 2, "suspend": 1}
        )

    def is_let_in(self, person: str) -> bool:
        """Go to the course's page; tell whether it shows its activities."""
        return self._go(person, f"/course/view.php?id={self._course}").locator(".activities").count() > 0

    def sync_with_community(self, people: Sequence[str], folder: Path) -> None:
        """Let `moodle-sync` enrol people in the course, with a course for the community beside it."""
        self._token = self._token or make_token(self.url)
        self._community = community_course.sync(self.url, self._token, "2", _roles(people), folder)

    def go_to_community(self) -> None:
        """Go on in the community's course."""
        self._course = self._community

    def number_of(self, person: str) -> str:
        """Give a person's number."""
        asked = {"field": "username", "values[0]": USERNAMES[person]}
        return str(self._rest("core_user_get_users_by_field", asked)[0]["id"])

    def _call(self, function: str, enrolment: Mapping[str, object]) -> None:
        self._rest(function, {f"enrolments[0][{name}]": value for name, value in enrolment.items()})

    def _rest(self, function: str, parameters: Mapping[str, object]) -> Any:
        self._token = self._token or make_token(self.url)
        given = {"wstoken": self._token, "wsfunction": function, "moodlewsrestformat": "json", **parameters}
        answer = requests.post(f"{self.url}/webservice/rest/server.php", data=given, timeout=PATIENCE).json()
        assert "exception" not in (answer or {}), answer
        return answer

    def make_group(self, name: str, people: Sequence[str]) -> None:
        """Make a group in the course, and put people into it."""
        numbers = [self.number_of(person) for person in people]
        grouping.make_group(self.url, self._token, self._course, name, numbers)

    def tell_groups(self, folder: Path) -> Path:
        """Let `moodle-sync` write what the course's groups are called; give the file."""
        return grouping.tell_groups(self.url, self._token, self._course, folder)

    def wait_for_grade(self, person: str, title: str, grade: str) -> None:
        """Wait until the person's own grade report shows a grade."""
        deadline = time.monotonic() + PATIENCE
        while True:
            page = self._go(person, f"/grade/report/user/index.php?id={self._course}")
            row = page.get_by_role("row").filter(has_text=title).last
            if grade in row.inner_text() or time.monotonic() > deadline:
                expect(row).to_contain_text(grade)
                return

    def review_work(self, person: str, of: str, title: str) -> FrameLocator:
        """Follow the gradebook's link to somebody's work; give the frame that the tool is in."""
        page = self._go(person, f"/grade/report/grader/index.php?id={self._course}")
        page.get_by_role("link", name=f"Work of {NAMES[of]} in {title}").last.click()
        return page.frame_locator("#contentframe")

    def read_grade(self, person: str, title: str) -> str:
        """Read the person's own grade report."""
        page = self._go(person, f"/grade/report/user/index.php?id={self._course}")
        return page.get_by_role("row").filter(has_text=title).last.inner_text()

    def lock_column(self, title: str) -> None:
        """Lock an activity's column, or unlock it."""
        page = self._go("trainer", f"/grade/report/grader/index.php?id={self._course}")
        page.get_by_role("button", name=re.compile(f"ock {title}$")).last.click()

    def grade_by_hand(self, person: str, title: str, grade: str) -> None:
        """Enter a grade in the gradebook."""
        page = self._go("trainer", f"/grade/report/grader/index.php?id={self._course}")
        page.get_by_role("link", name=f"Edit the grade of {NAMES[person]} in {title}").last.click()
        page.get_by_label("Grade", exact=True).fill(grade)
        page.get_by_role("button", name="Save changes").click()

    def copy_course(self) -> None:
        """Copy the course, enrol the trainer and the trainee in the copy, and go on there."""
        page = self._go("admin", "/admin/webservice/tokens.php")
        page.get_by_role("button", name="Create token").click()
        token = page.locator("[data-token]").get_attribute("data-token") or ""
        roles = {USERNAMES["trainer"]: "3", USERNAMES["trainee"]: "5"}
        self._course = webservice.copy_course(self.url, token, self._course, roles)

    def copy_with_sync(self, people: Sequence[str], folder: Path) -> tuple[str, str]:
        """Let `moodle-sync` make runs as copies of the course, and enrol people in them; give what it told twice."""
        self._token = self._token or make_token(self.url)
        copied = copied_runs.sync(self.url, self._token, self._course, _roles(people), folder)
        self._runs = copied.courses
        return copied.told

    def go_to_run(self, run: int) -> None:
        """Go on in one of these runs."""
        self._course = self._runs[run]

    def restore_course(self) -> None:
        """Restore the course as from another site, enrol the trainer and the trainee there, and go on there."""
        page = self._go("admin", f"/course/view.php?id={self._course}")
        page.get_by_role("button", name="Restore it as from another site").click()
        self._course = parse_qs(urlsplit(page.url).query)["id"][0]
        for person, role in (("trainer", "3"), ("trainee", "5")):
            place = {"roleid": role, "userid": self.number_of(person), "courseid": self._course}
            self._call("enrol_manual_enrol_users", place)

    def go_back(self) -> None:
        """Go on in the first course again."""
        self._course = "2"

    def module_of(self, title: str) -> str:
        """Give the number (cmid) of the newest activity of a title."""
        page = self._go("trainer", f"/course/view.php?id={self._course}")
        return str(page.locator(".activities li").filter(has_text=title).last.get_attribute("data-cmid"))

    def line_item_of(self, title: str) -> str:
        """Give the address of an activity's line item."""
        page = self._go("trainer", f"/grade/report/grader/index.php?id={self._course}")
        item = page.locator("th[data-item]").filter(has_text=title).last.get_attribute("data-item")
        return f"{self.url}/mod/lti/services.php/{self._course}/lineitems/{item}/lineitem?type_id=1"

    def write_custom_parameters(self, title: str, lines: Sequence[str]) -> None:
        """As trainer: write custom parameters into an activity's settings."""
        page = self._open_settings(title)
        page.get_by_label("Custom parameters").fill("\n".join(lines))
        page.get_by_role("button", name="Save and return to course").click()

    def make_column_anew(self, title: str) -> None:
        """As trainer: take an activity's column out of the gradebook, and put a new one there."""
        for graded in (False, True):
            page = self._open_settings(title)
            page.get_by_label("Allow the tool to add grades").set_checked(graded)
            page.get_by_role("button", name="Save and return to course").click()

    def _open_settings(self, title: str) -> Page:
        return self._go("trainer", f"/course/modedit.php?update={self.module_of(title)}")

    def _go(self, person: str, path: str) -> Page:
        page = self._page_of(person)
        page.goto(self.url + path)
        return page

    def _page_of(self, person: str) -> Page:
        if person not in self._pages:
            self.sit_down(person, self._browser.new_context())
        return self._pages[person]


def _roles(people: Sequence[str]) -> dict[str, str]:
    """Give the roles that the sync enrols them in, by username."""
    return {USERNAMES[person]: "editingteacher" if person == "trainer" else "student" for person in people}


@contextmanager
def running_miniature(folder: Path) -> Iterator[str]:
    """Run a miniature with a course in it; give its address."""
    late = Late()
    with listening(late) as address:
        url = address.replace("127.0.0.1", "localhost")
        moodle = create_moodle(MoodleSettings(wwwroot=url, database=f"sqlite:///{folder / 'moodle.sqlite3'}"))
        seeded = seed(moodle.extensions["moodle"])
        with moodle.extensions["moodle"].session() as db:
            db.get_one(User, seeded.people[USERNAMES["third trainee"]]).lang = "en"
        late.app = moodle
        yield url
