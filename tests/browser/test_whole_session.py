"""A session of a course, from the first word written alone to what is handed in: four people and their trainer.

One story in steps; each person has a browser of their own, and Yara reads from the right to the left.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from lti_tool.lti.roles import Role
from tests.browser.course_at_work import CourseAtWork
from tests.browser.exercise_page import (
    ELSEWHERE,
    KEPT,
    SAVED,
    add_note,
    alive,
    cell,
    conflict,
    done,
    first_field,
    hand_in,
    notes,
    open_note,
    state,
    words,
)
from tests.browser.running_tool import RunningTool

PEOPLE = ("ana", "omar", "yara", "lina")
WRITTEN = {"ana": "a well", "omar": "a wells' committee", "yara": "بئر في الحي", "lina": "the bakery's oven"}
SECONDS = 1000
SOON = 15 * SECONDS


@dataclass(frozen=True, slots=True)
class Session:
    """Everybody's pages."""

    trainer: Page
    pages: Mapping[str, Page]
    contexts: Mapping[str, BrowserContext]

    def press(self, name: str) -> None:
        """As trainer: press a button of the live page."""
        self.trainer.get_by_role("button", name=name).first.click()

    def all_are_accessible(self) -> None:
        """Insist that axe objects to nothing on anybody's page."""
        for page in (self.trainer, *self.pages.values()):
            results = Axe().run(page)
            assert results.violations_count == 0, results.generate_report()


@pytest.fixture(scope="module")
def session(running: RunningTool) -> Session:
    """Let a trainer and four people of one group come, who are to write alone first."""
    course = CourseAtWork(running, "a whole session", alone_first=True)
    contexts = {name: running.browser_of_a_person() for name in PEOPLE}
    pages = {name: course.come(name, context=contexts[name]) for name in PEOPLE}
    trainer = running.open(None, "live", sub="tara", name="Tara", course=course.name, role=Role.TRAINER)
    return Session(trainer, pages, contexts)


class TestSession:
    """One story."""

    def test_each_writes_alone_while_a_step_is_on_and_nobody_reads_the_others(self, session: Session) -> None:
        session.press("Begin: The community")
        session.press("Next: Write")

        for name, page in session.pages.items():
            expect(page.get_by_text("Step 2 of 6: Write", exact=True)).to_be_visible(timeout=SOON)
            add_note(page, WRITTEN[name])
            expect(state(page)).to_have_text(SAVED)

        for page in session.pages.values():
            expect(notes(cell(page))).to_have_count(1)
        session.all_are_accessible()

    def test_the_trainer_brings_them_together_and_each_reads_everything(self, session: Session) -> None:
        session.press("Bring everybody together now")

        for page in session.pages.values():
            expect(page).to_have_url(re.compile("exercise"), timeout=SOON)
            expect(words(cell(page))).to_have_count(4, timeout=SOON)
            assert sorted(words(cell(page)).all_inner_texts()) == sorted(WRITTEN.values())
            alive(page)
        session.all_are_accessible()

    def test_two_who_change_the_same_note_put_both_texts_together(self, session: Session) -> None:
        ana, omar = session.pages["ana"], session.pages["omar"]
        for page in (ana, omar):
            open_note(notes(cell(page)).filter(has=page.locator("bdi", has_text=re.compile("^a well$"))))
        first_field(ana).fill("a well for all")
        done(ana)
        expect(state(ana)).to_have_text(SAVED)

        first_field(omar).fill("a well and a pump")

        expect(state(omar)).to_have_text(ELSEWHERE, timeout=SOON)
        session.all_are_accessible()
        conflict(omar).get_by_role("button", name="Put both together").click()
        done(omar)
        expect(state(omar)).to_have_text(SAVED)
        expect(cell(ana)).to_contain_text("a well for all", timeout=SOON)
        expect(cell(ana)).to_contain_text("a well and a pump", timeout=SOON)
        session.all_are_accessible()

    def test_what_is_written_without_a_line_arrives_when_it_is_back(self, session: Session) -> None:
        lina, context = session.pages["lina"], session.contexts["lina"]
        context.set_offline(True)
        add_note(lina, "written on the bus")
        expect(state(lina)).to_have_text(KEPT, timeout=SOON)
        session.all_are_accessible()

        context.set_offline(False)

        expect(state(lina)).to_have_text(SAVED, timeout=SOON)
        for page in session.pages.values():
            expect(cell(page)).to_contain_text("written on the bus", timeout=SOON)

    def test_alike_notes_are_put_under_a_heading_by_keyboard(self, session: Session) -> None:
        yara = session.pages["yara"]
        open_note(notes(cell(yara)).filter(has_text="the bakery's oven"))
        link = yara.get_by_role("link", name=re.compile("alike", re.IGNORECASE))
        link.focus()
        yara.keyboard.press("Enter")
        yara.get_by_label("Heading").fill("Places that warm")
        yara.get_by_role("checkbox", name="written on the bus").press("Space")
        yara.get_by_role("button", name="Save").press("Enter")

        for page in session.pages.values():
            expect(page.locator("[data-stack]")).to_contain_text("Places that warm", timeout=SOON)
        session.all_are_accessible()

    def test_they_vote_and_see_the_numbers_when_the_trainer_closes_it(self, session: Session) -> None:
        session.trainer.get_by_role("checkbox", name=re.compile("^Secret")).check()
        session.press("Open the vote")
        for page in session.pages.values():
            vote = notes(cell(page)).filter(has_text="committee").get_by_role("button", name="Vote for this note")
            vote.press("Enter", timeout=SOON)
            expect(page.locator("[data-votes-left]")).to_contain_text("2 of 3")
            expect(page.locator("[data-total]:visible")).to_have_count(0)

        session.press("Close the vote")

        for page in session.pages.values():
            voted = notes(cell(page)).filter(has_text="committee")
            expect(voted.locator("[data-total]")).to_have_text("Votes: 4", timeout=SOON)
        session.all_are_accessible()

    def test_frozen_nobody_writes_and_what_was_begun_waits(self, session: Session) -> None:
        omar = session.pages["omar"]
        open_note(notes(cell(omar)).filter(has_text="committee"))
        session.press("Stop writing for everybody")
        expect(omar.get_by_text("stopped writing for everybody").first).to_be_visible(timeout=SOON)

        first_field(omar).fill("a committee that waits")

        done(omar)
        expect(cell(omar)).to_contain_text("a committee that waits")
        expect(cell(session.pages["ana"])).not_to_contain_text("a committee that waits")
        session.all_are_accessible()
        session.press("Let everybody write again")
        expect(state(omar)).to_have_text(SAVED, timeout=SOON)
        expect(cell(session.pages["ana"])).to_contain_text("a committee that waits", timeout=SOON)

    def test_one_hands_in_for_all(self, session: Session) -> None:
        ana = session.pages["ana"]

        hand_in(ana)

        expect(ana.locator("#submission")).to_contain_text("You handed it in:", timeout=SOON)
        for name in ("Omar", "Yara", "Lina"):
            expect(ana.locator("#submission")).to_contain_text(name)
        session.all_are_accessible()
