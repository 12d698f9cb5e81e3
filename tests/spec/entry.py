"""Who gets in, and as whom: approval, update in place, the four roles, names withheld, a locale that is Moodle's own.

The same specification for the miniature (`tests/browser`) and for a real Moodle (`tests/live`): each has a fixture
`site` and runs the tests of this class in their order, one story.
"""

import re

import pytest
from playwright.sync_api import FrameLocator, expect

from content.load import load
from lti_tool.i18n import find_languages
from tests.conftest import leave_out
from tests.spec.canvas import COMMUNITY_QUESTION, answer, expect_handed_in, hand_in
from tests.spec.site import Site
from tests.spec.tool import Tool

COURSE = load().courses["training-of-trainers"]
MODULE = COURSE.texts["en"].modules[COURSE.modules[0].id].title
WORDS = "The cooperative that cooks school meals"


def people_on(page: FrameLocator) -> list[str]:
    """Read the names of those who handed in, on a trainer's list."""
    handed_in = page.get_by_role("rowheader").filter(has=page.get_by_role("link"))
    expect(handed_in.first).to_be_visible()
    return handed_in.all_inner_texts()


class Entry:
    """One story."""

    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def registered(cls, site: Site, tool: Tool) -> None:
        """Register the tool by an invitation that approves nothing."""
        site.register(tool.command("invite"))

    def test_nobody_gets_in_before_whoever_runs_the_tool_says_so(self, site: Site, tool: Tool) -> None:
        page = site.open_picker()

        expect(page.get_by_text("has not approved it yet")).to_be_visible()
        tool.command("platforms", "approve", "1")

    def test_the_url_pasted_again_updates_in_place(self, site: Site, tool: Tool) -> None:
        before = tool.command("platforms", "list")

        site.update(tool.command("invite"))

        assert tool.command("platforms", "list") == before
        assert site.place_module(MODULE)

    def test_a_trainee_comes_to_the_exercise(self, site: Site) -> None:
        page = site.open_activity("trainee", "Needs matrix")

        answer(page, COMMUNITY_QUESTION, WORDS)
        hand_in(page)
        expect_handed_in(page)

    @pytest.mark.parametrize("person", ["trainer", "non-editing trainer", "admin"])
    def test_whoever_teaches_comes_to_everybodys_work(self, site: Site, person: str) -> None:
        page = site.open_activity(person, "Needs matrix")

        assert len(people_on(page)) == 1
        expect(page.get_by_role("button", name="Hand in")).to_have_count(0)

    def test_a_locale_of_moodles_own_gets_a_language_that_is_there(self, site: Site) -> None:
        if not site.has_language("pt_br"):
            leave_out("Moodle's language pack pt_br", "Site administration > General > Language > Language packs")
        site.choose_language("third trainee", "pt_br")

        page = site.open_activity("third trainee", "Needs matrix")

        expect(page.locator("html")).to_have_attribute("lang", find_languages("en").match("pt_br"))
        expect(page.locator("#exercise")).to_be_visible()

    def test_names_that_moodle_withholds_are_forgotten_and_numbered(self, site: Site) -> None:
        named = people_on(site.open_activity("trainer", "Needs matrix"))

        site.withhold_names()
        expect(site.open_activity("trainee", "Needs matrix").locator("#submission")).to_be_visible()

        numbered = people_on(site.open_activity("trainer", "Needs matrix"))
        assert [bool(re.fullmatch(r"Participant \d+", name)) for name in named + numbered] == [False, True]
