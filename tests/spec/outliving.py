"""The community outlives the course: whose training ended opens it from a course of its own.

The same specification for the miniature (`tests/browser`) and for a real Moodle (`tests/live`): each has a fixture
`site` and runs the tests of this class in their order, one story.
"""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.spec.community import ANSWER, COMMUNITY, NEED, TITLE
from tests.spec.site import Site
from tests.spec.tool import Tool

PEOPLE = ("trainer", "trainee", "second trainee")


class Outliving:
    """One story in four tests."""

    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def registered(cls, site: Site, tool: Tool) -> None:
        """Register the tool as the administrator would."""
        site.register(tool.command("invite", "--approve"))

    @pytest.fixture(scope="class")
    @classmethod
    def folder(cls, tmp_path_factory: pytest.TempPathFactory) -> Path:
        """Give the folder of the sync, with its journal."""
        return tmp_path_factory.mktemp("sync")

    def test_it_is_placed_in_the_training_and_in_the_course_that_the_sync_gives_it(
        self, site: Site, folder: Path
    ) -> None:
        site.sync_with_community(PEOPLE, folder)

        in_training = site.place_module(COMMUNITY)
        site.go_to_community()
        in_its_own = site.place_module(COMMUNITY)

        assert (COMMUNITY in in_training, in_its_own) == (True, [COMMUNITY])

    def test_in_both_courses_it_is_the_same_community(self, site: Site) -> None:
        site.go_back()
        page = site.open_activity("trainee", COMMUNITY)
        page.get_by_role("link", name="Write a post").click()
        page.get_by_role("radio", name="Need").check()
        page.get_by_label("Title").fill(TITLE)
        page.get_by_role("textbox", name="Text", exact=True).fill(NEED)
        page.get_by_role("button", name="Publish").click()
        expect(page.get_by_role("heading", level=1, name=TITLE)).to_be_visible()

        site.go_to_community()
        page = site.open_activity("second trainee", COMMUNITY)
        page.get_by_role("link", name=TITLE).click()
        expect(page.get_by_text(NEED, exact=True)).to_be_visible()
        page.get_by_role("textbox").fill(ANSWER)
        reply = page.locator("form[data-draft^='reply/']")
        reply.locator("[name=language]").select_option("en")  # what they write, whatever they read
        reply.locator("button.primary").click()  # this person may read the interface in another language

        expect(page.get_by_role("article").filter(has_text=ANSWER)).to_be_visible()

    def test_whom_the_sync_suspends_in_the_training_is_shut_out_there(self, site: Site, folder: Path) -> None:
        site.go_back()
        assert site.is_let_in("trainee")

        site.sync_with_community([person for person in PEOPLE if person != "trainee"], folder)

        assert not site.is_let_in("trainee")

    def test_and_still_opens_the_need_and_its_answer_from_the_communitys_course(self, site: Site) -> None:
        site.go_to_community()
        page = site.open_activity("trainee", COMMUNITY)
        page.get_by_role("link", name=TITLE).click()
        expect(page.get_by_text(NEED, exact=True)).to_be_visible()
        expect(page.get_by_text("Still open")).to_be_visible()

        page.get_by_role("button", name="This reply answers the need").click()

        expect(page.get_by_text("This reply answered the need")).to_be_visible()
