"""A group looks at its own work by keyboard before it hands in, and the trainer reads it beside the criteria."""

import pytest
from playwright.sync_api import expect

from lti_tool.lti.roles import Role
from tests.browser.accessibility import accessible
from tests.browser.conftest import Show
from tests.browser.exercise_page import add_note, hand_in
from tests.browser.keyboard import press_until
from tests.browser.running_tool import RunningTool, elsewhere
from tests.lti_tool.entering import enter_course
from tests.lti_tool.exercises.looking import want


def test_they_say_how_they_see_it_and_the_trainer_reads_it(
    launch: Show, running: RunningTool, locale: str, request: pytest.FixtureRequest
) -> None:
    course = request.node.name
    teacher = elsewhere(lambda: enter_course(running.app, sub="trainer", role=Role.TRAINER, course=course))
    elsewhere(lambda: want(running.app, teacher.course_id))
    page = launch(locale=locale)
    add_note(page, "A well")
    assert accessible(page)

    press_until(page, page.locator("#self-review a"))
    page.keyboard.press("Enter")
    expect(page.locator("fieldset.choosing")).to_have_count(4)
    assert accessible(page)
    press_until(page, page.locator("input[name=level-effects]").first)
    page.keyboard.press("ArrowDown")
    press_until(page, page.locator("input[name=sentence]"))
    page.keyboard.type("We left protection empty.")
    page.keyboard.press("Enter")

    expect(page.locator("#self-review dl div")).to_have_count(1)
    expect(page.locator("#self-review blockquote")).to_have_text("We left protection empty.")
    assert accessible(page)
    hand_in(page)
    expect(page.locator("#submission strong")).to_be_visible()
    trainer = launch(sub="trainer", name="Trainer", role=Role.TRAINER, locale=locale)
    trainer.get_by_role("rowheader").get_by_role("link").first.click()
    expect(trainer.locator(".self-said blockquote")).to_have_text("We left protection empty.")
    expect(trainer.locator(".self-said dl div")).to_have_count(1)
    assert accessible(trainer)
