"""The miniature of Moodle, driven in a browser."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import requests
from playwright.sync_api import Browser, FrameLocator, Page, expect
from werkzeug.serving import make_server

from lti_tool.demo.moodle.app import create_moodle
from lti_tool.demo.moodle.seed import seed
from lti_tool.demo.moodle.settings import MoodleSettings
from lti_tool.demo.moodle.tables import User
from lti_tool.demo.walk import make_token
from tests.spec.tool import free_port

PATIENCE = 30
USERNAMES = {
    "admin": "admin",
    "trainer": "trainer",
    "non-editing trainer": "trainer2",
    "trainee": "trainee1",
    "second trainee": "trainee2",
    "brazilian trainee": "trainee3",
}
NAMES = {
    "admin": "Admin",
    "trainer": "Trainer One",
    "non-editing trainer": "Trainer Two",
    "trainee": "Trainee One",
    "second trainee": "Trainee Two",
    "brazilian trainee": "Trainee Three",
}


class Miniature:
    """One miniature, and its people in browsers of their own."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.url = url
        self._browser = browser
        self._pages: dict[str, Page] = {}
        self._token = ""

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
        activities = self._pages["trainer"].locator(".activities a")
        before = activities.count()
        picker.get_by_role("group", name=title).get_by_label("The whole module").check()
        picker.get_by_role("button", name="Place in the course").click()
        expect(activities).not_to_have_count(before)
        return activities.all_inner_texts()

    def open_picker(self) -> FrameLocator:
        """Go as far as the tool's picker; give its frame."""
        page = self._go("trainer", "/course/view.php?id=2")
        page.get_by_role("button", name="Add from MedTOWN").first.click()
        return page.frame_locator("#chooser iframe")

    def open_activity(self, person: str, title: str) -> FrameLocator:
        """Open an activity on the course's page; give the frame that the tool is in."""
        page = self._go(person, "/course/view.php?id=2")
        page.get_by_role("link", name=title, exact=True).last.click()
        return page.frame_locator("#contentframe")

    def name_of(self, person: str) -> str:
        """Give the person's name."""
        return NAMES[person]

    def suspend(self, person: str) -> None:
        """Suspend the person's enrolment, by the web service: the miniature has no page for it."""
        self._call(
            "enrol_manual_enrol_users", {"roleid": 5, "userid": self._id_of(person), "courseid": 2, "suspend": 1}
        )

    def _id_of(self, person: str) -> str:
        asked = {"field": "username", "values[0]": USERNAMES[person]}
        return str(self._rest("core_user_get_users_by_field", asked)[0]["id"])

    def _call(self, function: str, enrolment: dict[str, object]) -> None:
        self._rest(function, {f"enrolments[0][{name}]": value for name, value in enrolment.items()})

    def _rest(self, function: str, parameters: Mapping[str, object]) -> Any:
        self._token = self._token or make_token(self.url)
        given = {"wstoken": self._token, "wsfunction": function, "moodlewsrestformat": "json", **parameters}
        answer = requests.post(f"{self.url}/webservice/rest/server.php", data=given, timeout=PATIENCE).json()
        assert "exception" not in (answer or {}), answer
        return answer

    def wait_for_grade(self, person: str, title: str, grade: str) -> None:
        """Wait until the person's own grade report shows a grade."""
        deadline = time.monotonic() + PATIENCE
        while True:
            page = self._go(person, "/grade/report/user/index.php?id=2")
            row = page.get_by_role("row").filter(has_text=title).last
            if grade in row.inner_text() or time.monotonic() > deadline:
                expect(row).to_contain_text(grade)
                return

    def _go(self, person: str, path: str) -> Page:
        if person not in self._pages:
            page = self._browser.new_context().new_page()
            page.goto(self.url)
            page.locator(f"#login-{USERNAMES[person]}").click()
            self._pages[person] = page
        self._pages[person].goto(self.url + path)
        return self._pages[person]


@contextmanager
def running_miniature(folder: Path) -> Iterator[str]:
    """Run a miniature with a course in it; give its address."""
    port = free_port()
    url = f"http://localhost:{port}"
    moodle = create_moodle(MoodleSettings(wwwroot=url, database=f"sqlite:///{folder / 'moodle.sqlite3'}"))
    seeded = seed(moodle.extensions["moodle"])
    with moodle.extensions["moodle"].session() as db:
        db.get_one(User, seeded.people[USERNAMES["brazilian trainee"]]).lang = "pt_br"
    server = make_server("127.0.0.1", port, moodle, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield url
    server.shutdown()
    thread.join()
    server.server_close()
