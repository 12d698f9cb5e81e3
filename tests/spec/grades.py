"""Grades: comment, resubmission, nought, review from the gradebook, a locked column, a grade by hand, a course's copy.

The same specification for the miniature (`tests/browser`) and for a real Moodle (`tests/live`): each has a fixture
`site` and runs the tests of this class in their order, one story.
"""

import time

import pytest
from playwright.sync_api import FrameLocator, expect

from content.load import load
from tests.spec.main_job import ANSWER, COMMUNITY, MODULE, expect_handed_in, hand_in, write_note
from tests.spec.site import Site
from tests.spec.tool import Tool

MATRIX = "Needs matrix"
PATIENCE = 60
"""Seconds until the worker must have asked the platform, on a busy machine."""
COMMUNITY_QUESTION = "Which community do you map"
QUESTIONS = [
    str(question)
    for question in load().exercise("needs-matrix").texts["en"].parts["reflection"].captions["questions"].values()
]


def expect_in_list(site: Site, sentence: str) -> FrameLocator:
    """Open a trainer's list until it says something of a grade."""
    deadline = time.monotonic() + PATIENCE
    while True:
        page = site.open_activity("trainer", MATRIX)
        expect(page.get_by_role("heading", name="Work in this course")).to_be_visible()
        if page.get_by_text(sentence).count() or time.monotonic() > deadline:
            expect(page.get_by_text(sentence)).to_be_visible()
            return page


class Grades:
    """One story."""

    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def registered(cls, site: Site, tool: Tool) -> None:
        """Register the tool as the administrator would, and place a module."""
        site.register(tool.command("invite", "--approve"))
        site.place_module(MODULE)

    def test_a_score_arrives_with_a_comment_on_what_counted(self, site: Site) -> None:
        page = site.open_activity("trainee", MATRIX)
        page.get_by_label(COMMUNITY_QUESTION).fill(COMMUNITY)
        write_note(page, "Subsistence", "Having", "The cooperative that cooks school meals", "synergic")

        hand_in(page)

        expect_handed_in(page, 15)
        site.wait_for_grade("trainee", MATRIX, "15.00")
        grade = site.read_grade("trainee", MATRIX)
        assert "15 of 100 points" in grade
        assert "Counted:" in grade
        assert "Missing:" in grade

    def test_a_resubmission_replaces_the_score(self, site: Site) -> None:
        page = site.open_activity("trainee", MATRIX)
        for question in QUESTIONS:
            page.get_by_label(question).fill(ANSWER)

        hand_in(page)

        expect_handed_in(page, 35)
        site.wait_for_grade("trainee", MATRIX, "35.00")

    def test_a_score_of_nought_arrives(self, site: Site) -> None:
        page = site.open_activity("brazilian trainee", MATRIX)
        page.get_by_label(COMMUNITY_QUESTION).fill("Ours.")

        hand_in(page)

        expect_handed_in(page, 0)
        site.wait_for_grade("brazilian trainee", MATRIX, "0.00")

    def test_the_gradebook_leads_to_the_newest_submission(self, site: Site) -> None:
        page = site.review_work("trainer", "trainee", MATRIX)

        expect(page.get_by_text("The cooperative that cooks school meals")).to_be_visible()
        expect(page.get_by_text(ANSWER).first).to_be_visible()

    def test_the_gradebook_says_so_where_nothing_was_handed_in(self, site: Site) -> None:
        page = site.review_work("trainer", "second trainee", MATRIX)

        expect(page.get_by_text("This person has not handed in anything here yet.")).to_be_visible()

    def test_a_locked_column_is_told_at_once_and_takes_the_score_when_it_is_open_again(self, site: Site) -> None:
        site.lock_column(MATRIX)
        page = site.open_activity("trainee", MATRIX)
        page.get_by_label(COMMUNITY_QUESTION).fill("Ours.")
        hand_in(page)
        expect_handed_in(page, 30)

        expect_in_list(site, "The grade is locked in Moodle.")
        site.lock_column(MATRIX)

        site.wait_for_grade("trainee", MATRIX, "30.00")

    def test_a_grade_given_by_hand_stays_and_both_are_told(self, site: Site) -> None:
        site.grade_by_hand("trainee", MATRIX, "77")
        time.sleep(1)  # within one second Moodle answers that its grade is newer, which is another story
        page = site.open_activity("trainee", MATRIX)
        page.get_by_label(COMMUNITY_QUESTION).fill(COMMUNITY)

        hand_in(page)

        expect_handed_in(page, 35)
        told = expect_in_list(site, "Moodle keeps a grade that was given by hand.")
        expect(told.get_by_text("Changed by hand")).to_be_visible()
        site.wait_for_grade("trainee", MATRIX, "77.00")
        page = site.open_activity("trainee", MATRIX)
        expect(page.get_by_text("Your grade was changed by hand in Moodle.")).to_be_visible()

    def test_a_copy_of_the_course_works_and_begins_anew(self, site: Site) -> None:
        site.copy_course()

        page = site.open_activity("trainer", MATRIX)
        expect(page.get_by_text("This course is a copy.")).to_be_visible()
        expect(page.get_by_text("Nobody has written anything yet.")).to_be_visible()
        page = site.open_activity("trainee", MATRIX)
        expect(page.get_by_label(COMMUNITY_QUESTION)).to_have_value("")
        page.get_by_label(COMMUNITY_QUESTION).fill(COMMUNITY)

        hand_in(page)

        expect_handed_in(page, 5)
        site.wait_for_grade("trainee", MATRIX, "5.00")
