"""A real Moodle, driven in a browser; it needs nothing but its address and an administrator's account.

A course, trainers and trainees are made for each run, and a token of the administrator's does what has no page.
"""

import os
import re
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from secrets import token_hex
from typing import Any

from playwright.sync_api import Browser, BrowserContext, FrameLocator, Locator, Page, expect

from tests.conftest import leave_out
from tests.live.browsers import Browsers
from tests.live.people import PASSWORD, ROLES, People
from tests.live.restoring import restore_as_if_from_elsewhere, run_script
from tests.live.tools import ManagedTool
from tests.spec import community_course, copied_runs, grouping, webservice
from tests.spec.site import whole_module

PATIENCE = 150
"""Seconds until a grade is shown: Moodle's cron, which runs each minute, may have to do its part."""
GOES_ON = ("trainer", "trainee")
"""Who is enrolled where the story goes on in another course."""


class Moodle:
    """One site, and the people of this run in browsers of their own."""

    def __init__(self, browser: Browser, url: str, admin: str, password: str) -> None:
        self.url = url.rstrip("/")
        self._browsers = Browsers(browser, self.url)
        self._browsers.log_in("admin", admin, password)
        self._people = People(self._browsers, token_hex(4))
        self._tool = ManagedTool(self._browsers)
        self._course = ""
        self._courses: list[str] = []
        self._community = ""
        self._template = ""
        self._runs: Mapping[int, str] = {}

    def furnish(self) -> None:
        """Make the course and the people, and log them in."""
        self._go_on_in(self._people.make_course())
        for person in ROLES:
            self._people.make(person)
            self._people.enrol(person, self._course)
            self._browsers.log_in(person, self._people.username(person), PASSWORD)

    def has_language(self, code: str) -> bool:
        """Tell whether somebody reads the site in a language: its pack is installed."""
        return self._people.has_language(code)

    def choose_language(self, person: str, code: str) -> None:
        """Let a person choose the language that the site speaks to them."""
        self._people.choose_language(person, code)

    def register(self, invitation_url: str) -> None:
        """Paste the URL in Manage tools, agree, close, and activate the tool."""
        self._tool.register(invitation_url)

    def update(self, invitation_url: str) -> None:
        """Paste the URL again, and update this run's tool."""
        self._tool.update(invitation_url)

    def withhold_names(self) -> None:
        """Never share the launcher's name with the tool."""
        self._tool.withhold_names()

    def delete_tool(self) -> None:
        """Delete the tool in Manage tools."""
        self._tool.delete()

    def place_module(self, title: str) -> list[str]:
        """Place a whole module with one deep link; give the titles of the activities that appear."""
        picker = self.open_picker()
        whole_module(picker, title).check()
        picker.get_by_role("button", name="Place in the course").click()
        return self.finish_placing()

    def open_picker(self) -> FrameLocator:
        """Add an activity of the tool and press "Select content"; give the tool's frame."""
        self._show_in_chooser()
        page = self._browsers.go("trainer", f"/course/view.php?id={self._course}")
        section = 0 if self._course == self._community else 1
        place = f"course={self._course}&section={section}"
        page.goto(f"{self.url}/course/modedit.php?add=lti&{place}&typeid={self._tool.number}")
        page.get_by_role("button", name="Select content").click()
        return page.frame_locator("iframe[name=contentitem-page-iframe], .modal iframe").last

    def finish_placing(self) -> list[str]:
        """Save what the picker handed back; give the titles of the activities in the course."""
        page = self._browsers.pages["trainer"]
        page.get_by_role("button", name="Save and return to course").click()
        page.wait_for_url(re.compile(r"/course/view\.php"))
        names = page.locator("li.modtype_lti .instancename")
        expect(names.first).to_be_visible()
        return list(names.evaluate_all("names => names.map(name => name.firstChild.textContent.trim())"))

    def open_activity(self, person: str, title: str) -> FrameLocator:
        """Open an activity on the course's page; give the frame that the tool is in."""
        page = self._browsers.go(person, f"/course/view.php?id={self._course}")
        page.locator("li.modtype_lti").get_by_role("link", name=title).last.click()
        return page.frame_locator("#contentframe")

    def follow_link(self, person: str, address: str) -> Page:
        """Follow a link from a mail; give the page where it leads."""
        return self._browsers.follow(person, address)

    def follow_link_and_log_in(self, person: str, address: str, context: BrowserContext) -> Page:
        """Follow a link from a mail where nobody is logged in, and log in; give the page where it leads then."""
        account = (self._people.username(person), PASSWORD)
        return self._browsers.log_in_on_the_way(person, account, address, context)

    def name_of(self, person: str) -> str:
        """Give the person's name."""
        return f"{person.title()} {self._people.run}"

    def suspend(self, person: str) -> None:
        """Suspend the person's enrolment in the course."""
        self._people.suspend(person, self._course)

    def is_let_in(self, person: str) -> bool:
        """Go to the course's page; tell whether it shows its activities."""
        return self._browsers.go(person, f"/course/view.php?id={self._course}").locator("li.modtype_lti").count() > 0

    def sync_with_community(self, people: Sequence[str], folder: Path) -> None:
        """Let `moodle-sync` enrol people in the course, with a course for the community beside it."""
        roles = self._people.roles(people)
        self._community = community_course.sync(self.url, self._token, self._courses[0], roles, folder)

    def go_to_community(self) -> None:
        """Go on in the community's course."""
        self._course = self._community

    def make_group(self, name: str, people: Sequence[str]) -> None:
        """Make a group in the course, and put people into it."""
        grouping.make_group(self.url, self._token, self._course, name, [self.number_of(person) for person in people])

    def tell_groups(self, folder: Path) -> Path:
        """Let `moodle-sync` write what the course's groups are called; give the file."""
        return grouping.tell_groups(self.url, self._token, self._course, folder)

    def wait_for_grade(self, person: str, title: str, grade: str) -> None:
        """Wait until the person's own grade report shows a grade; with a comma where their language has one."""
        as_read = re.compile(re.escape(grade).replace(r"\.", "[.,]"))
        deadline = time.monotonic() + PATIENCE
        while True:
            row = self._grade_row(person, title)
            is_shown = row.count() and as_read.search(row.inner_text())
            if is_shown or time.monotonic() > deadline:
                expect(row).to_contain_text(as_read)
                return

    def review_work(self, person: str, of: str, title: str) -> FrameLocator:
        """Go where the grade reports' links to somebody's work lead; give the frame that the tool is in."""
        module = self._grade_item(of, title)["cmid"]
        page = self._browsers.go(person, f"/mod/lti/grade.php?id={module}&userid={self.number_of(of)}")
        return page.frame_locator("#contentframe")

    def read_grade(self, person: str, title: str) -> str:
        """Read the person's own grade report."""
        return self._grade_row(person, title).inner_text()

    def lock_column(self, title: str) -> None:
        """Lock an activity's column, or unlock it."""
        item = self._grade_item("trainee", title)
        action = "unlock" if item["gradeislocked"] else "lock"
        page = self._browsers.go("trainer", f"/grade/edit/tree/index.php?id={self._course}")
        query = f"id={self._course}&action={action}&eid=ig{item['id']}&sesskey={page.evaluate('M.cfg.sesskey')}"
        page.goto(f"{self.url}/grade/edit/tree/action.php?{query}")

    def grade_by_hand(self, person: str, title: str, grade: str) -> None:
        """Enter a grade in the gradebook."""
        item, user = self._grade_item(person, title)["id"], self.number_of(person)
        path = f"/grade/edit/tree/grade.php?courseid={self._course}&itemid={item}&userid={user}"
        page = self._browsers.go("trainer", path)
        page.locator("input[type=checkbox][name=overridden]").check()
        page.locator("#id_finalgrade").fill(grade)
        page.get_by_role("button", name="Save changes").click()
        page.wait_for_url(lambda url: "/tree/grade.php" not in url)

    def copy_course(self) -> None:
        """Copy the course, enrol the trainer and the trainee in the copy, and go on there."""
        roles = {self._people.username(person): ROLES[person] for person in GOES_ON}
        self._go_on_in(webservice.copy_course(self.url, self._token, self._course, roles))
        self._do_what_waits()

    def copy_with_sync(self, people: Sequence[str], folder: Path) -> tuple[str, str]:
        """Let `moodle-sync` make runs as copies of the course, and enrol people in them; give what it told twice."""
        self._template = self._course
        copied = copied_runs.sync(self.url, self._token, self._template, self._people.roles(people), folder)
        self._runs = copied.courses
        self._do_what_waits()
        return copied.told

    def go_to_run(self, run: int) -> None:
        """Go on in one of these runs."""
        self._course = self._runs[run]

    def restore_course(self) -> None:
        """Restore a backup of the course as if it came from another site, and go on there with the same two."""
        if not self._scripts:
            leave_out("What runs Moodle's scripts", "set MOODLE_CLI, such as `sudo -u www-data php /…/admin/cli/`")
        self._go_on_in(restore_as_if_from_elsewhere(self._scripts, self._course))
        for person in GOES_ON:
            self._people.enrol(person, self._course)
        self._do_what_waits()

    def go_back(self) -> None:
        """Go on in the first course again."""
        self._course = self._courses[0]

    def module_of(self, title: str) -> str:
        """Give the number (cmid) of the newest activity of a title."""
        self._browsers.go("trainer", f"/course/view.php?id={self._course}")
        activity = self._browsers.pages["trainer"].locator("li.modtype_lti").filter(has_text=title).last
        return str(activity.get_attribute("data-id"))

    def line_item_of(self, title: str) -> str:
        """Give the address of an activity's line item."""
        item = self._grade_item("trainee", title)["id"]
        return f"{self.url}/mod/lti/services.php/{self._course}/lineitems/{item}/lineitem?type_id={self._tool.number}"

    def write_custom_parameters(self, title: str, lines: Sequence[str]) -> None:
        """As trainer: write custom parameters into an activity's settings."""
        page = self._open_settings(title)
        page.locator("#id_instructorcustomparameters").fill("\n".join(lines))
        self._save_settings()

    def make_column_anew(self, title: str) -> None:
        """As trainer: take an activity's column out of the gradebook, and put a new one there."""
        page = self._open_settings(title)
        page.locator("#id_instructorchoiceacceptgrades").uncheck()
        self._save_settings()
        page = self._open_settings(title)
        page.locator("#id_instructorchoiceacceptgrades").check()
        page.locator("#id_grade_modgrade_type").select_option("point")
        page.locator("#id_grade_modgrade_point").fill("100")
        self._save_settings()

    def close(self) -> None:
        """Take the run's tool, courses and people away again."""
        if self._tool.number:
            self._tool.delete()
        if self._template:
            copied_runs.delete(self.url, self._token, self._template)
        if self._community:
            community_course.delete_category(self.url, self._token, self._courses.pop(0))
        for course in self._courses:
            self._people.delete_course(course)
        if "MOODLE_TOKEN" in os.environ and self._people.made:
            webservice.delete_users(self.url, self._token, self._people.made)

    @property
    def _scripts(self) -> str:
        """How the command line of Moodle's own scripts begins, where they can be run."""
        return os.environ.get("MOODLE_CLI", "")

    def _do_what_waits(self) -> None:
        """Run Moodle's tasks: since 5.1 a copy shows no grade before. Elsewhere its cron does, each minute."""
        if self._scripts:
            run_script(self._scripts, "adhoc_task.php", "--execute")

    @property
    def _token(self) -> str:
        """An administrator's, for a service with what the sync needs and the two functions named here."""
        token = os.environ.get("MOODLE_TOKEN")
        assert token, (
            "set MOODLE_TOKEN; its service needs core_course_duplicate_course and gradereport_user_get_grade_items"
        )
        return token

    def number_of(self, person: str) -> str:
        """Give a person's number."""
        return webservice.user_id(self.url, self._token, self._people.username(person))

    def _grade_item(self, person: str, title: str) -> dict[str, Any]:
        """Find the newest column of a title, with what the gradebook says of it for a person."""
        arguments = {"courseid": self._course, "userid": self.number_of(person)}
        report = webservice.call(self.url, self._token, "gradereport_user_get_grade_items", arguments)
        items: list[dict[str, Any]] = report["usergrades"][0]["gradeitems"]
        return [item for item in items if item["itemname"] == title][-1]

    def sit_down(self, person: str, context: BrowserContext) -> None:
        """Log a person in, in a new tab of this browser; whoever was logged in there is logged out first."""
        self._browsers.log_in(person, self._people.username(person), PASSWORD, context)

    def _go_on_in(self, course: str) -> None:
        self._course = course
        self._courses.append(course)

    def _grade_row(self, person: str, title: str) -> Locator:
        page = self._browsers.go(person, f"/grade/report/user/index.php?id={self._course}")
        return page.get_by_role("row").filter(has_text=title).last

    def _open_settings(self, title: str) -> Page:
        """Open an activity's settings as trainer, with all that they hide."""
        page = self._browsers.go("trainer", f"/course/modedit.php?update={self.module_of(title)}")
        page.get_by_role("button", name="Expand all").click()
        page.get_by_role("button", name="Show more...").evaluate_all("buttons => buttons.forEach(b => b.click())")
        return page

    def _save_settings(self) -> None:
        page = self._browsers.pages["trainer"]
        page.get_by_role("button", name="Save and return to course").click()
        page.wait_for_url(re.compile(r"/course/view\.php"))

    def _show_in_chooser(self) -> None:
        page = self._browsers.go("trainer", f"/mod/lti/coursetools.php?id={self._course}")
        box = page.locator(f'input[type=checkbox][data-id="{self._tool.number}"]')
        if not box.is_checked():
            with page.expect_response("**/lib/ajax/service.php?*"):
                box.check(force=True)
