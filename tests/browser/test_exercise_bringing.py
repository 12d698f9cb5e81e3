"""What was written in earlier exercises is brought along by keyboard, alone and by a group, in both directions."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from lti_tool.exercises.modes import Mode
from tests.browser.accessibility import accessible
from tests.browser.exercise_page import SAVED, add_to, alive, answer_first, cards, done, state
from tests.browser.right_to_left import TURNED, right_to_left
from tests.browser.running_tool import RunningTool, elsewhere, running_tool
from tests.content import along
from tests.lti_tool.entering import enter_course
from tests.lti_tool.exercises.arranging import Course

BEFORE, AFTER = "exercise/who-is-there", "exercise/first-steps"
GROUP = ("12",)
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def tool(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningTool]:
    """Give a tool whose last exercise brings along what was asked in the first."""
    folder: Path = tmp_path_factory.mktemp("along")
    with running_tool(folder, browser, TRANSLATIONS_DIR=str(right_to_left(folder / "translations"))) as tool:
        tool.app.extensions["curriculum"] = along.curriculum(folder / "content")
        yield tool


@pytest.fixture
def launch(tool: RunningTool, request: pytest.FixtureRequest) -> Open:
    """Give a function that opens an exercise in a course of this test's own."""

    def show(activity: str, sub: str = "ana", **given: Any) -> Page:
        return tool.open(course=request.node.name, activity=activity, sub=sub, **given)

    return show


def write_before(page: Page) -> None:
    """Name the service and an actor in the earlier exercise."""
    answer_first(page, "The day centre")
    done(page)
    add_to(cards(page), "The council")
    expect(state(page)).to_have_text(SAVED)


@pytest.mark.parametrize("locale", ["en", TURNED])
def test_one_person_brings_their_own_work_along(launch: Open, locale: str) -> None:
    write_before(launch(BEFORE, locale=locale))
    page = launch(AFTER, locale=locale)
    assert accessible(page)
    page.get_by_role("link", name="Bring it along").press("Enter")
    box = page.get_by_role("checkbox", name="The council")
    expect(box).to_be_checked()
    assert accessible(page)

    box.press("Space")
    page.get_by_role("button", name="Bring along").press("Enter")

    expect(page.locator("[data-note] .words")).to_contain_text(["The day centre"])
    expect(page.locator(".origin:visible")).to_have_text("Brought along from: Who is there")
    assert accessible(page)


def test_a_group_sees_arrive_what_one_of_them_brings(
    tool: RunningTool, launch: Open, request: pytest.FixtureRequest
) -> None:
    def work_in_groups() -> None:
        course_id = enter_course(tool.app, course=request.node.name, sub="trainer").course_id
        Course(app=tool.app, course_id=course_id, exercise="first-steps").arrange(mode=Mode.GROUP)

    write_before(launch(BEFORE, group_ids=GROUP))
    elsewhere(work_in_groups)
    page, other = launch(AFTER, group_ids=GROUP), alive(launch(AFTER, "ben", group_ids=GROUP))
    answer_first(other, "The library")
    done(other)
    expect(state(other)).to_have_text(SAVED)
    page.get_by_role("link", name="Bring it along").press("Enter")
    expect(page.get_by_text("Everybody in your group reads this")).to_be_visible()

    page.get_by_role("button", name="Bring along").press("Enter")

    expect(cards(other).locator("[data-note] .words bdi")).to_have_text("The council")
    expect(cards(other).locator(".origin")).to_have_text("Brought along from: Who is there")
    beside = other.locator(".brought")
    expect(beside.locator(".words")).to_have_text("The day centre")
    assert accessible(other)
    beside.get_by_role("button", name="Take it away").press("Enter")
    expect(other.locator(".brought")).to_have_count(0)
    expect(other.get_by_text("The library")).to_be_visible()
