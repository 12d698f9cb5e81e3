"""In Moodle's frame a browser may deny storage: then nothing is said to be kept, and the text can be copied."""

import pytest
from playwright.sync_api import BrowserContext, Frame, expect

from lti_tool.exercises.modes import Mode
from lti_tool.lti.roles import Role
from tests.browser.conftest import Show
from tests.browser.exercise_page import SAVED, add_note, cell, notes
from tests.browser.framing import in_a_frame
from tests.browser.running_tool import RunningTool, elsewhere
from tests.lti_tool.entering import enter_course
from tests.lti_tool.exercises.arranging import Course
from tests.lti_tool.exercises.balloting import Canvas

DENIED = """
if (window !== window.top) {
  Object.defineProperty(window, "localStorage", { get() { throw new DOMException("denied", "SecurityError"); } });
}
"""


@pytest.fixture
def frame(launch: Show, profile: BrowserContext, issuer: str) -> Frame:
    """Show the exercise in a page of another site, and give it no storage there."""
    profile.add_init_script(DENIED)
    framed = in_a_frame(launch(profile, issuer=issuer), profile, issuer)
    framed.locator("#exercise.is-scripted").wait_for()
    return framed


def test_everything_is_saved_in_a_frame_without_storage(frame: Frame) -> None:
    frame.get_by_role("link", name="Write an answer").first.click()
    frame.locator(".editor textarea").fill("A neighbourhood")

    expect(frame.locator("[data-state]")).to_have_text(SAVED)

    frame.get_by_role("button", name="Hand in").click()
    expect(frame.get_by_text("Handed in:")).to_be_visible()


def test_without_storage_and_session_the_text_stands_there_to_copy(frame: Frame, profile: BrowserContext) -> None:
    profile.clear_cookies()
    frame.get_by_role("link", name="Write an answer").first.click()
    frame.locator(".editor textarea").fill("dear words")
    expect(frame.locator("[data-state]")).to_have_text(
        "Open the activity again in Moodle. This browser keeps nothing: copy your text first."
    )

    text = frame.get_by_role("textbox", name="Your text")
    expect(text).to_be_visible()
    assert "dear words" in text.input_value()
    frame.get_by_role("button", name="Copy the text").click()
    expect(frame.get_by_role("status")).to_have_text("The text is copied.")
    assert "your text is kept" not in frame.locator("main").inner_text()


def test_without_storage_a_text_that_is_refused_stands_there_to_copy_until_it_fits(
    frame: Frame,
) -> None:
    frame.get_by_role("cell", name="Subsistence Having").get_by_role("link", name="Add a note").click()
    frame.locator("[data-quick]").fill("x" * 401)
    frame.locator("[data-quick]").press("Enter")
    expect(frame.get_by_role("textbox", name="Your text")).to_be_visible()

    frame.get_by_role("cell", name="Subsistence Having").locator("[data-open]").click()
    frame.locator(".editor textarea").first.fill("short")

    expect(frame.locator("[data-state]")).to_have_text(SAVED)
    expect(frame.get_by_role("textbox", name="Your text")).to_have_count(0)


# The same where several work together


@pytest.fixture
def canvas(running: RunningTool, request: pytest.FixtureRequest, issuer: str) -> Canvas:
    """Give the canvas of a whole course of that platform, with a note."""

    def prepare() -> Canvas:
        author = enter_course(running.app, course=request.node.name, sub="author", issuer=issuer)
        canvas = Canvas(course=Course(app=running.app, course_id=author.course_id), owner="course")
        canvas.course.arrange(mode=Mode.COURSE)
        canvas.add(author, "A well")
        return canvas

    return elsewhere(prepare)


def test_without_storage_several_work_and_vote_at_one_canvas(
    canvas: Canvas, launch: Show, profile: BrowserContext, issuer: str
) -> None:
    profile.add_init_script(DENIED)
    other = launch(sub="omar", issuer=issuer)
    frame = in_a_frame(launch(profile, sub="ana", issuer=issuer), profile, issuer)
    frame.locator("#exercise.is-scripted").wait_for()

    add_note(other, "A bridge")
    expect(frame.locator("[data-cell='subsistence/having']")).to_contain_text("A bridge")
    frame.locator("[data-cell='subsistence/doing'] [data-add]").click()
    frame.locator("[data-quick]").fill("A school")
    frame.locator("[data-quick]").press("Enter")
    expect(cell(other, column="Doing")).to_contain_text("A school")
    expect(frame.locator("[data-state]")).to_have_text(SAVED)
    elsewhere(canvas.open_ballot)
    frame.locator("[data-cell='subsistence/having'] [data-vote='1']").click()
    expect(frame.locator("[data-votes-left]")).to_contain_text("2 of 3")
    expect(notes(cell(other)).locator("[data-total]")).to_have_text("Votes: 1")


def test_without_storage_the_trainer_leads_from_the_live_page(
    canvas: Canvas, launch: Show, profile: BrowserContext, issuer: str
) -> None:
    profile.add_init_script(DENIED)
    ana = launch(sub="ana", issuer=issuer)
    live = in_a_frame(launch(profile, path="live", sub="tess", role=Role.TRAINER, issuer=issuer), profile, issuer)

    live.get_by_role("button", name="Begin: The community").first.click()
    expect(ana.get_by_text("Step 1 of 6: The community", exact=True)).to_be_visible()
    live.get_by_label("Your message").fill("Look up")
    live.get_by_role("button", name="Stop writing for everybody").click()

    expect(ana.get_by_text("stopped writing for everybody").first).to_be_visible()
    expect(live.get_by_role("button", name="Let everybody write again")).to_be_visible()
    expect(live.get_by_label("Your message")).to_have_value("Look up")
