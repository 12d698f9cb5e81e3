"""The bar that tells how far the exercise is: by the server's clock, said once, and in both directions."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from lti_tool.clock import utc_now
from lti_tool.exercises.modes import Mode
from tests.browser.accessibility import accessible
from tests.browser.conftest import Show
from tests.browser.exercise_page import SAVED, add_note, alive, open_note, state
from tests.browser.running_tool import RunningTool, elsewhere
from tests.lti_tool.entering import enter_course
from tests.lti_tool.exercises.arranging import Course

Stage = Callable[..., None]
LONG_AGO = datetime(2019, 5, 1, tzinfo=UTC)


@pytest.fixture
def course(running: RunningTool, request: pytest.FixtureRequest) -> Course:
    """Give this test's course, in which everybody works at one canvas."""

    def arranged() -> Course:
        ana = enter_course(running.app, sub="trainee", name="Ana", course=request.node.name)
        course = Course(app=running.app, course_id=ana.course_id)
        course.arrange(mode=Mode.COURSE)
        return course

    return elsewhere(arranged)


@pytest.fixture
def stage(course: Course) -> Stage:
    """Give a function that sets what holds for everybody."""
    return lambda **news: elsewhere(lambda: course.stage(**news))


@pytest.fixture
def wrong(running: RunningTool) -> BrowserContext:
    """Give a phone whose clock is wrong by years, and runs as the test says."""
    phone = running.browser_of_a_person(viewport={"width": 360, "height": 740})
    phone.clock.install(time=LONG_AGO)
    return phone


def clock(page: Page) -> Locator:
    return page.get_by_role("timer")


def said(page: Page) -> Locator:
    return page.locator("[data-announce]")


def tell(page: Page, **news: Any) -> None:
    """Let the page hear of the stage as its poll does."""
    told = {**page.evaluate("JSON.parse(document.querySelector('[data-stage]').dataset.stage)"), "version": 99, **news}
    page.evaluate(
        "told => document.querySelector('#exercise').dispatchEvent(new CustomEvent('medtown:stage', {detail: told}))",
        told,
    )


def test_a_phone_whose_clock_is_wrong_counts_by_the_servers(launch: Show, stage: Stage, wrong: BrowserContext) -> None:
    stage(step=2, step_ends_at=utc_now() + timedelta(minutes=5))

    page = alive(launch(wrong))

    expect(clock(page)).to_contain_text("Time left: 4:5")
    page.clock.fast_forward("04:00")
    expect(clock(page)).to_contain_text("Time left: 0:5")


def test_when_the_time_is_up_it_is_said_once_and_nothing_is_cut_off(
    launch: Show, stage: Stage, wrong: BrowserContext
) -> None:
    stage(step=2, step_ends_at=utc_now() + timedelta(minutes=5))
    page = alive(launch(wrong))
    expect(said(page)).to_have_text("")

    page.clock.fast_forward("06:00")

    expect(clock(page)).to_have_text("Time is up: finish your sentence.")
    expect(said(page)).to_have_text("Time is up: finish your sentence.")
    add_note(page, "A last sentence")
    page.clock.fast_forward("00:30")
    expect(state(page)).to_have_text(SAVED)


def test_a_time_that_was_up_before_is_not_said_again(launch: Show, stage: Stage) -> None:
    stage(step=2, step_ends_at=utc_now() - timedelta(minutes=5))

    page = alive(launch())

    expect(clock(page)).to_have_text("Time is up: finish your sentence.")
    expect(said(page)).to_have_text("")


def test_a_new_step_is_shown_and_said_once(launch: Show, stage: Stage) -> None:
    stage(step=1)
    page = alive(launch())

    tell(page, step=2)

    expect(page.locator("[data-step]:visible")).to_contain_text("Step 2 of 6: Write")
    expect(said(page)).to_contain_text("Step 2 of 6: Write Write one concrete thing")


def test_a_message_is_text_in_its_language(launch: Show, stage: Stage) -> None:
    stage()
    page = alive(launch())

    tell(page, message={"text": "<b>انظروا</b>", "language": "ar", "at": "2026-11-30T18:00:00.000+00:00"})

    words = page.locator("[data-message] bdi")
    expect(words).to_have_text("<b>انظروا</b>")
    expect(words).to_have_attribute("lang", "ar")
    expect(said(page)).to_contain_text("انظروا")


def test_an_answer_that_is_older_than_what_is_shown_changes_nothing(launch: Show, stage: Stage) -> None:
    stage(step=3)
    page = alive(launch())

    tell(page, step=1, version=0)

    expect(page.locator("[data-step]:visible")).to_contain_text("Step 3 of 6")


def test_a_page_without_writing_comes_back_by_itself(launch: Show, stage: Stage, wrong: BrowserContext) -> None:
    stage(frozen_at=utc_now())
    page = launch(wrong)
    expect(page.locator(".problem")).to_contain_text("Your trainer has stopped writing")
    expect(page.locator("[data-add]")).to_have_count(0)

    stage(frozen_at=None)
    page.clock.fast_forward("00:10")

    expect(page.locator("[data-add]").first).to_be_attached()
    expect(page.locator(".problem")).to_have_count(0)


def test_a_late_note_is_marked_on_everybodys_page_and_stays_so(
    launch: Show, stage: Stage, running: RunningTool
) -> None:
    stage(step=1, step_ends_at=utc_now() - timedelta(minutes=1))
    here, there = launch(), launch(running.browser_of_a_person(), sub="ben", name="Ben")
    alive(there)

    add_note(here, "A last sentence")

    for page in (here, there):
        expect(page.locator(".note").get_by_text("After the time was up")).to_be_visible()
    note = there.locator("[data-note]").first
    open_note(note)
    there.get_by_role("button", name="Done").click()
    expect(note.get_by_text("After the time was up")).to_be_visible()


def test_that_names_are_shown_is_said_as_long_as_it_is_so(launch: Show, stage: Stage) -> None:
    stage()
    page = alive(launch())
    line = page.get_by_text("Your trainer lets everybody see who wrote which note.")
    expect(line).to_be_hidden()

    tell(page, shows_names=True)
    expect(line).to_be_visible()

    tell(page, shows_names=False, version=100)
    expect(line).to_be_hidden()


def test_a_group_asks_its_trainer_to_come_without_leaving_the_page(
    running: RunningTool, launch: Show, course: Course, request: pytest.FixtureRequest
) -> None:
    def put_in_a_group() -> None:
        course.put_in(enter_course(running.app, sub="trainee", course=request.node.name), "12")
        course.arrange(mode=Mode.GROUP)

    elsewhere(put_in_a_group)
    page = alive(launch())

    page.get_by_role("button", name="Ask your trainer to come").click()

    expect(page.get_by_text("Your trainer was asked to come.")).to_be_visible()
    expect(page.get_by_role("button", name="Not needed any more")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Ask your trainer to come")).to_be_focused()


def test_everybody_can_use_the_bar(launch: Show, stage: Stage, locale: str) -> None:
    stage(
        step=2,
        step_ends_at=utc_now() + timedelta(minutes=5),
        shows_names=True,
        message="Look up, please",
        message_language="en",
        message_at=utc_now(),
    )

    assert accessible(alive(launch(locale=locale)))


def test_everybody_can_use_a_page_where_writing_is_stopped(launch: Show, stage: Stage, locale: str) -> None:
    stage(step=2, frozen_at=utc_now(), step_ends_at=utc_now() - timedelta(minutes=5))

    assert accessible(launch(locale=locale))
