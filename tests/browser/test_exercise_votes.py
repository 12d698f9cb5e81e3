"""Votes by the page's script: they count at once, by mouse and by keyboard, and say how many are left."""

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from lti_tool.exercises.modes import Mode
from tests.browser.accessibility import accessible
from tests.browser.conftest import Show
from tests.browser.exercise_page import SAVED, add_note, cell, notes, state
from tests.browser.running_tool import RunningTool, elsewhere
from tests.lti_tool.entering import enter_course
from tests.lti_tool.exercises.arranging import Course
from tests.lti_tool.exercises.balloting import Canvas

MORE, LESS = "Vote for this note", "Take a vote back"


@pytest.fixture
def canvas(running: RunningTool, request: pytest.FixtureRequest) -> Canvas:
    """Give the canvas of a whole course, with two notes and a ballot that is open."""

    def prepare() -> Canvas:
        author = enter_course(running.app, course=request.node.name, sub="author")
        canvas = Canvas(course=Course(app=running.app, course_id=author.course_id), owner="course")
        canvas.course.arrange(mode=Mode.COURSE)
        canvas.add(author, "A well")
        canvas.add(author, "A bridge")
        canvas.open_ballot()
        return canvas

    return elsewhere(prepare)


def vote(page: Page, words: str, which: int = 0) -> None:
    being(page).nth(which).get_by_role("button", name=words).click()


def being(page: Page) -> Locator:
    return notes(cell(page, column="Being"))


def test_a_press_counts_at_once_and_is_there_when_the_page_is_shown_again(canvas: Canvas, launch: Show) -> None:
    page = launch()

    vote(page, MORE)
    vote(page, MORE)
    vote(page, MORE, which=1)

    expect(page.locator("[data-votes-left]")).to_have_text("Votes you have left: 0 of 3")
    expect(being(page).nth(0)).to_contain_text("Your votes here: 2 of 3")
    expect(being(page).nth(0).locator("[data-total]")).to_have_text("Votes: 2")
    expect(being(page).nth(1).get_by_role("button", name=MORE)).to_have_attribute("aria-disabled", "true")
    with page.expect_response(re.compile("/exercise/votes/")):
        vote(page, LESS, which=1)
    assert accessible(page)
    page.reload()
    expect(page.locator("[data-votes-left]")).to_have_text("Votes you have left: 1 of 3")


def test_one_votes_by_keyboard_and_keeps_ones_place(canvas: Canvas, launch: Show) -> None:
    page = launch()
    more = being(page).nth(0).get_by_role("button", name=MORE)

    more.focus()
    for _ in range(4):
        page.keyboard.press("Enter")

    expect(more).to_be_focused()
    expect(page.locator("[data-announce-vote]")).to_have_text("Your votes here: 3 of 3. Votes you have left: 0 of 3")


def test_a_note_that_is_written_meanwhile_can_be_voted_on_once_it_is_saved(canvas: Canvas, launch: Show) -> None:
    page = launch()

    note = add_note(page, "A school", column="Being")
    expect(state(page)).to_have_text(SAVED)
    note.get_by_role("button", name=MORE).click()

    expect(note).to_contain_text("Your votes here: 1 of 3")
    expect(note.locator("[data-total]")).to_have_text("Votes: 1")


def test_while_writing_is_stopped_the_script_votes_too(canvas: Canvas, launch: Show) -> None:
    elsewhere(lambda: canvas.course.stage(frozen_at=canvas.course.app.extensions["clock"]()))
    page = launch()
    well = page.locator(".note", has_text="A well")

    well.get_by_role("button", name=MORE).click()

    expect(well).to_contain_text("Your votes here: 1 of 3")
    assert page.url.endswith("/")


def test_votes_of_others_and_the_end_of_the_vote_are_seen_without_loading_the_page(
    canvas: Canvas, launch: Show
) -> None:
    page, other = launch(), launch(sub="other")

    vote(other, MORE)
    expect(being(page).nth(0).locator("[data-total]")).to_have_text("Votes: 1")
    elsewhere(canvas.close_ballot)

    expect(page.locator("[data-says]").first).to_have_text("The vote is closed. Each note shows its votes.")
    expect(page.get_by_role("button", name=MORE)).to_have_count(0)
    expect(being(page).nth(0).locator("[data-total]")).to_have_text("Votes: 1")


def test_what_the_server_refuses_is_taken_back_and_said(canvas: Canvas, launch: Show) -> None:
    page = launch()
    page.route(re.compile("/exercise/changes"), lambda route: route.abort())
    expect(page.locator("[data-votes-left]")).to_be_visible()
    elsewhere(canvas.close_ballot)

    vote(page, MORE)

    expect(page.locator("[data-says]").first).to_have_text("The vote is closed. Each note shows its votes.")
    expect(being(page).nth(0).locator("[data-total]")).to_have_text("Votes: 0")
    expect(page.get_by_role("button", name=MORE)).to_have_count(0)


def test_a_vote_that_doesnt_arrive_is_taken_back_and_said(canvas: Canvas, launch: Show) -> None:
    page = launch()

    def fail(route: Route) -> None:
        route.abort() if route.request.method == "PUT" else route.continue_()

    page.route(re.compile("/exercise/votes"), fail)
    vote(page, MORE)

    expect(page.locator("[data-announce-vote]")).to_have_text("Your vote did not reach the server. Try again.")
    expect(being(page).nth(0)).to_contain_text("Your votes here: 0 of 3")
