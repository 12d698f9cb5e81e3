"""Who is missing: a trainer's list holds everybody in the course, as Moodle tells it, and says how old that is.

The same specification for the miniature (`tests/browser`) and for a real Moodle (`tests/live`): each has a fixture
`site` and runs the tests of this class in their order, one story.
"""

import time

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


def open_list_until(site: Site, words: str) -> FrameLocator:
    """Open the list as trainer, again and again, until the worker has done what the words tell of."""
    deadline = time.monotonic() + PATIENCE
    while True:
        page = site.open_activity("trainer", EXERCISE)
        expect(page.get_by_role("heading", name="Work in this course")).to_be_visible()
        if words in page.locator("main").inner_text() or time.monotonic() > deadline:
            expect(page.locator("main")).to_contain_text(words)
            return page


class Roster:
    """One story."""

    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def registered(cls, site: Site, tool: Tool) -> None:
        """Register the tool, and place a module, as a trainer does."""
        site.register(tool.command("invite", "--approve"))
        site.place_module(MODULE)

    def test_people_who_were_never_here_are_in_the_list(self, site: Site) -> None:
        page = open_list_until(site, "List of participants of")

        for person in ("trainee", "second trainee", "brazilian trainee"):
            expect(row_of(page, site.name_of(person))).to_contain_text("Never here yet")

    def test_trainers_are_not(self, site: Site) -> None:
        expect(site.open_activity("non-editing trainer", EXERCISE).get_by_role("row").first).to_be_visible()

        page = open_list_until(site, "List of participants of")

        for person in ("trainer", "non-editing trainer"):
            expect(row_of(page, site.name_of(person))).to_have_count(0)

    def test_how_old_the_list_is_and_how_many_handed_in_is_told(self, site: Site) -> None:
        page = site.open_activity("trainer", EXERCISE)

        expect(page.locator(".roster")).to_contain_text("ago (")
        expect(page.locator(".roster")).to_contain_text("0 of ")

    def test_who_came_and_wrote_nothing_is_told_apart(self, site: Site) -> None:
        expect(site.open_activity("trainee", EXERCISE).get_by_role("button", name="Hand in").first).to_be_visible()

        page = site.open_activity("trainer", EXERCISE)

        expect(row_of(page, site.name_of("trainee"))).to_contain_text("Nothing written yet")

    def test_who_is_suspended_in_moodle_disappears_after_asking_again(self, site: Site) -> None:
        site.suspend("second trainee")
        page = open_list_until(site, "Never here yet")
        expect(row_of(page, site.name_of("second trainee"))).to_have_count(1)
        self._ask_again(site)

        deadline = time.monotonic() + PATIENCE
        while row_of(page := site.open_activity("trainer", EXERCISE), site.name_of("second trainee")).count():
            assert time.monotonic() < deadline
            expect(page.get_by_role("heading", name="Work in this course")).to_be_visible()

        expect(row_of(page, site.name_of("brazilian trainee"))).to_contain_text("Never here yet")

    @staticmethod
    def _ask_again(site: Site) -> None:
        """Press the button, which is there a minute after the last time."""
        deadline = time.monotonic() + 2 * PATIENCE
        button = "Ask Moodle again now"
        while not (page := site.open_activity("trainer", EXERCISE)).get_by_role("button", name=button).is_visible():
            assert time.monotonic() < deadline
            time.sleep(2)
        page.get_by_role("button", name=button).click()
        expect(page.locator(".roster")).to_contain_text("Moodle is being asked")
