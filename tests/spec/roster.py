"""Who is missing: a trainer's list holds everybody in the course, as Moodle tells it, and says how old that is.

The same specification for the miniature (`tests/browser`) and for a real Moodle (`tests/live`): each has a fixture
`site` and runs the tests of this class in their order, one story.
"""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import FrameLocator, Locator, expect

from content.load import load
from tests.spec.site import Site
from tests.spec.tool import Tool

COURSE = load().courses["training-of-trainers"]
MODULE = COURSE.texts["en"].modules[COURSE.modules[0].id].title
EXERCISE = "Needs matrix"
PATIENCE = 60


def row_of(page: FrameLocator, name: str) -> Locator:
    """Find a person's row on the list."""
    return page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=name, exact=True))


def open_list(site: Site) -> FrameLocator:
    """Open the list as trainer, and wait until it is there."""
    page = site.open_activity("trainer", EXERCISE)
    expect(page.get_by_role("heading", name="Work in this course")).to_be_visible(timeout=1_000 * PATIENCE)
    return page


def open_list_until(site: Site, holds: Callable[[FrameLocator], bool]) -> FrameLocator:
    """Open the list again and again until the worker has done what the page tells of."""
    deadline = time.monotonic() + 2 * PATIENCE
    while not holds(page := open_list(site)):
        assert time.monotonic() < deadline, page.locator("main").inner_text()
        time.sleep(1)
    return page


def tells_its_age(page: FrameLocator) -> bool:
    """Tell whether the page holds the list of participants."""
    return "List of participants of" in page.locator("main").inner_text()


def button_of(page: FrameLocator) -> Locator:
    """Find what makes the tool ask Moodle at once."""
    return page.get_by_role("button", name="Ask Moodle again now")


class Roster:
    """One story."""

    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def registered(cls, site: Site, tool: Tool) -> None:
        """Register the tool, and place a module, as a trainer does."""
        site.register(tool.command("invite", "--approve"))
        site.place_module(MODULE)

    def test_people_who_were_never_here_are_in_the_list(self, site: Site) -> None:
        page = open_list_until(site, tells_its_age)

        for person in ("trainee", "second trainee", "third trainee"):
            expect(row_of(page, site.name_of(person))).to_contain_text("Never here yet")

    def test_trainers_are_not(self, site: Site) -> None:
        expect(site.open_activity("non-editing trainer", EXERCISE).get_by_role("row").first).to_be_visible()

        page = open_list_until(site, tells_its_age)

        for person in ("trainer", "non-editing trainer"):
            expect(row_of(page, site.name_of(person))).to_have_count(0)

    def test_how_old_the_list_is_and_how_many_handed_in_is_told(self, site: Site) -> None:
        page = open_list(site)

        expect(page.locator(".roster")).to_contain_text("ago (")
        expect(page.locator(".roster")).to_contain_text("0 of ")

    def test_who_came_and_wrote_nothing_is_told_apart(self, site: Site) -> None:
        expect(site.open_activity("trainee", EXERCISE).get_by_role("button", name="Hand in").first).to_be_visible()

        page = open_list(site)

        expect(row_of(page, site.name_of("trainee"))).to_contain_text("Nothing written yet")

    def test_who_is_suspended_in_moodle_disappears_after_asking_again(self, site: Site) -> None:
        name = site.name_of("second trainee")
        site.suspend("second trainee")
        expect(row_of(open_list(site), name)).to_have_count(1)

        page = open_list_until(site, lambda page: button_of(page).is_visible())  # a minute after the last time
        button_of(page).click()
        expect(button_of(page)).to_have_count(0, timeout=1_000 * PATIENCE)  # asked, or read by a quick worker already

        page = open_list_until(site, lambda page: row_of(page, name).count() == 0)
        expect(row_of(page, site.name_of("third trainee"))).to_contain_text("Never here yet")
