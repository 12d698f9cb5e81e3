"""Trainers make two posts one and a reply a post, while somebody is writing; in both directions."""

from playwright.sync_api import Page, expect

from lti_tool.lti.roles import Role
from tests.browser.accessibility import accessible
from tests.browser.community_page import open_post, publish, reply
from tests.browser.conftest import Show
from tests.browser.right_to_left import TURNED
from tests.browser.running_tool import RunningTool

OURS = "We wrote a register of hours, who gives and who takes."


def opened(page: Page) -> Page:
    """Open all that is folded."""
    page.evaluate("document.querySelectorAll('details').forEach((box) => (box.open = true))")
    return page


def test_two_posts_become_one_and_a_reply_a_post(running: RunningTool, enter: Show) -> None:
    ana = enter("Ana", running.browser_of_a_person())
    publish(ana)
    profile = running.browser_of_a_person()
    bea = enter("Bea", profile)
    publish(bea, "Exchanging hours", text="We lack hours.")
    bea.get_by_role("textbox", name="Text", exact=True).fill("Half a reply.")

    teacher = enter("Teacher", running.browser_of_a_person(), role=Role.TRAINER)
    open_post(teacher, "Exchanging hours")
    teacher.get_by_role("link", name="Merge into another post").click()
    teacher.get_by_label("Look for the other post by its words").fill("bank")
    teacher.keyboard.press("Enter")
    teacher.get_by_role("radio", name="Who knows a time bank?").check()
    teacher.get_by_role("button", name="Merge it into that post").click()
    expect(teacher.get_by_role("alert")).to_have_text("Give a reason: the author will read it.")
    assert accessible(teacher)
    teacher.get_by_label("Reason, which the author will read").fill("Both ask the same.")
    teacher.get_by_role("button", name="Merge it into that post").click()
    expect(teacher.locator(".reply")).to_contain_text("Was a post of its own")
    assert accessible(opened(teacher))

    bea.reload()
    expect(bea.get_by_role("heading", level=1)).to_have_text("Who knows a time bank?")
    expect(bea.get_by_role("status")).to_contain_text("was still in this browser")
    expect(bea.get_by_role("textbox", name="Text", exact=True)).to_have_value("Half a reply.")
    reply(bea, OURS)
    assert bea.evaluate("localStorage.length") == 0

    teacher.reload()
    teacher.locator(".reply").filter(has_text=OURS).get_by_role("link", name="Make it a post").click()
    teacher.get_by_role("radio", name="Tool").check()
    teacher.get_by_label("Title, in the language of the text").fill("A register of hours")
    teacher.get_by_label("Reason, which the author will read").fill("Others look for it.")
    assert accessible(teacher)
    teacher.get_by_role("button", name="Make it a post").click()
    expect(teacher.get_by_role("heading", level=1)).to_have_text("A register of hours")

    bea.reload()
    bea.get_by_role("link", name="A register of hours").click()
    expect(bea.locator(".thread")).to_contain_text(OURS)
    bea.get_by_role("link", name="All posts").click()
    expect(bea.get_by_text("A trainer made your reply a post of its own")).to_be_visible()
    turned = enter("Bea", profile, locale=TURNED)
    open_post(turned)
    expect(turned.get_by_text("A reply from here was made a post of its own:")).to_be_visible()
    assert accessible(opened(turned))
