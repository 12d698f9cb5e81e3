"""The community: two trainees talk in it, inside Moodle.

The same specification for the miniature (`tests/browser`) and for a real Moodle (`tests/live`): each has a fixture
`site` and runs the tests of this class in their order, one story.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.spec.site import Site
from tests.spec.tool import Tool

COMMUNITY = "Community of practice"
TITLE = "Who has begun a time bank?"
NEED = "Our neighbourhood wants to exchange hours of help, and nobody here has done it."
ANSWER = "We have, two years ago: begin with ten people who trust each other."


class Community:
    """One story in four tests."""

    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def registered(cls, site: Site, tool: Tool) -> None:
        """Register the tool as the administrator would."""
        site.register(tool.command("invite", "--approve"))

    def test_the_picker_places_it(self, site: Site) -> None:
        assert COMMUNITY in site.place_module(COMMUNITY)

    def test_a_trainee_tells_what_they_need(self, site: Site) -> None:
        page = site.open_activity("trainee", COMMUNITY)
        page.get_by_role("link", name="Write a post").click()
        page.get_by_role("radio", name="Need").check()
        page.get_by_label("Title").fill(TITLE)
        page.get_by_role("textbox", name="Text", exact=True).fill(NEED)

        page.get_by_role("button", name="Publish").click()

        expect(page.get_by_role("heading", level=1, name=TITLE)).to_be_visible()
        expect(page.get_by_text("Still open")).to_be_visible()

    def test_a_second_trainee_replies(self, site: Site) -> None:
        page = site.open_activity("second trainee", COMMUNITY)
        page.get_by_role("link", name=TITLE).click()
        expect(page.get_by_text(NEED, exact=True)).to_be_visible()
        page.get_by_role("textbox").fill(ANSWER)

        reply = page.locator("form[data-draft^='reply/']")
        reply.locator("[name=language]").select_option("en")  # what they write, whatever they read
        reply.locator("button.primary").click()  # this person may read the interface in another language

        expect(page.locator("#replies")).to_have_text(re.compile(r"^1 "))
        expect(page.get_by_role("article").filter(has_text=ANSWER)).to_be_visible()

    def test_the_first_one_reads_it_and_marks_the_need_as_answered(self, site: Site) -> None:
        page = site.open_activity("trainee", COMMUNITY)
        page.get_by_role("link", name=TITLE).click()
        expect(page.get_by_role("article").filter(has_text=ANSWER)).to_be_visible()

        page.get_by_role("button", name="This reply answers the need").click()

        expect(page.get_by_text("This reply answered the need")).to_be_visible()
        page.get_by_role("link", name="All posts").click()
        expect(page.get_by_role("listitem").filter(has_text=TITLE)).to_contain_text("Answered")
