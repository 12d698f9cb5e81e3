"""Grades: full points for handing in, a trainer's mark, review from the gradebook, a locked column, a grade by hand.

The same specification for the miniature (`tests/browser`) and for a real Moodle (`tests/live`): each has a fixture
`site` and runs the tests of this class in their order, one story.
"""

import re
import time

import pytest
from playwright.sync_api import FrameLocator, expect

from tests.spec.canvas import (
    COMMUNITY_QUESTION,
    QUESTIONS,
    answer,
    expect_handed_in,
    hand_in,
    question,
    write_note,
)
from tests.spec.main_job import ANSWER, COMMUNITY, MODULE
from tests.spec.site import Site
from tests.spec.tool import Tool

MATRIX = "Needs matrix"
PATIENCE = 60
"""Seconds until the worker must have asked the platform, on a busy machine."""
SENTENCE = "Ask the people who cook there, too."
A_GRADE = r"\d[.,]\d\d"


def open_list(site: Site) -> FrameLocator:
    """Open the list as trainer, and wait until it is there."""
    page = site.open_activity("trainer", MATRIX)
    expect(page.get_by_role("heading", name="Work in this course")).to_be_visible()
    return page


def expect_in_list(site: Site, sentence: str) -> FrameLocator:
    """Open a trainer's list until it says something of a grade."""
    deadline = time.monotonic() + PATIENCE
    while True:
        page = open_list(site)
        if page.get_by_text(sentence).count() or time.monotonic() > deadline:
            expect(page.get_by_text(sentence)).to_be_visible()
            return page


def release(site: Site, person: str, mark: str, sentence: str = "") -> None:
    """As trainer: read somebody's work, and release a mark and a sentence."""
    page = open_list(site)
    page.get_by_role("link", name=site.name_of(person), exact=True).click()
    page.get_by_label("Mark, from 0 to 100").fill(mark)
    page.get_by_label("On the whole").fill(sentence)
    page.get_by_role("button", name="Release").click()
    expect(page.get_by_text(f"Released: {mark} of 100 points")).to_be_visible()


def choose_marking(site: Site, way: str) -> None:
    """As trainer: choose how the exercise is marked in this course."""
    page = open_list(site)
    page.get_by_text("Marking:").click()
    page.get_by_role("radio", name=way).check()
    page.get_by_role("button", name="Mark it this way").click()
    expect(page.get_by_role("button", name="Mark it this way")).to_be_hidden()


class Grades:
    """One story."""

    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def registered(cls, site: Site, tool: Tool) -> None:
        """Register the tool as the administrator would, and place a module."""
        site.register(tool.command("invite", "--approve"))
        site.place_module(MODULE)

    def test_handing_in_gives_full_points_and_a_comment_on_what_is_missing(self, site: Site) -> None:
        page = site.open_activity("trainee", MATRIX)
        answer(page, COMMUNITY_QUESTION, COMMUNITY)
        write_note(page, "Subsistence", "Having", "The cooperative that cooks school meals", "Synergic")

        hand_in(page)

        expect_handed_in(page)
        site.wait_for_grade("trainee", MATRIX, "100.00")
        grade = site.read_grade("trainee", MATRIX)
        assert "Still missing:" in grade
        assert "more on the list." in grade

    def test_a_released_mark_replaces_the_points_and_its_sentence_is_read_in_both_places(self, site: Site) -> None:
        release(site, "trainee", "72.5", SENTENCE)

        site.wait_for_grade("trainee", MATRIX, "72.50")
        assert SENTENCE in site.read_grade("trainee", MATRIX)
        page = site.open_activity("trainee", MATRIX)
        expect(page.get_by_text(SENTENCE)).to_be_visible()
        expect(page.get_by_text("72.5")).to_have_count(0)

    def test_after_a_release_handing_in_again_changes_no_grade(self, site: Site) -> None:
        page = site.open_activity("trainee", MATRIX)
        for words in QUESTIONS:
            answer(page, words, ANSWER)
        hand_in(page)
        expect_handed_in(page)

        page = site.open_activity("third trainee", MATRIX)  # whoever comes later is served later
        answer(page, COMMUNITY_QUESTION, "Ours.")
        hand_in(page)
        expect_handed_in(page)
        site.wait_for_grade("third trainee", MATRIX, "100.00")

        site.wait_for_grade("trainee", MATRIX, "72.50")
        expect(open_list(site).get_by_text("Handed in again since")).to_be_visible()

    def test_a_mark_of_nought_arrives(self, site: Site) -> None:
        release(site, "third trainee", "0")

        site.wait_for_grade("third trainee", MATRIX, "0.00")

    def test_the_gradebook_leads_to_the_newest_submission(self, site: Site) -> None:
        work = site.review_work("trainer", "trainee", MATRIX).locator(".reading")  # besides what changed since

        expect(work.get_by_text("The cooperative that cooks school meals")).to_be_visible()
        expect(work.get_by_text(ANSWER).first).to_be_visible()

    def test_the_gradebook_says_so_where_nothing_was_handed_in(self, site: Site) -> None:
        page = site.review_work("trainer", "second trainee", MATRIX)

        expect(page.get_by_text("This person has not handed in anything here yet.")).to_be_visible()

    def test_a_locked_column_is_told_at_once_and_takes_the_mark_when_it_is_open_again(self, site: Site) -> None:
        site.lock_column(MATRIX)
        release(site, "trainee", "30", SENTENCE)

        expect_in_list(site, "The grade is locked in Moodle.")
        site.lock_column(MATRIX)

        site.wait_for_grade("trainee", MATRIX, "30.00")

    def test_a_grade_given_by_hand_stays_and_both_are_told(self, site: Site) -> None:
        site.grade_by_hand("trainee", MATRIX, "77")
        time.sleep(1)  # within one second Moodle answers that its grade is newer, which is another story

        release(site, "trainee", "35", SENTENCE)

        told = expect_in_list(site, "Moodle keeps a grade that was given by hand.")
        expect(told.get_by_text("Changed by hand")).to_be_visible()
        site.wait_for_grade("trainee", MATRIX, "77.00")
        page = site.open_activity("trainee", MATRIX)
        expect(page.get_by_text("Your grade was changed by hand in Moodle.")).to_be_visible()

    def test_a_copy_of_the_course_begins_anew(self, site: Site) -> None:
        site.copy_course()

        page = open_list(site)
        expect(page.get_by_text("This course is a copy.")).to_be_visible()
        expect(page.get_by_text("Nobody has written anything yet.")).to_be_visible()
        page = site.open_activity("trainee", MATRIX)
        expect(question(page).locator("[data-note]")).to_have_count(0)
        expect(page.get_by_text(SENTENCE)).to_have_count(0)

    def test_where_the_trainer_marks_handing_in_sends_nothing_and_says_what_comes(self, site: Site) -> None:
        choose_marking(site, "I mark it")
        page = site.open_activity("trainee", MATRIX)
        expect(page.get_by_text("It gives no points by itself: your trainer reads your work")).to_be_visible()
        answer(page, COMMUNITY_QUESTION, COMMUNITY)

        hand_in(page)

        expect_handed_in(page)
        expect(page.get_by_text("Your trainer reads it and marks it.")).to_be_visible()
        expect(open_list(site).get_by_text("Waits for your mark")).to_be_visible()
        assert not re.search(A_GRADE, site.read_grade("trainee", MATRIX))

    def test_what_the_trainer_releases_there_is_the_first_that_arrives(self, site: Site) -> None:
        release(site, "trainee", "64.5", SENTENCE)

        site.wait_for_grade("trainee", MATRIX, "64.50")
        assert SENTENCE in site.read_grade("trainee", MATRIX)
