"""The exercise's pages are for everybody, in both directions, on every screen, and load nothing from elsewhere."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from lti_tool.lti.roles import Role
from tests.browser.conftest import Show
from tests.browser.exercise_page import (
    MAP,
    SAVED,
    add_note,
    add_to,
    answer,
    answer_first,
    answered,
    begin,
    cards,
    cell,
    conflict,
    done,
    editor,
    hand_in,
    obstacles,
    open_note,
    state,
)
from tests.browser.right_to_left import TURNED
from tests.browser.running_tool import RunningTool


@pytest.fixture(scope="module")
def handed_in(running: RunningTool) -> str:
    """Hand in a matrix and a map; give the course."""
    page = running.open(course="shown")
    answer(page, "A neighbourhood")
    add_note(page, "The cooperative that cooks school meals: https://example.org/a/very/long/address/without/a/break")
    hand_in(page)
    expect(page.get_by_text("Handed in:")).to_be_visible()
    page = running.open(course="shown", activity=MAP)
    open_note(add_to(cards(page), "Families of children with disabilities"))
    for scale in ("Power", "Interest"):
        editor(page).get_by_role("group", name=scale).get_by_role("radio", name="5").check()
    hand_in(page)
    expect(page.get_by_text("Handed in:")).to_be_visible()
    return "shown"


MATRIX, UNIT = "exercise/needs-matrix", "unit/needs-and-satisfiers"
PAGES = [
    pytest.param({"activity": MATRIX}, "", id="matrix"),
    pytest.param({"activity": MAP}, "", id="map"),
    pytest.param({"activity": UNIT}, "", id="unit"),
    pytest.param({"activity": MATRIX, "sub": "new"}, "", id="empty matrix"),
    pytest.param({"activity": MATRIX, "role": Role.TRAINER}, "", id="list"),
    pytest.param({"activity": MATRIX, "role": Role.TRAINER}, "submissions/{}", id="submission"),
    pytest.param({"activity": MAP, "role": Role.TRAINER}, "submissions/{}", id="submitted map"),
    pytest.param({"activity": MATRIX, "role": Role.TRAINER}, "exercise", id="preview"),
    pytest.param({"activity": None}, "", id="error"),
]


def show(running: RunningTool, course: str, given: dict[str, Any], path: str, context: BrowserContext) -> Page:
    """Show a page whole: everything that can be opened is open."""
    page = running.open(context, course=course, **given)
    if path.startswith("submissions"):
        page.get_by_role("rowheader").get_by_role("link").first.click()
    elif path:
        page.locator("a[href$='/exercise']").click()
    page.wait_for_load_state()  # a page is only as wide as it will be once its style is there
    page.evaluate("document.querySelectorAll('details').forEach((box) => (box.open = true))")
    return page


@pytest.mark.parametrize("locale", ["en", TURNED])
@pytest.mark.parametrize(("given", "path"), PAGES)
def test_axe_finds_nothing_to_object_to(
    running: RunningTool, handed_in: str, given: dict[str, Any], path: str, locale: str
) -> None:
    page = show(running, handed_in, {**given, "locale": locale}, path, running.browser_of_a_person())

    assert page.locator("html").get_attribute("dir") == ("rtl" if locale == TURNED else "ltr")
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_words_of_the_other_direction_stand_on_their_own_side(running: RunningTool) -> None:
    page = running.open(path="?text=ar", activity=UNIT)

    expect(page.locator("html")).to_have_attribute("dir", "ltr")
    for words in (page.locator("header h1"), page.locator(".prose p").first):
        expect(words).to_have_css("direction", "rtl")
        expect(words).to_have_css("text-align", "start")


def objections(page: Page) -> str:
    """Give what axe objects to."""
    results = Axe().run(page)
    return str(results.generate_report()) if results.violations_count else ""


def test_axe_finds_nothing_to_object_to_in_an_open_editor(launch: Show, locale: str) -> None:
    page = launch(locale=locale)
    open_note(add_note(page, "The cooperative kitchen"))
    editor(page).locator("summary").click()

    assert objections(page) == ""


def test_axe_finds_nothing_to_object_to_in_an_answer_and_a_card(launch: Show, locale: str) -> None:
    page = launch(locale=locale, activity=MAP)
    answer_first(page, "A service")
    assert objections(page) == ""

    open_note(add_to(cards(page), "The council"))

    assert objections(page) == ""


def test_axe_finds_nothing_to_object_to_in_the_quick_line_and_after_deleting(launch: Show, locale: str) -> None:
    page = launch(locale=locale)
    open_note(add_note(page, "The cooperative kitchen"))
    editor(page).get_by_role("button", name="Delete").click()
    begin(cell(page, "Protection"))

    assert objections(page) == ""


def test_axe_finds_nothing_to_object_to_in_an_error_and_beside_the_button(launch: Show, locale: str) -> None:
    page = launch(locale=locale)
    note = add_note(page, "x" * 401)
    expect(note.locator(".problem")).to_be_visible()
    hand_in(page)
    expect(obstacles(page).get_by_role("link")).to_be_visible()
    open_note(note)

    assert objections(page) == ""


@pytest.mark.parametrize("is_open", [True, False])
def test_axe_finds_nothing_to_object_to_in_a_conflict(
    launch: Show, profile: BrowserContext, locale: str, *, is_open: bool
) -> None:
    here, there = launch(profile, locale=locale), launch(profile, locale=locale)
    answered(there, "theirs")
    answer(here, "mine")
    if not is_open:
        done(here)
    expect(conflict(here)).to_be_visible()

    assert objections(here) == ""


@pytest.mark.parametrize("locale", ["en", TURNED, "es"])
@pytest.mark.parametrize(("given", "path"), PAGES)
def test_nothing_is_wider_than_a_small_phone(
    running: RunningTool, handed_in: str, given: dict[str, Any], path: str, locale: str
) -> None:
    phone = running.browser_of_a_person(viewport={"width": 320, "height": 640})

    page = show(running, handed_in, {**given, "locale": locale}, path, phone)

    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_page_loads_nothing_from_elsewhere_and_breaks_no_policy(launch: Show, profile: BrowserContext) -> None:
    complaints: list[str] = []
    foreign: list[str] = []
    profile.on("console", lambda message: complaints.append(message.text))
    profile.on("weberror", lambda error: complaints.append(str(error.error)))
    profile.on("request", lambda request: foreign.append(request.url))

    page = launch(profile)
    answered(page, "A neighbourhood")
    add_note(page, "The cooperative kitchen")
    expect(state(page)).to_have_text(SAVED)

    assert complaints == []
    assert [url for url in foreign if not re.match(r"http://127\.0\.0\.1:\d+/", url)] == []
