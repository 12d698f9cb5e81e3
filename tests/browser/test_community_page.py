"""The community in a real browser: two people talk, nothing typed is lost, and everybody can use it."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, Route, expect

from lti_tool.lti.roles import Role
from tests.browser.running_tool import RunningTool

Enter = Callable[..., Page]
ARABIC = "من يعرف بنكا للوقت في مدينته؟"


@pytest.fixture
def enter(running: RunningTool, request: pytest.FixtureRequest) -> Enter:
    """Give a function that lets a person into a community of this test's own."""
    slug = re.sub(r"[^a-z0-9]+", "-", request.node.name.lower()).strip("-")[-60:]

    def open_page(name: str = "Ana", context: BrowserContext | None = None, path: str = "", **given: Any) -> Page:
        launch = {"sub": name, "name": name, "activity": f"community/{slug}", **given}
        return running.open(context, path, **launch)

    return open_page


def write(page: Page, kind: str = "Need", title: str = "Who knows a time bank?", text: str = "We begin one.") -> None:
    """Fill in a post, from the list."""
    page.get_by_role("link", name="Write a post").click()
    arrived(page, "Write a post")
    page.get_by_role("radio", name=kind).check()
    page.get_by_label("Title").fill(title)
    page.get_by_role("textbox", name="Text", exact=True).fill(text)


def publish(page: Page, title: str = "Who knows a time bank?", **words: str) -> None:
    write(page, title=title, **words)
    page.get_by_role("button", name="Publish").click()
    arrived(page, title)


def arrived(page: Page, heading: str) -> None:
    """Wait until a page is there with its script: nobody types faster."""
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    page.wait_for_load_state()


def reply(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="Text", exact=True).fill(text)
    page.get_by_role("button", name="Reply", exact=True).click()
    expect(page.locator(".reply").filter(has_text=text)).to_be_visible()


def open_post(page: Page, title: str = "Who knows a time bank?") -> None:
    page.get_by_role("link", name=title).click()
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()


def cut_off(context: BrowserContext) -> None:
    """Let nothing that is sent arrive."""

    def drop(route: Route) -> None:
        if route.request.method == "POST":
            route.abort()
        else:
            route.continue_()

    context.route("**/*", drop)


# Talking


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_two_people_talk(running: RunningTool, enter: Enter, javascript: bool) -> None:  # noqa: FBT001 - a parameter
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


def test_without_javascript_one_changes_deletes_and_hides(running: RunningTool, enter: Enter) -> None:
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
    teacher.get_by_label("Reason").fill("It names somebody.")
    teacher.get_by_role("button", name="Hide it from the others").click()
    ana.reload()
    expect(ana.get_by_text("It names somebody.")).to_be_visible()

    ana.get_by_text("Delete", exact=True).click()
    ana.get_by_role("button", name="Delete for good").click()
    expect(ana.get_by_text("Nobody has written anything yet.")).to_be_visible()


def test_the_keyboard_alone_is_enough(enter: Enter) -> None:
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
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    arrived(page, "By keyboard")
    expect(page.locator(".thread")).to_contain_text("Doubt")
    page.get_by_text("Delete", exact=True).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nobody has written anything yet.")).to_be_visible()


def test_a_double_click_publishes_once(enter: Enter) -> None:
    page = enter()
    write(page)

    page.get_by_role("button", name="Publish").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("Who knows a time bank?")

    page.get_by_role("link", name="All posts").click()
    expect(page.locator(".post")).to_have_count(1)


# What was typed and not sent


def test_a_text_that_did_not_arrive_is_there_at_the_next_launch_and_goes_once_it_arrived(
    running: RunningTool, enter: Enter
) -> None:
    profile = running.browser_of_a_person()
    page = enter(context=profile)
    write(page, kind="Tool")
    cut_off(profile)
    page.get_by_role("button", name="Publish").click()
    profile.unroute_all()

    again = enter(context=profile, path="community/posts/new")
    expect(again.get_by_text("was still in this browser")).to_be_visible()
    expect(again.get_by_role("textbox", name="Text", exact=True)).to_have_value("We begin one.")
    expect(again.get_by_role("radio", name="Tool")).to_be_checked()
    again.get_by_role("button", name="Publish").click()
    expect(again.get_by_role("heading", level=1)).to_have_text("Who knows a time bank?")

    fresh = enter(context=profile, path="community/posts/new")
    expect(fresh.get_by_role("textbox", name="Text", exact=True)).to_have_value("")
    assert fresh.evaluate("localStorage.length") == 0


def test_a_text_that_the_session_outlived_is_kept(running: RunningTool, enter: Enter) -> None:
    profile = running.browser_of_a_person()
    page = enter(context=profile)
    write(page)
    profile.clear_cookies()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Your text is kept.")).to_be_visible()

    again = enter(context=profile, path="community/posts/new")

    expect(again.get_by_label("Title")).to_have_value("Who knows a time bank?")


def test_a_reply_that_did_not_arrive_waits_at_its_own_post(running: RunningTool, enter: Enter) -> None:
    profile = running.browser_of_a_person()
    page = enter(context=profile)
    publish(page, title="first")
    page.get_by_role("textbox", name="Text", exact=True).fill("half a reply")

    page.reload()

    expect(page.get_by_role("textbox", name="Text", exact=True)).to_have_value("half a reply")
    other = enter(context=profile)
    publish(other, title="second")
    expect(other.get_by_role("textbox", name="Text", exact=True)).to_have_value("")


def test_nobody_else_at_the_same_computer_sees_what_was_typed(running: RunningTool, enter: Enter) -> None:
    profile = running.browser_of_a_person()
    write(enter("Ana", profile))

    page = enter("Bea", profile, path="community/posts/new")

    expect(page.get_by_label("Title")).to_have_value("")


def test_of_two_windows_both_texts_are_shown(running: RunningTool, enter: Enter) -> None:
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


# For everybody


def furnish(running: RunningTool, enter: Enter) -> None:
    """Let people say things of each sort."""
    ana = enter("Ana", running.browser_of_a_person())
    publish(ana)
    reply(ana, f"https://example.org/{'long' * 40} and more")
    ana.get_by_role("button", name="This reply answers the need").click()
    bea = enter("Bea", running.browser_of_a_person())
    write(bea, kind="Tool", title=ARABIC, text="W" * 200)
    bea.get_by_label("Language of your text").select_option("ar")
    bea.get_by_role("button", name="Publish").click()
    teacher = enter("Teacher", running.browser_of_a_person(), role=Role.TRAINER)
    open_post(teacher, ARABIC)
    teacher.get_by_text("Hide", exact=True).click()
    teacher.get_by_label("Reason").fill("It names somebody.")
    teacher.get_by_role("button", name="Hide it from the others").click()
    expect(teacher.get_by_text("A trainer has hidden this.")).to_be_visible()


def refuse(page: Page) -> None:
    """Send a form with nothing in it, past the browser's own check."""
    page.evaluate("document.querySelectorAll('form').forEach((form) => (form.noValidate = true))")
    page.locator("button.primary").click()
    expect(page.get_by_role("alert")).to_be_visible()


def visit_everything(page: Page) -> Iterator[str]:
    """Show one page after the other, everything in them open."""
    yield "list"
    page.locator(".post a").first.click()
    yield "hidden post"
    page.go_back()
    page.locator(".post a").last.click()
    page.evaluate("document.querySelectorAll('details').forEach((box) => (box.open = true))")
    yield "answered need"
    refuse(page)
    yield "refused reply"
    page.goto(re.sub(r"/community/.*", "/community/posts/new", page.url))
    yield "form"
    refuse(page)
    yield "refused form"


@pytest.mark.parametrize(("locale", "direction"), [("en", "ltr"), ("es", "ltr"), ("ar", "rtl")])
def test_axe_finds_nothing_and_nothing_is_wider_than_a_small_phone(
    running: RunningTool, enter: Enter, locale: str, direction: str
) -> None:
    furnish(running, enter)
    page = enter("Teacher", running.browser_of_a_person(), role=Role.TRAINER, locale=locale)

    for shown in visit_everything(page):
        assert page.locator("html").get_attribute("dir") == direction
        results = Axe().run(page)
        assert results.violations_count == 0, f"{shown}: {results.generate_report()}"
        page.set_viewport_size({"width": 320, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, shown
        page.set_viewport_size({"width": 1280, "height": 800})


def test_the_page_loads_nothing_from_elsewhere_and_breaks_no_policy(running: RunningTool, enter: Enter) -> None:
    profile = running.browser_of_a_person()
    complaints: list[str] = []
    requests: list[str] = []
    profile.on("console", lambda message: complaints.append(message.text))
    profile.on("weberror", lambda error: complaints.append(str(error.error)))
    profile.on("request", lambda request: requests.append(request.url))

    page = enter(context=profile)
    publish(page)
    reply(page, "https://example.org")

    assert complaints == []
    assert [url for url in requests if not url.startswith(running.url)] == []
