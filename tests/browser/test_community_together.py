"""A group agrees on what goes to the community, and a need becomes a group's work: for everybody."""

import pytest
from playwright.sync_api import Page, expect

from lti_tool.exercises.modes import Mode
from lti_tool.groups.rules import Counting, Source
from lti_tool.lti.roles import Role
from tests.browser.accessibility import accessible
from tests.browser.community_page import open_post, publish
from tests.browser.conftest import Show
from tests.browser.exercise_page import answer_first
from tests.browser.running_tool import RunningTool, elsewhere
from tests.browser.tongue import Tongue
from tests.lti_tool.entering import Client, enter_course
from tests.lti_tool.exercises.arranging import Course

AR = Tongue("ar").says
MATRIX = "exercise/needs-matrix"
MADE = Counting(source=Source.MADE)


def for_everybody(page: Page) -> None:
    """Insist that the page is for everybody, on a laptop and on a small phone."""
    assert accessible(page)
    page.set_viewport_size({"width": 1280, "height": 800})


def in_groups(running: RunningTool, course: str, *people: str) -> None:
    """Let these people do the exercise as one group."""

    def make() -> None:
        clients: list[Client] = [enter_course(running.app, sub=one, name=one, course=course) for one in people]
        made = Course(app=running.app, course_id=clients[0].course_id)
        made.arrange(mode=Mode.GROUP, counting=MADE)
        made.make_group(*(client.person_id for client in clients))

    elsewhere(make)


def test_a_group_agrees_on_a_post(running: RunningTool, enter: Show, request: pytest.FixtureRequest) -> None:
    course = request.node.name
    enter("Reader", course=course)
    in_groups(running, course, "Ana", "أمل")
    ana = running.open(sub="Ana", name="Ana", course=course, activity=MATRIX)
    answer_first(ana, "A kitchen for forty people")
    with ana.expect_response(lambda answer: answer.request.method == "PUT"):
        ana.locator("[data-do=done]:visible").click()
    ana.reload()
    ana.get_by_role("link", name="Bring this to the community").click()
    ana.get_by_role("checkbox", name="A kitchen for forty people").check()
    ana.get_by_role("button", name="Show the post").click()
    ana.get_by_label("Title").fill("Who runs a kitchen?")
    ana.get_by_role("button", name="Propose it to the group").click()
    expect(ana.locator("#proposal")).to_contain_text("Who runs a kitchen?")
    for_everybody(ana)

    amal = running.open(sub="أمل", name="أمل", course=course, activity=MATRIX, locale="ar")
    amal.get_by_role("link", name=AR("Read it, and say whether you agree")).click()
    expect(amal.locator(".preview")).to_contain_text("A kitchen for forty people")
    for_everybody(amal)
    amal.get_by_label(AR("My name may stand at the post")).check()
    amal.get_by_role("button", name=AR("I agree"), exact=True).click()

    expect(amal.locator("#carried")).to_contain_text("Who runs a kitchen?")
    for_everybody(amal)


def test_a_need_becomes_the_work_of_a_group(running: RunningTool, enter: Show, request: pytest.FixtureRequest) -> None:
    course = request.node.name
    for one in ("Ana", "أمل"):
        running.open(sub=one, name=one, course=course, activity=MATRIX)
    trainer = running.open(sub="Tara", name="Tara", course=course, activity=MATRIX, role=Role.TRAINER)
    elsewhere(
        lambda: Course(
            app=running.app, course_id=enter_course(running.app, sub="Ana", name="Ana", course=course).course_id
        ).arrange(mode=Mode.GROUP, counting=MADE)
    )
    ana = enter("Ana")
    publish(ana)
    amal = enter("أمل", locale="ar")
    open_post(amal)
    amal.get_by_text(AR("Offer help"), exact=True).click()
    amal.get_by_label(AR("What you can do")).fill("نساعدكم يوم الخميس.")
    amal.get_by_role("button", name=AR("Send the offer")).click()

    ana.reload()
    ana.get_by_role("link", name="Ask those who offered help to work on it").click()
    for_everybody(ana)
    ana.get_by_role("radio", name=f"Course {course}").check()
    ana.get_by_role("checkbox", name="أمل").check()
    ana.get_by_role("button", name="Ask them").click()
    expect(ana.get_by_role("region", name="Work on it together")).to_contain_text("No answer yet")
    amal.reload()
    for_everybody(amal)
    amal.get_by_role("button", name=AR("I want to work on it")).click()
    expect(amal.locator(".joint li").last).to_contain_text(AR("Wants to"))
    trainer.reload()
    trainer.get_by_role("link", name="People want to work on a need together").click()
    for_everybody(trainer)
    trainer.get_by_role("button", name="Make this group").click()
    expect(trainer.get_by_text("Saved.")).to_be_visible()

    amal.reload()
    expect(amal.locator(".joint .is-good")).to_be_visible()
    for_everybody(amal)
