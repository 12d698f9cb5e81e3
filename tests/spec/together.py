"""Together: Moodle's groups at one canvas each, a score for everybody, and the groups' names from the sync.

The same specification for the miniature (`tests/browser`) and for a real Moodle (`tests/live`): each has a fixture
`site` and runs the tests of this class in their order, one story.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import FrameLocator, Locator, Page, expect

from tests.spec.canvas import alive, hand_in
from tests.spec.main_job import MODULE
from tests.spec.site import Site
from tests.spec.tool import Tool

MATRIX = "Needs matrix"
GROUP = "Hill & harbour"
SECONDS = 1000
SOON = 15 * SECONDS
"""Others' notes come within three seconds; a busy machine may take longer."""


def cell(page: FrameLocator | Page) -> Locator:
    """Find a cell of the matrix, in whatever language its reader has it."""
    return page.locator("[data-part=matrix] [data-cell='subsistence/having']")


def add(page: FrameLocator | Page, text: str) -> None:
    """Add a note to the canvas, and wait until it is saved."""
    place = cell(page)
    alive(page)
    place.locator("[data-add]").click()
    place.locator("[data-quick]").fill(text)
    place.locator("[data-quick]").press("Enter")
    place.locator("[data-quick]").press("Escape")
    expect(page.locator("[data-state=saved]")).to_be_visible(timeout=SOON)


def open_arrangement(site: Site) -> FrameLocator:
    """Open, as trainer, the page where the exercise is arranged."""
    page = site.open_activity("trainer", MATRIX)
    page.get_by_role("link", name="How this exercise is done").click()
    expect(page.get_by_role("heading", name="How this exercise is done")).to_be_visible()
    return page


class Together:
    """One story."""

    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def registered(cls, site: Site, tool: Tool) -> None:
        """Register the tool as the administrator would, place a module, and make a group in Moodle."""
        site.register(tool.command("invite", "--approve"))
        site.place_module(MODULE)
        site.make_group(GROUP, ["trainee", "second trainee"])

    def test_a_trainer_lets_moodles_groups_do_it(self, site: Site) -> None:
        page = open_arrangement(site)

        page.get_by_role("radio", name="In groups").check()
        page.get_by_label("Due").fill("2030-01-01T10:00")
        page.get_by_role("button", name="Save", exact=True).click()

        expect(page.get_by_role("radio", name="In groups")).to_be_checked()
        expect(page.get_by_label("Due")).to_have_value("2030-01-01T10:00")

    def test_who_is_in_no_group_reads_what_to_do(self, site: Site) -> None:
        page = site.open_activity("third trainee", MATRIX)

        expect(page.locator(".problem, .notice").filter(has_text=re.compile("group|grupo")).first).to_be_visible()
        expect(page.locator("[data-add]")).to_have_count(0)

    def test_the_sync_tells_what_moodle_calls_the_groups(self, site: Site, tool: Tool, tmp_path: Path) -> None:
        said = tool.command("groups", "name", str(site.tell_groups(tmp_path)))

        assert f" is {GROUP}\n" in said
        expect(open_arrangement(site).locator("legend").filter(has_text=GROUP)).to_be_visible()

    def test_a_trainer_ticks_the_group_that_counts_since_people_may_be_in_several(self, site: Site) -> None:
        page = open_arrangement(site)

        page.get_by_role("checkbox", name=GROUP, exact=True).check()
        page.get_by_role("button", name="Save", exact=True).click()

        expect(page.get_by_role("checkbox", name=GROUP, exact=True)).to_be_checked()

    def test_two_of_a_group_write_at_once_and_see_each_others_notes(self, site: Site) -> None:
        first = alive(site.open_activity("trainee", MATRIX))
        second = alive(site.open_activity("second trainee", MATRIX))

        add(first, "The well on the hill")
        add(second, "The ice house at the harbour")

        for page in (first, second):
            expect(cell(page)).to_contain_text("The well on the hill", timeout=SOON)
            expect(cell(page)).to_contain_text("The ice house at the harbour", timeout=SOON)

    def test_what_one_hands_in_is_a_score_for_each(self, site: Site) -> None:
        page = site.open_activity("trainee", MATRIX)

        hand_in(page)

        expect(page.locator("#submission:target")).to_contain_text("You handed it in:")
        site.wait_for_grade("second trainee", MATRIX, "100.00")
        site.wait_for_grade("trainee", MATRIX, "100.00")
        assert not re.search(r"100[.,]00", site.read_grade("third trainee", MATRIX))

    def test_a_trainer_reads_the_groups_work_under_its_name(self, site: Site) -> None:
        page = site.open_activity("trainer", MATRIX)

        page.get_by_role("link", name=GROUP).click()

        expect(page.get_by_text("The well on the hill")).to_be_visible()

    def test_a_copy_of_the_course_is_done_in_groups_too_and_has_no_dates(self, site: Site) -> None:
        site.copy_course()

        page = open_arrangement(site)

        expect(page.get_by_role("radio", name="In groups")).to_be_checked()
        expect(page.get_by_label("Due")).to_have_value("")
