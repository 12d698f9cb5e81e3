"""Alike notes under a heading, by the page and its script."""

from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Locator, Page, expect

from lti_tool.exercises.modes import Mode
from tests.browser.accessibility import accessible
from tests.browser.conftest import Show
from tests.browser.exercise_page import (
    NOTES,
    SAVED,
    add_note,
    alive,
    cell,
    editor,
    first_field,
    open_note,
    state,
    words,
)
from tests.browser.running_tool import RunningTool, elsewhere
from tests.lti_tool.entering import Client, enter_course
from tests.lti_tool.exercises.arranging import Course
from tests.lti_tool.exercises.balloting import Canvas
from tests.lti_tool.exercises.writing import new_id

TEXTS = ("A well", "A road", "A pump")


@dataclass(frozen=True, slots=True, kw_only=True)
class Others:
    """Somebody else at the canvas, who wrote three notes."""

    author: Client
    canvas: Canvas
    notes: list[str]
    stack: str = field(default_factory=new_id)

    def gather(self, heading: str, *chosen: str, version: int = 0, **form: object) -> None:
        """Put notes under a heading, or change what is there."""
        place = {"part": "matrix", "cell": "subsistence/being", "version": str(version), "language": "en"}
        sent = {**place, "heading": heading, "note": list(chosen), **form}
        assert self.author.post(self.canvas.at(f"exercise/stacks/{self.stack}"), **sent).status_code == 303


@pytest.fixture(autouse=True)
def others(running: RunningTool, request: pytest.FixtureRequest) -> Others:
    """Let a whole course have three notes in one cell."""

    def prepare() -> Others:
        author = enter_course(running.app, course=request.node.name, sub="author")
        canvas = Canvas(course=Course(app=running.app, course_id=author.course_id), owner="course")
        canvas.course.arrange(mode=Mode.COURSE)
        return Others(author=author, canvas=canvas, notes=[canvas.add(author, text) for text in TEXTS])

    return elsewhere(prepare)


def note(page: Page, text: str) -> Locator:
    return page.locator("[data-note]", has_text=text)


def gather(page: Page) -> None:
    """Put the well and the pump under a heading, from the well's editor."""
    open_note(note(page, "A well"))
    editor(page).get_by_role("link", name="Put it with notes that are alike").click()
    page.get_by_label("Heading").fill("Water")
    page.get_by_label("A pump").check()
    assert accessible(page)
    page.get_by_role("button", name="Save").click()
    alive(page)


def test_notes_are_gathered_from_a_notes_editor_and_stay_notes(launch: Show) -> None:
    page = launch()

    gather(page)

    stack = page.locator("[data-stack]")
    expect(stack.locator("summary")).to_have_text("Water")
    expect(words(stack)).to_have_text(["A well", "A pump"])
    assert accessible(page)
    stack.locator("summary").click()
    expect(words(stack).first).to_be_hidden()
    stack.locator("summary").click()
    open_note(note(page, "A pump"))
    first_field(page).fill("A pump for all")
    editor(page).get_by_role("button", name="Done").click()
    expect(state(page)).to_have_text(SAVED)
    page.reload()
    expect(words(stack)).to_have_text(["A well", "A pump for all"])


def test_a_note_that_is_moved_leaves_its_stack_and_one_can_be_put_before_it(launch: Show) -> None:
    page = launch()
    gather(page)
    being = cell(page, column="Being")

    open_note(note(page, "A pump"))
    move(page, "A well")
    open_note(note(page, "A road"))
    move(page, "A well")

    expect(words(being)).to_have_text(["A pump", "A road", "A well"])
    expect(words(page.locator("[data-stack]"))).to_have_text(["A well"])
    expect(state(page)).to_have_text(SAVED)
    page.reload()
    expect(words(being)).to_have_text(["A pump", "A road", "A well"])
    expect(words(page.locator("[data-stack]"))).to_have_text(["A well"])


def move(page: Page, before: str) -> None:
    editor(page).get_by_text("Move", exact=True).click()
    editor(page).get_by_label("Before").select_option(label=before)
    editor(page).get_by_role("button", name="Done").click()


def test_a_heading_goes_with_its_last_note(launch: Show) -> None:
    page = launch()
    gather(page)

    for text in ("A well", "A pump"):
        open_note(note(page, text))
        editor(page).get_by_role("button", name="Delete").click()
    expect(state(page)).to_have_text(SAVED)
    page.reload()

    expect(page.locator("[data-stack]")).to_have_count(0)


def test_what_others_gather_is_gathered_here_and_an_open_editor_stays(launch: Show, others: Others) -> None:
    page = launch()
    well, road, pump = others.notes
    stack = page.locator("[data-stack]")
    open_note(note(page, "A road"))

    elsewhere(lambda: others.gather("Water", well, road, pump))

    expect(words(stack)).to_have_text(["A well", "A pump"])
    expect(editor(page)).to_be_visible()
    editor(page).get_by_role("button", name="Done").click()
    expect(words(stack)).to_have_text(["A well", "A road", "A pump"])
    elsewhere(lambda: others.gather("Drinking water", well, version=1, was=[well, road]))
    expect(stack.locator("summary")).to_have_text("Drinking water")
    expect(words(stack)).to_have_text(["A well", "A pump"])
    elsewhere(lambda: others.gather("", version=2, apart="1"))
    expect(stack).to_have_count(0)
    expect(words(cell(page, column="Being"))).to_have_text(["A well", "A road", "A pump"])


def test_a_note_can_be_gathered_once_the_server_has_it(launch: Show) -> None:
    page = launch()
    link = editor(page).get_by_role("link", name="Put it with notes that are alike")
    page.route(NOTES, lambda route: route.abort())
    open_note(add_note(page, "A school", column="Being"))
    expect(first_field(page)).to_be_visible()
    expect(link).to_be_hidden()
    editor(page).get_by_role("button", name="Done").click()

    page.unroute(NOTES)
    expect(state(page)).to_have_text(SAVED)
    open_note(note(page, "A school"))

    expect(link).to_be_visible()
