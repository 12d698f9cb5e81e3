"""The exercise page in a real browser: it saves itself, keeps what can't be sent, and works for everybody."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from lti_tool.lti.roles import Role
from tests.browser.right_to_left import right_to_left
from tests.browser.running_tool import RunningTool, running_tool

SAVED = "Everything is saved."
KEPT = "Not saved yet: kept in this browser until the server has it."
ELSEWHERE = "A note was changed elsewhere: choose which text to keep."
QUESTION = "Which community do you map"
WHAT = "What meets the need"


@pytest.fixture(scope="module")
def running(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningTool]:
    folder: Path = tmp_path_factory.mktemp("running")
    with running_tool(folder, browser, TRANSLATIONS_DIR=str(right_to_left(folder / "translations"))) as tool:
        yield tool


@pytest.fixture
def profile(running: RunningTool) -> BrowserContext:
    """Give one browser profile; pages that are opened in it share its storage."""
    return running.browser_of_a_person()


@pytest.fixture
def launch(running: RunningTool, request: pytest.FixtureRequest) -> Callable[..., Page]:
    """Give a function that opens an activity in a course of this test's own."""

    def open_page(context: BrowserContext | None = None, **given: Any) -> Page:
        return running.open(context, **{"course": request.node.name, "sub": "trainee", **given})

    return open_page


Launch = Callable[..., Page]


def cell(page: Page, row: str = "Subsistence", column: str = "Having") -> Locator:
    return page.get_by_role("group", name=f"{row} {column}", exact=True)


def add_note(page: Page, text: str, row: str = "Subsistence", column: str = "Having") -> Locator:
    """Begin a note in a cell; give its first field."""
    cell(page, row, column).get_by_text("Add a note").and_(page.locator(":visible")).click()
    field = cell(page, row, column).get_by_label(WHAT).last
    field.fill(text)
    return field


def state(page: Page) -> Locator:
    return page.locator("[data-state]")


def save_by_pausing(page: Page, field: Locator, text: str) -> None:
    field.fill(text)
    expect(state(page)).to_have_text(SAVED)


# Saving


def test_the_page_saves_itself(launch: Launch, profile: BrowserContext) -> None:
    page = launch(profile)
    add_note(page, "The cooperative kitchen")
    expect(state(page)).to_have_text(SAVED)

    page.reload()

    expect(cell(page).get_by_label(WHAT).first).to_have_value("The cooperative kitchen")


def test_a_cell_offers_another_note_where_one_is_begun(launch: Launch, profile: BrowserContext) -> None:
    page = launch(profile)
    add_note(page, "first")

    add_note(page, "second")
    expect(state(page)).to_have_text(SAVED)
    page.reload()

    expect(cell(page).get_by_label(WHAT)).to_have_count(3)
    expect(cell(page).get_by_label(WHAT).nth(1)).to_have_value("second")


def test_what_is_typed_before_the_script_has_come_is_saved_and_handed_in(
    launch: Launch, profile: BrowserContext
) -> None:
    page = launch(profile, path="nothing")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/exercises/page.js", hold)
    with page.expect_request("**/exercises/page.js"):
        page.goto(page.url.removesuffix("nothing"), wait_until="commit")
    page.get_by_label(QUESTION).fill("A village of two thousand.")

    held[0].continue_()
    expect(state(page)).to_have_text(SAVED)
    page.get_by_role("button", name="Hand in").first.click()

    expect(page.locator("#submission")).to_contain_text("of 100")
    expect(page.get_by_label(QUESTION)).to_have_value("A village of two thousand.")


def test_the_checklist_follows_what_is_saved(launch: Launch) -> None:
    page = launch()
    criterion = page.get_by_role("listitem").filter(has_text="marked as synergic")
    expect(criterion).to_contain_text("Not met yet")
    add_note(page, "The cooperative kitchen")

    cell(page).get_by_label("What it does").last.select_option("synergic")

    expect(criterion.get_by_text("Met", exact=True)).to_be_attached()
    expect(criterion).to_have_class("is-met")
    expect(page.get_by_text("10 of 100 points")).to_be_visible()


def test_the_map_follows_the_cards(launch: Launch) -> None:
    page = launch(activity="exercise/power-interest-map")
    page.get_by_text("Add a card").click()
    card = page.locator(".cards [data-note]").first
    card.get_by_label("Actor").fill("The council")

    card.get_by_role("group", name="Power").get_by_role("radio", name="5").check()
    card.get_by_role("group", name="Interest").get_by_role("radio", name="2").check()

    expect(page.locator("[data-at='5/2']")).to_have_text("1 The council")


def test_a_deleted_note_comes_back_by_one_button(launch: Launch, profile: BrowserContext) -> None:
    page = launch(profile)
    add_note(page, "worth keeping")
    expect(state(page)).to_have_text(SAVED)
    cell(page).get_by_role("button", name="Delete").click()
    expect(cell(page).get_by_text("The note is deleted.")).to_be_visible()
    expect(state(page)).to_have_text(SAVED)
    assert "worth keeping" not in launch(profile).content()

    cell(page).get_by_role("button", name="Undo").click()
    expect(state(page)).to_have_text(SAVED)
    page.reload()

    expect(cell(page).get_by_label(WHAT).first).to_have_value("worth keeping")


def test_a_text_that_does_not_fit_says_so_at_its_place(launch: Launch) -> None:
    page = launch()

    add_note(page, "x" * 401).blur()

    expect(cell(page).get_by_text("it has 401 characters, and 400 is the most")).to_be_visible()
    expect(state(page)).to_have_text("A note could not be saved: look at what it says there.")


def test_a_text_that_fits_again_is_saved(launch: Launch) -> None:
    page = launch()
    field = add_note(page, "x" * 401)
    expect(cell(page).locator(".problem")).to_be_visible()

    save_by_pausing(page, field, "short")

    expect(cell(page).locator(".problem")).to_have_count(0)


# Without a line


def test_what_is_written_without_a_line_is_sent_when_it_returns(launch: Launch, profile: BrowserContext) -> None:
    page = launch(profile)
    profile.set_offline(True)
    add_note(page, "written on the bus")
    expect(state(page)).to_have_text(KEPT)

    profile.set_offline(False)

    expect(state(page)).to_have_text(SAVED)
    assert "written on the bus" in launch(profile).content()


def test_the_return_of_the_line_is_noticed_without_waiting(launch: Launch, profile: BrowserContext) -> None:
    page = launch(profile)
    page.clock.install()
    page.clock.pause_at(datetime.now(UTC) + timedelta(minutes=1))
    profile.set_offline(True)
    page.get_by_label(QUESTION).fill("A neighbourhood")
    page.get_by_label(QUESTION).blur()
    expect(state(page)).to_have_text(KEPT)

    profile.set_offline(False)

    expect(state(page)).to_have_text(SAVED)


def test_what_a_fault_of_the_server_kept_away_is_sent_again(launch: Launch) -> None:
    page = launch()
    faults = iter([500, 503])

    def fail_at_first(route: Route) -> None:
        status = next(faults, None)
        route.fulfill(status=status) if status else route.continue_()

    page.route("**/exercise/notes/*", fail_at_first)
    page.get_by_label(QUESTION).fill("A neighbourhood")

    expect(state(page)).to_have_text(KEPT)
    expect(state(page)).to_have_text(SAVED)


def test_what_never_arrived_is_brought_back_at_the_next_launch(launch: Launch, profile: BrowserContext) -> None:
    page = launch(profile)
    profile.set_offline(True)
    page.get_by_label(QUESTION).fill("A neighbourhood")
    add_note(page, "written on the bus")
    expect(state(page)).to_have_text(KEPT)
    page.close()
    profile.set_offline(False)

    page = launch(profile)

    expect(page.get_by_text("Text that had not reached the server was still in this browser.").first).to_be_visible()
    expect(page.get_by_label(QUESTION)).to_have_value("A neighbourhood")
    expect(cell(page).get_by_label(WHAT).first).to_have_value("written on the bus")
    expect(state(page)).to_have_text(SAVED)
    assert "written on the bus" in launch().content()


def test_what_arrived_is_not_kept_in_the_browser(launch: Launch) -> None:
    page = launch()
    page.get_by_label(QUESTION).fill("A neighbourhood")
    expect(state(page)).to_have_text(SAVED)

    assert page.evaluate("Object.keys(localStorage)") == []


@pytest.mark.parametrize(
    "other", [{"sub": "another person"}, {"course": "another course"}, {"issuer": "http://localhost:8200"}]
)
def test_kept_text_is_never_shown_to_others(launch: Launch, profile: BrowserContext, other: dict[str, str]) -> None:
    page = launch(profile)
    profile.set_offline(True)
    page.get_by_label(QUESTION).fill("my own words")
    expect(state(page)).to_have_text(KEPT)
    page.close()
    profile.set_offline(False)

    page = launch(profile, **other)

    expect(page.get_by_label(QUESTION)).to_have_value("")
    assert len(page.evaluate("Object.keys(localStorage)")) == 1


def test_when_the_session_is_over_the_page_says_so_and_keeps_the_text(launch: Launch, profile: BrowserContext) -> None:
    page = launch(profile)
    profile.clear_cookies()
    page.get_by_label(QUESTION).fill("written too late")
    expect(state(page)).to_have_text("Open the activity again in Moodle; your text is kept.")

    page = launch(profile)

    expect(page.get_by_label(QUESTION)).to_have_value("written too late")
    expect(state(page)).to_have_text(SAVED)


def test_a_browser_that_keeps_nothing_is_told(launch: Launch, profile: BrowserContext) -> None:
    profile.add_init_script("Storage.prototype.setItem = () => { throw new Error('full') }")
    page = launch(profile)
    profile.set_offline(True)

    page.get_by_label(QUESTION).fill("A neighbourhood")

    expect(state(page)).to_have_text("Not saved yet, and this browser keeps nothing: leave the page open.")


# Two windows


@pytest.mark.parametrize(
    ("button", "kept"),
    [("Take what is saved elsewhere", "theirs"), ("Keep mine", "mine"), ("Put both together", "theirs\n\nmine")],
)
def test_of_two_windows_the_second_chooses_which_text_to_keep(
    launch: Launch, profile: BrowserContext, button: str, kept: str
) -> None:
    here, there = launch(profile), launch(profile)
    save_by_pausing(there, there.get_by_label(QUESTION), "theirs")

    here.get_by_label(QUESTION).fill("mine")
    conflict = here.get_by_role("group", name="This note was changed elsewhere")
    expect(conflict).to_contain_text("theirs")
    expect(state(here)).to_have_text(ELSEWHERE)
    conflict.get_by_role("button", name=button).click()

    expect(state(here)).to_have_text(SAVED)
    expect(here.get_by_label(QUESTION)).to_have_value(kept)
    expect(launch(profile).get_by_label(QUESTION)).to_have_value(kept)


def test_a_note_deleted_in_another_window_asks_too(launch: Launch, profile: BrowserContext) -> None:
    there = launch(profile)
    add_note(there, "first")
    expect(state(there)).to_have_text(SAVED)
    here = launch(profile)
    cell(there).get_by_role("button", name="Delete").click()
    expect(state(there)).to_have_text(SAVED)

    cell(here).get_by_label(WHAT).first.fill("first, and more")

    expect(cell(here).get_by_text("It was deleted there.")).to_be_visible()


# Handing in


def test_handing_in_saves_everything_first(launch: Launch) -> None:
    page = launch()
    page.get_by_label(QUESTION).fill("A neighbourhood of some two thousand people that I have known for years")

    page.get_by_role("button", name="Hand in").click()

    expect(page.get_by_text("Handed in:")).to_be_visible()
    expect(page.locator("#submission")).to_contain_text("5 of 100 points")


def test_nothing_is_handed_in_without_a_line(launch: Launch, profile: BrowserContext) -> None:
    page = launch(profile)
    profile.set_offline(True)
    page.get_by_label(QUESTION).fill("A neighbourhood")

    page.get_by_role("button", name="Hand in").click()

    expect(page.get_by_role("status")).to_have_text("Not handed in yet: everything must be saved first.")
    expect(page.get_by_text("Not handed in yet.", exact=True)).to_be_visible()


def test_what_another_window_changed_meanwhile_is_handed_in_as_it_is_there(
    launch: Launch, profile: BrowserContext
) -> None:
    here = launch(profile)
    save_by_pausing(here, here.get_by_label(QUESTION), "here")
    there = launch(profile)
    save_by_pausing(there, there.get_by_label(QUESTION), "there")

    here.get_by_role("button", name="Hand in").click()

    expect(here.get_by_text("Handed in:")).to_be_visible()
    expect(here.get_by_label(QUESTION)).to_have_value("there")


# Without JavaScript, and with the keyboard alone


def test_everything_works_without_javascript(running: RunningTool, launch: Launch) -> None:
    page = launch(running.browser_of_a_person(java_script_enabled=False))
    page.get_by_label(QUESTION).fill("A neighbourhood of some two thousand people that I have known for years")
    add_note(page, "The cooperative kitchen")
    cell(page).get_by_label("What it does").last.select_option("synergic")
    page.get_by_role("button", name="Save draft").first.click()
    expect(state(page)).to_contain_text("Saved. Last change:")
    expect(cell(page).get_by_label(WHAT).first).to_have_value("The cooperative kitchen")

    page.get_by_role("button", name="Hand in").click()

    expect(page.get_by_text("Handed in:")).to_be_visible()
    expect(page.locator("#submission")).to_contain_text("15 of 100 points")


def test_both_texts_are_shown_without_javascript(running: RunningTool, launch: Launch) -> None:
    plain = running.browser_of_a_person(java_script_enabled=False)
    here, there = launch(plain), launch(plain)
    there.get_by_label(QUESTION).fill("theirs")
    there.get_by_role("button", name="Save draft").first.click()

    here.get_by_label(QUESTION).fill("mine")
    here.get_by_role("button", name="Save draft").first.click()

    expect(here.locator(".conflict")).to_contain_text("theirs")
    expect(here.get_by_label(QUESTION)).to_have_value("mine")
    here.get_by_role("button", name="Take what is saved elsewhere").click()
    expect(here.get_by_label(QUESTION)).to_have_value("theirs")


def press_until(page: Page, target: Locator, key: str = "Tab") -> None:
    """Go on with the keyboard until something has the focus."""
    for _ in range(200):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press(key)
    pytest.fail(f"{target} can't be reached with {key}")


def test_everything_can_be_done_with_the_keyboard(launch: Launch) -> None:
    page = launch()
    press_until(page, cell(page).locator("summary"))
    page.keyboard.press("Enter")
    press_until(page, cell(page).get_by_label(WHAT))
    page.keyboard.type("The cooperative kitchen")
    page.keyboard.press("Tab")
    page.keyboard.type("Synergic")
    expect(state(page)).to_have_text(SAVED)

    press_until(page, page.get_by_role("button", name="Hand in"))
    page.keyboard.press("Enter")

    expect(page.locator("#submission")).to_contain_text("10 of 100 points")


def test_enter_in_a_scale_saves_and_deletes_nothing(launch: Launch) -> None:
    page = launch(activity="exercise/power-interest-map")
    page.get_by_text("Add a card").click()
    card = page.locator(".cards [data-note]").first
    card.get_by_label("Actor").fill("The council")
    press_until(page, card.get_by_role("group", name="Power").get_by_role("radio").first)
    page.keyboard.press("ArrowRight")

    page.keyboard.press("Enter")

    expect(state(page)).to_have_text(SAVED)
    expect(card.get_by_role("radio", name="1").first).to_be_checked()
    expect(card.get_by_label("Actor")).to_have_value("The council")


# For everybody, in both directions, on every screen


@pytest.fixture(scope="module")
def handed_in(running: RunningTool) -> str:
    """Hand in a matrix and a map; give the course."""
    page = running.open(course="shown")
    page.get_by_label(QUESTION).fill("A neighbourhood")
    add_note(page, "The cooperative that cooks school meals: https://example.org/a/very/long/address/without/a/break")
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_text("Handed in:")).to_be_visible()
    page = running.open(course="shown", activity="exercise/power-interest-map")
    page.get_by_text("Add a card").click()
    card = page.locator(".cards [data-note]").first
    card.get_by_label("Actor").fill("Families of children with disabilities")
    card.get_by_role("group", name="Power").get_by_role("radio", name="5").check()
    card.get_by_role("group", name="Interest").get_by_role("radio", name="5").check()
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_text("Handed in:")).to_be_visible()
    return "shown"


MATRIX, MAP, UNIT = "exercise/needs-matrix", "exercise/power-interest-map", "unit/needs-and-satisfiers"
PAGES = [
    pytest.param({"activity": MATRIX}, "", id="matrix"),
    pytest.param({"activity": MAP}, "", id="map"),
    pytest.param({"activity": UNIT}, "", id="unit"),
    pytest.param({"activity": MATRIX, "sub": "new"}, "", id="empty matrix"),
    pytest.param({"activity": MATRIX, "role": Role.TRAINER}, "", id="list"),
    pytest.param({"activity": MATRIX, "role": Role.TRAINER}, "submissions/{}", id="submission"),
    pytest.param({"activity": MAP, "role": Role.TRAINER}, "submissions/{}", id="submitted map"),
    pytest.param({"activity": MATRIX, "role": Role.TRAINER}, "exercise", id="preview"),
    pytest.param({"activity": None}, "", id="error"),
]


def show(running: RunningTool, course: str, given: dict[str, Any], path: str, context: BrowserContext) -> Page:
    """Show a page whole: everything that can be opened is open."""
    page = running.open(context, course=course, **given)
    if path.startswith("submissions"):
        page.get_by_role("rowheader").get_by_role("link").first.click()
    elif path:
        page.locator("a[href$='/exercise']").click()
    page.wait_for_load_state()  # a page is only as wide as it will be once its style is there
    page.evaluate("document.querySelectorAll('details').forEach((box) => (box.open = true))")
    return page


@pytest.mark.parametrize("locale", ["en", "ar"])
@pytest.mark.parametrize(("given", "path"), PAGES)
def test_axe_finds_nothing_to_object_to(
    running: RunningTool, handed_in: str, given: dict[str, Any], path: str, locale: str
) -> None:
    page = show(running, handed_in, {**given, "locale": locale}, path, running.browser_of_a_person())

    assert page.locator("html").get_attribute("dir") == ("rtl" if locale == "ar" else "ltr")
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_axe_finds_nothing_to_object_to_in_a_conflict(launch: Launch, profile: BrowserContext) -> None:
    there = launch(profile)
    add_note(there, "first")
    expect(state(there)).to_have_text(SAVED)
    here = launch(profile)
    save_by_pausing(there, there.get_by_label(QUESTION), "theirs")
    save_by_pausing(there, cell(there).get_by_label(WHAT).first, "theirs")
    here.get_by_label(QUESTION).fill("mine")
    cell(here).get_by_label(WHAT).first.fill("mine")
    expect(here.get_by_role("group", name="This note was changed elsewhere")).to_have_count(2)

    results = Axe().run(here)

    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("locale", ["en", "ar", "es"])
@pytest.mark.parametrize(("given", "path"), PAGES)
def test_nothing_is_wider_than_a_small_phone(
    running: RunningTool, handed_in: str, given: dict[str, Any], path: str, locale: str
) -> None:
    phone = running.browser_of_a_person(viewport={"width": 320, "height": 640})

    page = show(running, handed_in, {**given, "locale": locale}, path, phone)

    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_page_loads_nothing_from_elsewhere_and_breaks_no_policy(launch: Launch, profile: BrowserContext) -> None:
    complaints: list[str] = []
    foreign: list[str] = []
    profile.on("console", lambda message: complaints.append(message.text))
    profile.on("weberror", lambda error: complaints.append(str(error.error)))
    profile.on("request", lambda request: foreign.append(request.url))

    page = launch(profile)
    page.get_by_label(QUESTION).fill("A neighbourhood")
    expect(state(page)).to_have_text(SAVED)

    assert complaints == []
    assert [url for url in foreign if not re.match(r"http://127\.0\.0\.1:\d+/", url)] == []
