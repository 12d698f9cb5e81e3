"""One story in each engine besides Chromium, with its own cookies: placing, writing, losing the line, handing in."""

import pytest

from content.load import load
from tests.browsers import canvas
from tests.browsers.engines import ENGINES, Engine
from tests.browsers.hosts import Before, SecureTool
from tests.browsers.lacking import Lacking
from tests.browsers.page import WIDER_THAN_ITS_WINDOW, Page
from tests.browsers.visits import Visit

COURSE = load().courses["training-of-trainers"]
MODULE = COURSE.modules[0]
EXERCISE = "Needs matrix"
FIRST, SECOND = "The cooperative that cooks school meals", "A bus that nobody can afford"
PHONE = 390
"""Pixels."""


def test_there_is_an_engine_besides_chromium() -> None:
    assert any(not engine.missing() for engine in ENGINES), "install firefox-esr, or webkit2gtk-driver and xvfb"


class TestStory:
    """One story in six tests."""

    def test_a_trainer_looks_at_an_activity_and_places_the_module(
        self, page: Page, moodle: str, engine: Engine
    ) -> None:
        visit = Visit(page, moodle, "trainer")
        with visit.picker():
            page.click("[data-whole-module]")
            page.click("[name=look]")
            page.click("#way-back button")
            page.see("[data-ticked]", str(len(MODULE.activities)))

            page.click("button.primary", "Place in the course")

        page.see("a.activity", EXERCISE)
        assert len(visit.activities()) == len(MODULE.activities)
        assert visit.stayed_in_frame is engine.keeps_cookies_in_frames

    def test_a_trainee_writes_and_finds_it_again(self, page: Page, moodle: str, engine: Engine) -> None:
        visit = Visit(page, moodle, "trainee1")
        with visit.activity(EXERCISE):
            canvas.add_note(page, FIRST)
            canvas.see_state(page, canvas.SAVED)

        with visit.activity(EXERCISE):
            page.see(canvas.NOTE, FIRST)
        assert visit.stayed_in_frame is engine.keeps_cookies_in_frames

    def test_what_is_written_without_a_line_is_saved_when_it_is_back(
        self, page: Page, moodle: str, secure_tool: SecureTool
    ) -> None:
        visit = Visit(page, moodle, "trainee1")
        with visit.activity(EXERCISE):
            canvas.open_note(page, FIRST)
            with secure_tool.out_of_reach():
                canvas.add_words(page, ", and more")
                canvas.add_note(page, SECOND)
                canvas.see_state(page, canvas.KEPT)

            canvas.see_state(page, canvas.SAVED)
        with visit.activity(EXERCISE):
            page.see(canvas.NOTE, f"{FIRST}, and more")
            page.see(canvas.NOTE, SECOND)

    @pytest.mark.parametrize("title", [EXERCISE, "Power–interest map", "Needs and satisfiers"])
    def test_on_a_phone_nothing_scrolls_sideways(self, page: Page, moodle: str, title: str) -> None:
        visit = Visit(page, moodle, "trainee1")
        visit.width = PHONE

        with visit.activity(title):
            assert page.run("return innerWidth") == PHONE
            assert not page.run(WIDER_THAN_ITS_WINDOW)
            canvas.open_editor(page)
            assert not page.run(WIDER_THAN_ITS_WINDOW)

    def test_what_is_handed_in_is_said(self, page: Page, moodle: str) -> None:
        visit = Visit(page, moodle, "trainee1")
        with visit.activity(EXERCISE):
            assert not page.sees(*canvas.HANDED_IN)
            canvas.hand_in(page)

        with visit.activity(EXERCISE):
            page.see(*canvas.HANDED_IN)


class TestStoryOfAnOldBrowser(TestStory):
    """The same, without what old browsers lack."""

    @pytest.fixture(scope="class")
    @classmethod
    def before(cls) -> Before:
        """Take it away."""
        return Lacking

    def test_it_is_lacking(self, page: Page, moodle: str) -> None:
        with Visit(page, moodle, "trainee1").activity(EXERCISE):
            assert page.run("return [typeof AbortSignal.timeout, typeof crypto.randomUUID]") == ["undefined"] * 2
