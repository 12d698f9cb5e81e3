"""People talk in the community, with JavaScript, without it, and with the keyboard alone."""

import pytest
from playwright.sync_api import BrowserContext, expect

from lti_tool.lti.roles import Role
from tests.browser.community_page import arrived, open_post, publish, reply, write
from tests.browser.conftest import Show
from tests.browser.keyboard import press_until
from tests.browser.running_tool import RunningTool


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_two_people_talk(running: RunningTool, enter: Show, javascript: bool) -> None:  # noqa: FBT001 - a parameter
    ana = enter("Ana", running.browser_of_a_person(java_script_enabled=javascript))
    publish(ana)
    bea = enter("Bea", running.browser_of_a_person(java_script_enabled=javascript), course="course-2")
    open_post(bea)
    reply(bea, "Ask in Campolide.")

    ana.reload()
    expect(ana.locator(".reply")).to_contain_text("Bea")
    ana.get_by_role("button", name="This reply answers the need").click()

    expect(ana.locator(".thread")).to_contain_text("Answered")
    bea.reload()
    expect(bea.locator(".reply")).to_contain_text("This reply answered the need")


def test_without_javascript_one_changes_deletes_and_hides(running: RunningTool, enter: Show) -> None:
    def plain() -> BrowserContext:
        return running.browser_of_a_person(java_script_enabled=False)

    ana = enter("Ana", plain())
    publish(ana)
    ana.get_by_role("link", name="Change").click()
    ana.get_by_label("Title").fill("Another title")
    ana.get_by_role("button", name="Save the changes").click()
    expect(ana.get_by_role("heading", level=1)).to_have_text("Another title")

    teacher = enter("Teacher", plain(), role=Role.TRAINER)
    open_post(teacher, "Another title")
    teacher.get_by_text("Hide", exact=True).click()
    teacher.get_by_label("Reason, which the author will read").fill("It names somebody.")
    teacher.get_by_role("button", name="Hide it from the others").click()
    ana.reload()
    expect(ana.get_by_text("It names somebody.")).to_be_visible()

    ana.get_by_text("Delete", exact=True).click()
    ana.get_by_role("button", name="Delete for good").click()
    expect(ana.get_by_text("Nobody has written anything yet.")).to_be_visible()


def test_the_keyboard_alone_is_enough(enter: Show) -> None:
    page = enter()
    page.get_by_role("link", name="Write a post").focus()
    page.keyboard.press("Enter")
    arrived(page, "Write a post")
    page.get_by_role("link", name="Back without saving").focus()

    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("By keyboard")
    page.keyboard.press("Tab")
    page.keyboard.type("All of it.")
    press_until(page, page.get_by_role("button", name="Publish"))
    page.keyboard.press("Enter")

    arrived(page, "By keyboard")
    expect(page.locator(".thread")).to_contain_text("Doubt")
    press_until(page, page.locator("summary", has_text="Delete"))
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nobody has written anything yet.")).to_be_visible()


def test_a_double_click_publishes_once(enter: Show) -> None:
    page = enter()
    write(page)

    page.get_by_role("button", name="Publish").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("Who knows a time bank?")

    page.get_by_role("link", name="All posts").click()
    expect(page.locator(".post")).to_have_count(1)
