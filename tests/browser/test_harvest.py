"""What came out is copied with one press, as lists and as plain text."""

import pytest
from playwright.sync_api import Page, expect

from lti_tool.exercises.modes import Mode
from tests.browser.accessibility import accessible
from tests.browser.conftest import Show
from tests.browser.running_tool import RunningTool, elsewhere
from tests.lti_tool.entering import enter_course
from tests.lti_tool.exercises.arranging import Course
from tests.lti_tool.exercises.balloting import Canvas

READ = """async () => {
  const [item] = await navigator.clipboard.read();
  const read = async (type) => [type, await (await item.getType(type)).text()];
  return Object.fromEntries(await Promise.all(item.types.map(read)));
}"""


@pytest.fixture(autouse=True)
def canvas(running: RunningTool, request: pytest.FixtureRequest) -> None:
    """Let a whole course have a note with votes."""

    def prepare() -> None:
        author = enter_course(running.app, course=request.node.name, sub="author")
        canvas = Canvas(course=Course(app=running.app, course_id=author.course_id), owner="course")
        canvas.course.arrange(mode=Mode.COURSE)
        well = canvas.add(author, "A well & a pump")
        canvas.open_ballot()
        canvas.vote(author, well, 2)

    elsewhere(prepare)


def shown(page: Page) -> Page:
    page.get_by_role("link", name="What came out").click()
    expect(page.get_by_role("heading", name="What came out")).to_be_visible()
    return page


def test_one_press_copies_it_as_lists_and_as_plain_text(launch: Show, running: RunningTool) -> None:
    context = running.browser_of_a_person(permissions=["clipboard-read", "clipboard-write"])
    page = shown(launch(context))
    assert accessible(page)

    page.get_by_role("button", name="Copy").click()

    expect(page.get_by_role("status")).to_contain_text("It is copied")
    copied = page.evaluate(READ)
    assert "A well & a pump" in copied["text/plain"]
    assert "<li" in copied["text/html"]
    assert "A well &amp; a pump" in copied["text/html"]


def test_where_nothing_can_be_copied_the_text_stands_there_marked(launch: Show) -> None:
    page = shown(launch())
    page.evaluate("document.execCommand = () => false")

    page.get_by_role("button", name="Copy").click()

    expect(page.get_by_role("status")).to_contain_text("This browser lets nothing be copied")
    expect(page.get_by_label("What came out, as plain text")).to_be_visible()
    marked = page.evaluate("getSelection().toString()")
    assert "1. A well & a pump (2)" in marked


def test_without_script_the_plain_text_can_be_opened(launch: Show, running: RunningTool) -> None:
    page = launch(running.browser_of_a_person(java_script_enabled=False))

    page.get_by_role("link", name="What came out").click()
    page.get_by_text("As plain text, to mark and copy").click()

    expect(page.get_by_label("What came out, as plain text")).to_be_visible()
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)
