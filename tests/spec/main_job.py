"""The main job: a trainee does an exercise inside Moodle and the grade arrives.

The same specification for the miniature (`tests/browser`) and for a real Moodle (`tests/live`): each has a fixture
`site` and runs the tests of this class in their order, one story.
"""

import pytest
from playwright.sync_api import expect

from content.load import load
from tests.spec.canvas import (
    COMMUNITY_QUESTION,
    QUESTIONS,
    answer,
    expect_handed_in,
    hand_in,
    question,
    write_note,
)
from tests.spec.site import Site
from tests.spec.tool import Tool

COURSE = load().courses["training-of-trainers"]
MODULE = COURSE.texts["en"].modules[COURSE.modules[0].id].title
COMMUNITY = "A neighbourhood of some two thousand people where I have worked with families for years."
ANSWER = "Because nobody has asked the people who live there yet, and the services close before they come home."


class MainJob:
    """One story in four tests."""

    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def registered(cls, site: Site, tool: Tool) -> None:
        """Register the tool as the administrator would."""
        site.register(tool.command("invite", "--approve"))

    def test_one_deep_link_places_the_whole_module(self, site: Site) -> None:
        expected = [
            (load().unit(a.slug) if a.kind == "unit" else load().exercise(a.slug)).texts["en"].title
            for a in COURSE.modules[0].activities
        ]

        placed = site.place_module(MODULE)

        assert placed == expected

    def test_what_a_trainee_hands_in_is_graded_in_moodle(self, site: Site) -> None:
        page = site.open_activity("trainee", "Needs matrix")
        answer(page, COMMUNITY_QUESTION, COMMUNITY)
        write_note(page, "Subsistence", "Having", "The cooperative that cooks school meals", "Synergic")

        hand_in(page)

        expect_handed_in(page)
        site.wait_for_grade("trainee", "Needs matrix", "100.00")

    def test_a_unit_leads_to_its_exercise(self, site: Site) -> None:
        link = site.open_activity("trainee", "Needs and satisfiers").get_by_role("link", name="Needs matrix")

        with link.page.context.expect_page() as opened:
            link.click()

        exercise = opened.value.frame_locator("iframe").first
        expect(exercise.get_by_text(COMMUNITY)).to_be_visible(timeout=30_000)
        opened.value.close()

    def test_a_trainer_sees_who_handed_in(self, site: Site) -> None:
        page = site.open_activity("trainer", "Needs matrix")

        row = page.get_by_role("row").filter(has=page.get_by_role("rowheader").filter(has=page.get_by_role("link")))
        expect(row).to_have_count(1)
        expect(row).to_contain_text("Trainee")
        expect(row).to_contain_text("Handed in")

    def test_what_is_handed_in_while_the_worker_is_dead_is_graded_when_it_lives_again(
        self, site: Site, tool: Tool
    ) -> None:
        tool.kill("worker")
        page = site.open_activity("third trainee", "Needs matrix")
        for words in QUESTIONS:
            answer(page, words, ANSWER)
        hand_in(page)
        expect_handed_in(page)

        tool.kill("serve")
        tool.start()

        site.wait_for_grade("third trainee", "Needs matrix", "100.00")

    def test_a_tool_deleted_and_registered_again_finds_its_people_and_their_work(self, site: Site, tool: Tool) -> None:
        site.delete_tool()

        site.register(tool.command("invite", "--approve"))
        site.place_module(MODULE)  # Moodle never gives the activities of a deleted tool to another one

        page = site.open_activity("trainee", "Needs matrix")
        expect(question(page)).to_contain_text(COMMUNITY)
        expect(page.locator("#submission")).to_contain_text("Handed in:")
        hand_in(page)
        expect_handed_in(page)
        site.wait_for_grade("trainee", "Needs matrix", "100.00")
