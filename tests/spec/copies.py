"""Runs that the sync copies from a course with the tool's activities: each has work and grades of its own.

The same specification for the miniature (`tests/browser`) and for a real Moodle (`tests/live`): each has a fixture
`site` and runs the tests of this class in their order, one story.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from content.load import load
from tests.spec.canvas import COMMUNITY_QUESTION, alive, answer, expect_handed_in, hand_in, question
from tests.spec.copied_runs import RUNS
from tests.spec.grades import MATRIX, SENTENCE, open_list, release
from tests.spec.main_job import COURSE, MODULE
from tests.spec.site import Site
from tests.spec.sync import NOTHING
from tests.spec.tool import Tool

PEOPLE = ("trainer", "trainee")
HANDED_IN, MARKED = 2, 5
"""The runs in which the trainee hands in; in the second a trainer's mark follows."""
WORK = {run: f"The community of run {run}, where nobody has asked yet." for run in (HANDED_IN, MARKED)}
EXERCISES = [load().exercise(a.slug).texts["en"].title for a in COURSE.modules[0].activities if a.kind == "exercise"]
"""Those of the module, each with a column of its own."""
A_GRADE = r"\d[.,]\d\d(?!\s*%)"
"""Moodle writes beside each column what it adds to the course's total, be it nothing, in percent."""
TEMPLATE = 0
"""Stands for the course that all runs are copied from."""


def go_to(site: Site, run: int) -> None:
    """Go on in a run, or in the template."""
    if run == TEMPLATE:
        site.go_back()
    else:
        site.go_to_run(run)


class Copies:
    """One story in five tests."""

    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def registered(cls, site: Site, tool: Tool) -> None:
        """Register the tool as the administrator would, and fill the course that is the template."""
        site.register(tool.command("invite", "--approve"))
        site.place_module(MODULE)

    def test_six_runs_are_copied_and_then_there_is_nothing_to_do(self, site: Site, tmp_path: Path) -> None:
        first, second = site.copy_with_sync(PEOPLE, tmp_path)

        assert "Done: new categories: 1, copied courses: 6, " in first
        assert "enrolments: 12" in first
        assert second == NOTHING

    def test_what_is_handed_in_in_a_run_is_graded_in_that_run(self, site: Site) -> None:
        for run, text in WORK.items():
            site.go_to_run(run)
            page = site.open_activity("trainee", MATRIX)
            answer(page, COMMUNITY_QUESTION, text)
            hand_in(page)
            expect_handed_in(page)

        for run in WORK:
            site.go_to_run(run)
            site.wait_for_grade("trainee", MATRIX, "100.00")

    def test_what_a_trainer_marks_in_a_run_is_marked_in_that_run_alone(self, site: Site) -> None:
        site.go_to_run(MARKED)
        expect(open_list(site).get_by_text("This course is a copy.")).to_be_visible()

        release(site, "trainee", "64.5", SENTENCE)

        site.wait_for_grade("trainee", MATRIX, "64.50")
        site.go_to_run(HANDED_IN)
        site.wait_for_grade("trainee", MATRIX, "100.00")
        assert SENTENCE not in site.read_grade("trainee", MATRIX)

    def test_each_run_has_its_own_work_and_the_others_and_the_template_have_none(self, site: Site) -> None:
        for run in (TEMPLATE, *RUNS):
            go_to(site, run)

            page = site.open_activity("trainee", MATRIX)

            expect(alive(page).locator("[data-note]")).to_have_count(int(run in WORK))
            if run in WORK:
                expect(question(page)).to_contain_text(WORK[run])

    def test_there_is_a_grade_in_the_columns_of_what_was_handed_in_and_in_no_other(self, site: Site) -> None:
        graded = []
        for run in (TEMPLATE, *RUNS):
            go_to(site, run)
            graded += [(run, title) for title in EXERCISES if re.search(A_GRADE, site.read_grade("trainee", title))]

        assert graded == [(HANDED_IN, MATRIX), (MARKED, MATRIX)]
