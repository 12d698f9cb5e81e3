"""The trainer's live page and the presenter's view, as those who guide a session use them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import BrowserContext, Frame, Page, expect

from lti_tool.clock import utc_now
from lti_tool.exercises.modes import Mode
from lti_tool.lti.roles import Role
from tests.browser.accessibility import accessible
from tests.browser.conftest import Show
from tests.browser.framing import in_a_frame
from tests.browser.right_to_left import TURNED
from tests.browser.running_tool import RunningTool, elsewhere
from tests.lti_tool.entering import Client, enter_course
from tests.lti_tool.exercises.arranging import Course

Write = Callable[[str], None]


@pytest.fixture
def ana(running: RunningTool, request: pytest.FixtureRequest) -> Client:
    """Let Ana into this test's course."""
    return elsewhere(lambda: enter_course(running.app, sub="ana", name="Ana", course=request.node.name))


@pytest.fixture
def course(running: RunningTool, ana: Client) -> Course:
    """Give this test's course, in which Ana is in the only group."""

    def arranged() -> Course:
        course = Course(app=running.app, course_id=ana.course_id)
        course.put_in(ana, "12")
        course.group("12")
        course.arrange(mode=Mode.GROUP)
        return course

    return elsewhere(arranged)


@pytest.fixture
def write(course: Course, ana: Client) -> Write:
    """Give a function by which Ana writes a note in the row of subsistence."""
    owner = elsewhere(lambda: f"group/{course.group('12')}")
    return lambda text: elsewhere(lambda: put(ana, owner, text))


def put(person: Client, owner: str, text: str) -> None:
    note = {"part": "matrix", "cell": "subsistence/being", "language": "en", "version": 0}
    saved = person.put(f"exercise/notes/{uuid4()}?in={owner}", {**note, "values": {"satisfier": text}})
    assert saved.status_code == 200


@pytest.fixture
def live(launch: Show, course: Course) -> Show:
    """Give a function that opens the live page."""

    def show(context: BrowserContext | None = None, **given: Any) -> Page:
        return launch(context, path="live", sub="tess", role=Role.TRAINER, **given)

    return show


@pytest.fixture
def waiting(profile: BrowserContext) -> BrowserContext:
    """Give a browser in which time passes as the test says."""
    profile.clock.install()
    return profile


def screen(page: Page) -> Page:
    """Show the group's first row of the matrix large."""
    page.get_by_role("link", name="Show large").evaluate("link => link.removeAttribute('target')")
    page.get_by_role("link", name="Show large").click()
    page.locator(".sights summary").click()
    page.get_by_role("link", name="The matrix · Subsistence").click()
    return page


def test_by_keyboard_a_step_begins_and_the_focus_stays(live: Show) -> None:
    page = live()

    page.get_by_role("button", name="Begin: The community").press("Enter")

    expect(page.get_by_text("Step 1 of 6: The community")).to_be_visible()
    expect(page.get_by_role("button", name="Next: Write")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Step 2 of 6: Write")).to_be_visible()


def test_two_trainers_who_press_at_once_go_one_step(live: Show) -> None:
    pages = [live(), live()]

    for page in pages:
        page.get_by_role("button", name="Begin: The community").click()

    for page in pages:
        expect(page.get_by_text("Step 1 of 6: The community")).to_be_visible()


def test_a_message_that_is_being_typed_survives_every_press(live: Show, waiting: BrowserContext, write: Write) -> None:
    page = live(waiting)
    message = page.get_by_label("Your message")
    message.fill("Half a sen")

    page.get_by_role("button", name="Stop writing for everybody").click()
    expect(page.get_by_text("Writing is stopped", exact=True)).to_be_visible()
    write_after(page, write)

    expect(message).to_have_value("Half a sen")


def write_after(page: Page, write: Write) -> None:
    page.get_by_role("button", name="Let everybody write again").click()
    expect(page.get_by_text("Writing is stopped", exact=True)).to_have_count(0)
    write("A well")
    page.clock.fast_forward("00:10")
    expect(page.get_by_title("Subsistence").first).to_contain_text("1")


def test_a_message_is_sent_and_the_field_is_empty_again(live: Show) -> None:
    page = live()

    page.get_by_label("Your message").fill("Look up")
    page.get_by_role("button", name="Show it to everybody").click()

    expect(page.get_by_text("Everybody reads now:")).to_be_visible()
    expect(page.get_by_label("Your message")).to_have_value("")


def test_the_overview_follows_what_is_written(live: Show, waiting: BrowserContext, write: Write) -> None:
    page = live(waiting)
    expect(page.get_by_title("Subsistence").first).to_contain_text("0")

    write("A well")
    page.clock.fast_forward("00:10")

    expect(page.get_by_title("Subsistence").first).to_contain_text("1")


def test_without_script_every_press_works(live: Show, running: RunningTool, write: Write) -> None:
    page = live(running.browser_of_a_person(java_script_enabled=False))

    page.get_by_role("button", name="Begin: The community").click()
    page.get_by_role("button", name="2 minutes more").click()
    page.get_by_role("button", name="Step in").click()

    expect(page.get_by_role("heading", name="Needs matrix")).to_be_visible()
    assert "in=group/" in page.url


def test_the_presenters_view_pages_by_keys_and_shows_quietly_what_comes(
    live: Show, waiting: BrowserContext, write: Write
) -> None:
    for number in range(4):
        write(f"Note {number}")
    page = screen(live(waiting))
    expect(page.get_by_text("4 notes")).to_be_visible()

    write("Note 4")
    page.clock.fast_forward("00:10")
    expect(page.get_by_text("5 notes · page 1 of 2")).to_be_visible()
    page.locator("body").press("ArrowRight")

    expect(page.get_by_text("Note 4")).to_be_visible()
    page.locator("body").press("ArrowRight")
    expect(page.get_by_role("heading", name="Protection")).to_be_visible()


def test_from_the_right_the_keys_are_turned(live: Show) -> None:
    page = screen(live(locale=TURNED))

    page.locator("body").press("ArrowLeft")

    expect(page.get_by_role("heading", name="Protection")).to_be_visible()


def test_letters_are_large_enough_for_a_video_call(live: Show, write: Write) -> None:
    write("The cooperative kitchen")
    page = live()
    page.set_viewport_size({"width": 1280, "height": 720})

    words = screen(page).get_by_text("The cooperative kitchen")

    assert words.evaluate("element => parseFloat(getComputedStyle(element).fontSize)") >= 40


def test_everybody_can_use_the_live_page(live: Show, course: Course, write: Write, locale: str) -> None:
    write("A well")
    elsewhere(lambda: course.arrange(mode=Mode.GROUP, alone_first=True))
    elsewhere(lambda: course.stage(step=2, step_ends_at=utc_now() + timedelta(minutes=5), frozen_at=utc_now()))
    elsewhere(lambda: course.stage(message="Look up", message_language="en", message_at=utc_now()))

    assert accessible(live(locale=locale))


def test_everybody_can_use_the_presenters_view(live: Show, write: Write, locale: str) -> None:
    write("The cooperative that cooks: https://example.org/a/very/long/address/without/a/break/that/goes/on")
    page = screen(live(locale=locale))
    page.locator(".sights summary").click()

    assert accessible(page)


# In Moodle's frame, to which alone the browser gives the session's cookie


@pytest.fixture
def framed(
    running: RunningTool, launch: Show, profile: BrowserContext, issuer: str, request: pytest.FixtureRequest
) -> Frame:
    """Show the live page of a course at one canvas, in which Ana has written, in a page of another site."""

    def begin() -> None:
        ana = enter_course(running.app, sub="ana", name="Ana", course=request.node.name, issuer=issuer)
        Course(app=running.app, course_id=ana.course_id).arrange(mode=Mode.COURSE)
        put(ana, "course", "The cooperative kitchen")

    elsewhere(begin)
    page = launch(profile, path="live", sub="tess", role=Role.TRAINER, issuer=issuer)
    return in_a_frame(page, profile, issuer)


def test_from_a_frame_the_presenters_view_opens_in_a_window_of_its_own(framed: Frame, profile: BrowserContext) -> None:
    with profile.expect_page() as opened:
        framed.get_by_role("link", name="Show large").click()
    large = opened.value

    large.locator(".sights summary").click()
    large.get_by_role("link", name="The matrix · Subsistence").click()

    words = large.get_by_text("The cooperative kitchen")
    expect(words).to_be_visible()
    assert words.evaluate("element => parseFloat(getComputedStyle(element).fontSize)") >= 24
    large.locator("body").press("ArrowRight")
    expect(large.get_by_role("heading", name="Protection")).to_be_visible()
    expect(framed.get_by_role("heading", name="Needs matrix")).to_be_visible()


def test_that_window_is_closed_when_nothing_can_follow_in_it_any_more(framed: Frame, profile: BrowserContext) -> None:
    with profile.expect_page() as opened:
        framed.get_by_role("link", name="Show large").click()
    expect(opened.value.get_by_role("heading")).to_be_visible()

    with opened.value.expect_event("close"):
        framed.get_by_role("link", name="All work in this course").click()
