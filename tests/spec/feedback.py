"""Feedback: a group's work is given back, handed in again and marked; what each member's gradebook shows meanwhile.

The same specification for the miniature (`tests/browser`) and for a real Moodle (`tests/live`): each has a fixture
`site` and runs the tests of this class in their order, one story.
"""

import re

import pytest
from playwright.sync_api import FrameLocator, expect

from tests.spec.canvas import hand_in
from tests.spec.grades import A_GRADE, choose_marking, open_list
from tests.spec.main_job import MODULE
from tests.spec.site import Site
from tests.spec.together import GROUP, MATRIX, add, cell, open_arrangement
from tests.spec.tool import Tool

MEMBERS = ("trainee", "second trainee")
NOTE = "The well on the hill"
SECOND_NOTE = "The women's council that keeps the well"
COMMENT = "Who decides about it?"
ASKED = "Say of each thing who decides about it. Then hand it in again."
REPLY = "The women of the upper quarter do."
DONE = "Now one sees who decides. Keep the well in mind when you plan the action."
REASON = "You made the second round of interviews alone, and the map rests on them."
CHANGED = "I had missed your second note: it answers the question. Well done."


def open_work(site: Site) -> FrameLocator:
    """As trainer: open the only work in the list."""
    page = open_list(site)
    page.get_by_role("rowheader").get_by_role("link").click()
    expect(page.get_by_role("heading", name="Your answer")).to_be_visible()
    return page


def answer_with_a_mark(site: Site, mark: str, text: str) -> None:
    """As trainer: release that it is done, with a mark and a text."""
    page = open_work(site)
    page.get_by_role("radio", name="Done", exact=True).check()
    page.get_by_label("Mark, from 0 to 100, if you give one").fill(mark)
    page.get_by_label("On the whole").fill(text)
    page.get_by_role("button", name="Release").click()
    expect(page.get_by_text(f"Released: {mark} of 100 points")).to_be_visible()


def expect_no_grade(site: Site) -> None:
    """See that the gradebook shows neither a number nor a word of the trainer's."""
    for person in MEMBERS:
        grade = site.read_grade(person, MATRIX)
        assert not re.search(A_GRADE, grade), grade
        assert ASKED not in grade


class Feedback:
    """One story."""

    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def registered(cls, site: Site, tool: Tool, tmp_path_factory: pytest.TempPathFactory) -> None:
        """Register the tool, place a module, and let a group of Moodle's do the exercise, which the trainer marks."""
        site.register(tool.command("invite", "--approve"))
        site.place_module(MODULE)
        site.make_group(GROUP, MEMBERS)
        open_list(site)
        tool.command("groups", "name", str(site.tell_groups(tmp_path_factory.mktemp("groups"))))
        page = open_arrangement(site)
        page.get_by_role("radio", name="In groups").check()
        page.get_by_role("checkbox", name=GROUP, exact=True).check()
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_role("checkbox", name=GROUP, exact=True)).to_be_checked()
        choose_marking(site, "I mark it")

    def test_what_a_group_hands_in_waits_for_the_trainer_and_is_no_grade(self, site: Site) -> None:
        add(site.open_activity("second trainee", MATRIX), "The ice house at the harbour")
        page = site.open_activity("trainee", MATRIX)
        add(page, NOTE)

        hand_in(page)

        expect(page.locator("#submission:target")).to_contain_text("Your trainer reads it and marks it.")
        expect(open_list(site).get_by_text("Waits for your mark")).to_be_visible()
        expect_no_grade(site)

    def test_what_is_given_back_is_read_by_both_and_is_no_grade(self, site: Site) -> None:
        page = open_work(site)
        page.get_by_label(f"Comment: {NOTE}").click()
        page.get_by_label(f"Comment on: {NOTE}").fill(COMMENT)
        page.get_by_label("On the whole").fill(ASKED)
        page.get_by_role("radio", name="Please revise").check()

        page.get_by_role("button", name="Release").click()

        expect(page.get_by_role("heading", name="What was said so far")).to_be_visible()
        expect(open_list(site).get_by_text("Given back")).to_be_visible()
        for person in MEMBERS:  # each in their own language
            read = site.open_activity(person, MATRIX)
            expect(read.locator(".notice a[href='#answers']")).to_be_visible()
            expect(read.get_by_text(ASKED)).to_be_visible()
            expect(cell(read).locator(".remark blockquote")).to_have_text(COMMENT)
        expect_no_grade(site)

    def test_what_is_handed_in_again_with_an_answer_is_no_grade_either(self, site: Site) -> None:
        page = site.open_activity("trainee", MATRIX)
        page.locator(".answers .comments summary").filter(has_text="Answer").click()
        page.get_by_role("textbox", name="Your answer").fill(REPLY)
        page.get_by_role("button", name="Send the answer").click()
        expect(page.locator(".answers .reply blockquote")).to_have_text(REPLY)
        add(page, SECOND_NOTE)

        hand_in(page)

        expect(page.locator("#submission:target")).to_contain_text("You handed it in:")
        expect(open_list(site).get_by_text("Handed in again since")).to_be_visible()
        expect_no_grade(site)

    def test_what_is_done_is_a_number_for_each_with_the_comment_in_whole_sentences(self, site: Site) -> None:
        expect(open_work(site).locator(".note .reply blockquote")).to_have_text(REPLY)

        answer_with_a_mark(site, "72.5", DONE)

        for person in MEMBERS:
            site.wait_for_grade(person, MATRIX, "72.50")
            grade = site.read_grade(person, MATRIX)
            assert "Still missing:" in grade
            assert "more on the list." in grade
            assert DONE in grade
            assert ASKED not in grade
            expect(site.open_activity(person, MATRIX).locator(".answers").get_by_text(DONE)).to_be_visible()

    def test_what_the_trainer_changes_is_changed_for_each(self, site: Site) -> None:
        answer_with_a_mark(site, "90", CHANGED)

        for person in MEMBERS:
            site.wait_for_grade(person, MATRIX, "90.00")
            grade = site.read_grade(person, MATRIX)
            assert CHANGED in grade
            assert DONE not in grade

    def test_one_member_gets_another_number_and_its_reason_and_nobody_else(self, site: Site) -> None:
        page = open_work(site)
        own = page.get_by_role("region", name=site.name_of("second trainee"))
        own.get_by_text("Give another mark").click()
        own.get_by_label("Mark, from 0 to 100").fill("95")
        own.get_by_label("The reason, in a whole sentence").fill(REASON)

        own.get_by_role("button", name="Give it, and send it to Moodle").click()

        site.wait_for_grade("second trainee", MATRIX, "95.00")
        grade = site.read_grade("second trainee", MATRIX)
        assert REASON in grade
        assert CHANGED in grade
        others = site.read_grade("trainee", MATRIX)
        assert re.search(r"90[.,]00", others)
        assert REASON not in others

    def test_a_number_of_ones_own_stays_when_the_groups_is_changed(self, site: Site) -> None:
        answer_with_a_mark(site, "92", CHANGED)

        site.wait_for_grade("trainee", MATRIX, "92.00")
        site.wait_for_grade("second trainee", MATRIX, "95.00")
        assert REASON in site.read_grade("second trainee", MATRIX)
        assert REASON not in site.read_grade("trainee", MATRIX)
