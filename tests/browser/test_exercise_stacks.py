"""Alike notes under a heading, by the page and its script."""

import json

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
from tests.lti_tool.entering import enter_course
from tests.lti_tool.exercises.arranging import Course
from tests.lti_tool.exercises.balloting import Canvas

TEXTS = ("A well", "A road", "A pump")


@pytest.fixture(autouse=True)
def notes_of_a_course(running: RunningTool, request: pytest.FixtureRequest) -> list[str]:
    """Let a whole course have three notes in one cell; give their ids."""

    def prepare() -> list[str]:
        author = enter_course(running.app, course=request.node.name, sub="author")
        canvas = Canvas(course=Course(app=running.app, course_id=author.course_id), owner="course")
        canvas.course.arrange(mode=Mode.COURSE)
        return [canvas.add(author, text) for text in TEXTS]

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


def test_what_others_gather_is_gathered_here_and_an_open_editor_stays(
    launch: Show, notes_of_a_course: list[str]
) -> None:
    page = launch()
    well, road, pump = notes_of_a_course
    stack = {"id": "5b2f7a51-1c52-4a10-9d7a-0f6a40b0f3e1", "part": "matrix", "cell": "subsistence/being"}
    water = {**stack, "heading": "Water", "language": "en", "apart": False}
    open_note(note(page, "A road"))

    hear(page, [water], {well: water["id"], road: water["id"], pump: water["id"]})

    here = page.locator("[data-stack]")
    expect(words(here)).to_have_text(["A well", "A pump"])
    expect(editor(page)).to_be_visible()
    hear(page, [{**water, "heading": "Drinking"}], {pump: None})
    expect(here.locator("summary")).to_have_text("Drinking")
    expect(words(here)).to_have_text(["A well"])
    hear(page, [{**water, "apart": True}], {})
    expect(here).to_have_count(0)
    expect(words(cell(page, column="Being"))).to_have_text(["A well", "A pump"])


def hear(page: Page, stacks: list[dict[str, object]], notes: dict[str, object]) -> None:
    detail = json.dumps({"stacks": stacks, "notes": notes})
    page.evaluate(
        "(detail) => document.querySelector('#exercise').dispatchEvent("
        "new CustomEvent('medtown:stacks', { detail: JSON.parse(detail) }))",
        detail,
    )


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
