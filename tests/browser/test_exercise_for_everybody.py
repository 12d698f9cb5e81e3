"""The exercise's pages are for everybody, in both directions, on every screen, and load nothing from elsewhere."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from lti_tool.lti.roles import Role
from tests.browser.conftest import Show
from tests.browser.exercise_page import QUESTION, SAVED, WHAT, add_note, cell, save_by_pausing, state
from tests.browser.running_tool import RunningTool


@pytest.fixture(scope="module")
def handed_in(running: RunningTool) -> str:
    """Hand in a matrix and a map; give the course."""
    page = running.open(course="shown")
    page.get_by_label(QUESTION).fill("A neighbourhood")
    add_note(page, "The cooperative that cooks school meals: https://example.org/a/very/long/address/without/a/break")
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_text("Handed in:")).to_be_visible()
    page = running.open(course="shown", activity="exercise/power-interest-map")
    page.get_by_text("Add a card").click()
    card = page.locator(".cards [data-note]").first
    card.get_by_label("Actor").fill("Families of children with disabilities")
    card.get_by_role("group", name="Power").get_by_role("radio", name="5").check()
    card.get_by_role("group", name="Interest").get_by_role("radio", name="5").check()
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_text("Handed in:")).to_be_visible()
    return "shown"


MATRIX, MAP, UNIT = "exercise/needs-matrix", "exercise/power-interest-map", "unit/needs-and-satisfiers"
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


@pytest.mark.parametrize("locale", ["en", "ar"])
@pytest.mark.parametrize(("given", "path"), PAGES)
def test_axe_finds_nothing_to_object_to(
    running: RunningTool, handed_in: str, given: dict[str, Any], path: str, locale: str
) -> None:
    page = show(running, handed_in, {**given, "locale": locale}, path, running.browser_of_a_person())

    assert page.locator("html").get_attribute("dir") == ("rtl" if locale == "ar" else "ltr")
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_axe_finds_nothing_to_object_to_in_a_conflict(launch: Show, profile: BrowserContext) -> None:
    there = launch(profile)
    add_note(there, "first")
    expect(state(there)).to_have_text(SAVED)
    here = launch(profile)
    save_by_pausing(there, there.get_by_label(QUESTION), "theirs")
    save_by_pausing(there, cell(there).get_by_label(WHAT).first, "theirs")
    here.get_by_label(QUESTION).fill("mine")
    cell(here).get_by_label(WHAT).first.fill("mine")
    expect(here.get_by_role("group", name="This note was changed elsewhere")).to_have_count(2)

    results = Axe().run(here)

    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("locale", ["en", "ar", "es"])
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
    page.get_by_label(QUESTION).fill("A neighbourhood")
    expect(state(page)).to_have_text(SAVED)

    assert complaints == []
    assert [url for url in foreign if not re.match(r"http://127\.0\.0\.1:\d+/", url)] == []
