"""What was typed and did not arrive is kept in the browser, for whoever typed it."""

from playwright.sync_api import BrowserContext, Route, expect

from tests.browser.community_page import open_post, publish, write
from tests.browser.conftest import Show
from tests.browser.running_tool import RunningTool


def cut_off(context: BrowserContext) -> None:
    """Let nothing that is sent arrive."""

    def drop(route: Route) -> None:
        if route.request.method == "POST":
            route.abort()
        else:
            route.continue_()

    context.route("**/*", drop)


def test_a_text_that_did_not_arrive_is_there_at_the_next_launch_and_goes_once_it_arrived(
    running: RunningTool, enter: Show
) -> None:
    profile = running.browser_of_a_person()
    page = enter(context=profile)
    write(page, kind="Tool")
    page.get_by_label("How to use it").fill("Print it.")
    page.get_by_text("What it is about").click()
    page.get_by_label("Circular economy").check()
    page.get_by_label("Don’t show my name").check()
    cut_off(profile)
    page.get_by_role("button", name="Publish").click()
    profile.unroute_all()

    again = enter(context=profile, path="community/posts/new")
    expect(again.get_by_text("was still in this browser")).to_be_visible()
    expect(again.get_by_role("textbox", name="Text", exact=True)).to_have_value("We begin one.")
    expect(again.get_by_role("radio", name="Tool")).to_be_checked()
    expect(again.get_by_label("How to use it")).to_have_value("Print it.")
    expect(again.locator("[name=tags][value=circular-economy]")).to_be_checked()
    expect(again.get_by_label("Don’t show my name")).to_be_checked()
    again.get_by_role("button", name="Publish").click()
    expect(again.get_by_role("heading", level=1)).to_have_text("Who knows a time bank?")

    fresh = enter(context=profile, path="community/posts/new")
    expect(fresh.get_by_role("textbox", name="Text", exact=True)).to_have_value("")
    assert fresh.evaluate("localStorage.length") == 0


def test_only_the_fields_of_the_chosen_kind_are_shown_and_the_others_keep_what_was_typed(
    running: RunningTool, enter: Show
) -> None:
    page = enter(context=running.browser_of_a_person())
    write(page, kind="Tool")
    page.get_by_label("How to use it").fill("Print it.")
    page.get_by_role("radio", name="Need").check()
    expect(page.get_by_label("By when I need it")).to_be_visible()
    expect(page.get_by_label("How to use it")).to_be_hidden()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Who knows a time bank?")
    expect(page.get_by_text("Print it.")).to_be_hidden()

    page.get_by_role("link", name="Change").click()
    page.get_by_role("radio", name="Tool").check()

    expect(page.get_by_label("How to use it")).to_have_value("Print it.")


def test_a_text_that_the_session_outlived_is_kept(running: RunningTool, enter: Show) -> None:
    profile = running.browser_of_a_person()
    page = enter(context=profile)
    write(page)
    profile.clear_cookies()
    page.get_by_role("button", name="Publish").click()
    expect(page.locator("main > p", has_text="Your text is kept.")).to_be_visible()

    again = enter(context=profile, path="community/posts/new")

    expect(again.get_by_label("Title")).to_have_value("Who knows a time bank?")


def test_a_reply_that_did_not_arrive_waits_at_its_own_post(running: RunningTool, enter: Show) -> None:
    profile = running.browser_of_a_person()
    page = enter(context=profile)
    publish(page, title="first")
    page.get_by_role("textbox", name="Text", exact=True).fill("half a reply")

    page.reload()

    expect(page.get_by_role("textbox", name="Text", exact=True)).to_have_value("half a reply")
    other = enter(context=profile)
    publish(other, title="second")
    expect(other.get_by_role("textbox", name="Text", exact=True)).to_have_value("")


def test_nobody_else_at_the_same_computer_sees_what_was_typed(running: RunningTool, enter: Show) -> None:
    profile = running.browser_of_a_person()
    write(enter("Ana", profile))

    page = enter("Bea", profile, path="community/posts/new")

    expect(page.get_by_label("Title")).to_have_value("")


def test_of_two_windows_both_texts_are_shown(running: RunningTool, enter: Show) -> None:
    profile = running.browser_of_a_person()
    here = enter(context=profile)
    publish(here)
    there = enter(context=profile)
    open_post(there)
    for page in (here, there):
        page.get_by_role("link", name="Change").click()
    there.get_by_role("textbox", name="Text", exact=True).fill("theirs")
    there.get_by_role("button", name="Save the changes").click()
    expect(there.locator(".thread .words")).to_have_text("theirs")

    here.get_by_role("textbox", name="Text", exact=True).fill("mine")
    here.get_by_role("button", name="Save the changes").click()

    expect(here.get_by_role("alert")).to_contain_text("theirs")
    expect(here.get_by_role("textbox", name="Text", exact=True)).to_have_value("mine")
    here.get_by_role("button", name="Save the changes").click()
    expect(here.locator(".thread .words")).to_have_text("mine")
