"""Where a browser keeps no cookie inside Moodle's page: the page that waits there, and the picker in its own tab.

`Cookies` (`tests/spec`) has the whole story with a Moodle around it; here are the pages one by one, in their own tabs.
"""

import pytest
import requests
from playwright.sync_api import Page, Route, expect

from tests.browser.accessibility import accessible
from tests.browser.conftest import ISSUER, RETURN, Show
from tests.browser.right_to_left import TURNED
from tests.browser.running_tool import RunningTool

FOREIGN = "http://localhost:8102"
GOOD = {"subject": "medtown.chosen", "action": RETURN, "token": "good.signed.answer"}
LOST = "Go back to Moodle and press “Select content” again."


@pytest.fixture
def waiting(running: RunningTool) -> Show:
    """Give a function that shows the page of a login whose cookies did not come back: another browser began it."""

    def show(locale: str = "en") -> Page:
        page = running.open(running.browser_of_a_person(locale=locale))  # registers the platform
        page.route(f"{ISSUER}/**", lambda route: route.fulfill(body="Moodle has it"))
        target = f"{running.url}/lti/launch"
        asked = {"iss": ISSUER, "client_id": "client-1", "login_hint": "5", "target_link_uri": target}
        begun = requests.post(f"{running.url}/lti/login", asked, allow_redirects=False, timeout=10)
        address = running.url + begun.headers["Location"]
        page.context.route(address, _as_in_a_frame)
        page.goto(address)
        expect(page.locator("form[target=_blank]")).to_be_visible()
        return page

    return show


def _as_in_a_frame(route: Route) -> None:
    """Answer as the tool does inside Moodle's page; a tab of its own is told that cookies are off."""
    answer = requests.get(route.request.url, headers={**route.request.headers, "Sec-Fetch-Dest": "iframe"}, timeout=10)
    route.fulfill(body=answer.text, headers={"Content-Type": answer.headers["Content-Type"]})


def opened_by(page: Page, url: str) -> Page:
    """Let a page open a window; give the window, once it is there."""
    page.context.route(f"{FOREIGN}/**", lambda route: route.fulfill(body="a foreign page", content_type="text/html"))
    with page.expect_popup() as opened:
        page.evaluate("url => { window.opened = window.open(url) }", url)
    opened.value.wait_for_url(url)
    return opened.value


def tell(page: Page, message: object, sender: Page, to: str = "opener") -> None:
    """Send a message to the page from another window, and wait until the page has dealt with it."""
    page.evaluate(
        "() => { window.dealt = new Promise(done => window.addEventListener('message', done, {once: true})) }"
    )
    sender.evaluate(f"message => {to}.postMessage(message, '*')", message)
    page.evaluate("() => window.dealt.then(() => null)")


def ticked(page: Page) -> list[str]:
    """Give what is ticked in the picker."""
    boxes = page.locator("[name=activity]:checked")
    return list(boxes.evaluate_all("boxes => boxes.map(box => box.value)"))


def place_first(page: Page) -> str:
    """Tick the first activity and place it; give its name."""
    page.locator("[name=activity]").first.check()
    [chosen] = ticked(page)
    page.locator("button.primary").click()
    return chosen


# The page that waits in Moodle's frame


def test_a_browser_that_keeps_no_cookie_is_offered_a_tab_of_its_own(waiting: Show, locale: str) -> None:
    page = waiting(locale)

    assert page.locator("html").get_attribute("dir") == ("rtl" if locale == TURNED else "ltr")
    assert accessible(page)


def test_after_the_press_it_says_what_happens_now(waiting: Show, locale: str) -> None:
    page = waiting(locale)

    with page.expect_popup():
        page.locator("button.primary").click()

    expect(page.locator("[data-waiting]")).to_be_focused()
    expect(page.locator("[data-offer]")).to_be_hidden()
    assert accessible(page)


def test_without_script_the_tab_opens_all_the_same(running: RunningTool, waiting: Show) -> None:
    page = waiting()
    plain = page.context.browser
    assert plain is not None
    without = plain.new_context(java_script_enabled=False).new_page()
    without.context.route(page.url, _as_in_a_frame)
    without.route(f"{ISSUER}/**", lambda route: route.abort())
    without.goto(page.url)

    with without.expect_popup() as opened:
        without.get_by_role("button", name="Open in a new tab").click()

    expect(opened.value).not_to_have_url("about:blank")
    without.context.close()


def test_the_choice_made_in_its_tab_goes_to_the_platform(running: RunningTool, waiting: Show) -> None:
    page = waiting()
    tab = opened_by(page, f"{running.url}/healthz")
    tab.evaluate("() => addEventListener('message', event => { window.answer = event.data.subject })")

    with page.expect_request(RETURN) as sent:
        tab.evaluate("message => opener.postMessage(message, location.origin)", GOOD)

    assert sent.value.method == "POST"
    assert sent.value.post_data == "JWT=good.signed.answer"
    tab.wait_for_function("window.answer === 'medtown.taken'", timeout=10_000)


FOREIGN_MESSAGES: list[object] = [
    {**GOOD, "action": f"{FOREIGN}/mod/lti/contentitem_return.php"},
    {**GOOD, "action": f"{ISSUER}.example.org/"},
    {**GOOD, "action": f"{ISSUER}@example.org/"},
    {**GOOD, "action": "javascript:alert(1)"},
    {**GOOD, "action": [RETURN]},
    {**GOOD, "token": "unsigned"},
    {**GOOD, "token": ["good.signed.answer"]},
    {**GOOD, "subject": "medtown.taken"},
    {**GOOD, "subject": "org.imsglobal.lti.close"},
    {"subject": "medtown.chosen"},
    "medtown.chosen",
    None,
]


@pytest.mark.parametrize("message", FOREIGN_MESSAGES)
def test_a_message_of_another_shape_is_ignored(running: RunningTool, waiting: Show, message: object) -> None:
    page = waiting()
    tab = opened_by(page, f"{running.url}/healthz")

    tell(page, message, tab)

    assert page.locator("[name=JWT]").input_value() == ""


def test_a_message_from_another_origin_is_ignored(waiting: Show) -> None:
    page = waiting()
    tab = opened_by(page, f"{FOREIGN}/")

    tell(page, GOOD, tab)

    assert page.locator("[name=JWT]").input_value() == ""


def test_a_message_from_a_window_that_it_did_not_open_is_ignored(running: RunningTool, waiting: Show) -> None:
    page = waiting()
    tab = opened_by(page, f"{running.url}/healthz")
    other = opened_by(tab, f"{running.url}/healthz")

    tell(page, GOOD, other, to="opener.opener")

    assert page.locator("[name=JWT]").input_value() == ""


def test_only_the_first_choice_is_taken(running: RunningTool, waiting: Show) -> None:
    page = waiting()
    page.evaluate("() => document.querySelector('form[data-platform]').submit = () => {}")
    page.evaluate("() => { HTMLFormElement.prototype.submit = () => {} }")
    tab = opened_by(page, f"{running.url}/healthz")
    tell(page, GOOD, tab)

    tell(page, {**GOOD, "token": "another.signed.answer"}, tab)

    assert page.locator("[name=JWT]").input_value() == "good.signed.answer"


# The picker as a page of its own, which nothing of ours opened


def test_a_picker_that_stands_alone_posts_the_choice_as_the_specification_says(picker: Show) -> None:
    page = picker(awaited=False)
    page.route(f"{ISSUER}/**", lambda route: route.fulfill(body="Moodle has it"))

    with page.expect_request(RETURN) as sent:
        place_first(page)

    assert sent.value.method == "POST"
    assert (sent.value.post_data or "").startswith("JWT=")


def test_an_opener_that_is_not_ours_makes_no_difference(running: RunningTool, picker: Show) -> None:
    context = running.browser_of_a_person()
    pick = picker(context, awaited=False).url
    platform = context.new_page()
    platform.route(f"{FOREIGN}/**", lambda route: route.fulfill(body="a platform", content_type="text/html"))
    platform.goto(f"{FOREIGN}/")
    page = opened_by(platform, pick)
    page.route(f"{ISSUER}/**", lambda route: route.fulfill(body="Moodle has it"))

    with page.expect_request(RETURN) as sent:
        place_first(page)

    assert sent.value.method == "POST"


# The picker in a tab that a page of ours opened


def test_from_a_tab_that_nobody_waits_for_the_choice_is_kept(picker: Show, running: RunningTool, locale: str) -> None:
    page = picker(running.browser_of_a_person(locale=locale), locale=locale)

    place_first(page)

    expect(page.locator("[data-outcome=lost]")).to_be_visible()
    expect(page.locator("[data-kept]")).to_be_visible()
    assert accessible(page)


def test_a_script_never_posts_the_choice_from_a_tab(picker: Show) -> None:
    page = picker()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    place_first(page)

    expect(page.get_by_text(LOST)).to_be_visible()
    assert not [url for url in asked if url.startswith(ISSUER)]


def test_an_opener_that_does_not_answer_counts_as_gone(running: RunningTool, picker: Show) -> None:
    context = running.browser_of_a_person()
    pick = picker(context).url
    page = opened_by(running.open(context), pick)
    page.clock.install()
    place_first(page)
    expect(page.get_by_text("1 activity goes back to Moodle.")).to_be_visible()
    expect(page.get_by_role("button", name="Continue")).to_be_hidden()

    page.clock.run_for(5_000)

    expect(page.get_by_text(LOST)).to_be_visible()


def test_a_tab_that_may_not_close_itself_says_so(running: RunningTool, picker: Show, locale: str) -> None:
    context = running.browser_of_a_person(locale=locale)
    context.add_init_script("window.close = () => {}")
    pick = picker(context, locale=locale).url
    opener = running.open(context)
    page = opened_by(opener, pick)
    opener.evaluate(
        "() => addEventListener('message', e => e.source.postMessage({subject: 'medtown.taken'}, location.origin))"
    )

    place_first(page)

    expect(page.locator("[data-outcome=taken]")).to_be_visible()
    assert accessible(page)


def test_a_kept_choice_is_ticked_again_until_the_trainer_unticks_it(
    running: RunningTool, picker: Show, locale: str
) -> None:
    context = running.browser_of_a_person(locale=locale)
    chosen = place_first(picker(context, locale=locale))
    page = picker(context, locale=locale)
    assert ticked(page) == [chosen]
    assert accessible(page)

    page.locator("[type=reset]").click()

    assert ticked(page) == []
    assert ticked(picker(context, locale=locale)) == []


@pytest.mark.parametrize("other", [{"sub": "trainer-2"}, {"course": "course-2"}, {"issuer": "http://localhost:8103"}])
def test_a_kept_choice_is_ticked_for_nobody_else_and_nowhere_else(
    running: RunningTool, picker: Show, other: dict[str, str]
) -> None:
    context = running.browser_of_a_person()
    page = picker(context)
    place_first(page)
    expect(page.get_by_text(LOST)).to_be_visible()

    assert ticked(picker(context, **other)) == []


def test_a_choice_outlives_the_session_that_it_was_made_in(running: RunningTool, picker: Show) -> None:
    context = running.browser_of_a_person()
    page = picker(context)
    context.clear_cookies()

    chosen = place_first(page)

    expect(page.get_by_role("heading", name="This page is no longer open")).to_be_visible()
    assert ticked(picker(context)) == [chosen]
