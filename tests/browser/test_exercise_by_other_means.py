"""Everything can be done without JavaScript, with the keyboard alone, on a phone, and in browsers of some years ago."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Show
from tests.browser.exercise_page import (
    MAP,
    SAVED,
    WHAT,
    add_note,
    add_to,
    alive,
    answer,
    cards,
    cell,
    done,
    editor,
    first_field,
    hand_in,
    notes,
    obstacles,
    open_note,
    question,
    state,
    words,
)
from tests.browser.running_tool import RunningTool

# Without JavaScript


@pytest.fixture
def plain(running: RunningTool, launch: Show) -> Page:
    """Show the exercise in a browser without JavaScript."""
    return launch(running.browser_of_a_person(java_script_enabled=False))


def save(page: Page, text: str) -> None:
    """Write into the page of one note, and save it."""
    page.get_by_role("textbox").first.fill(text)
    page.get_by_role("button", name="Save").click()


def test_everything_works_without_javascript(plain: Page) -> None:
    question(plain).get_by_role("link", name="Write an answer").click()
    save(plain, "A neighbourhood of some two thousand people that I have known for years")
    cell(plain).get_by_role("link", name="Add a note").click()
    plain.get_by_role("radio", name="Synergic").check()
    save(plain, "The cooperative kitchen")
    expect(words(cell(plain))).to_have_text("The cooperative kitchen")
    expect(cell(plain).locator(".marks")).to_have_text("Synergic")

    plain.get_by_role("button", name="Hand in").click()

    expect(plain.get_by_text("Handed in:")).to_be_visible()


def test_a_note_is_moved_and_deleted_without_javascript(plain: Page) -> None:
    cell(plain).get_by_role("link", name="Add a note").click()
    save(plain, "The cooperative kitchen")
    cell(plain).get_by_role("link", name="The cooperative kitchen").click()
    plain.locator(".where summary").click()
    plain.get_by_label("Row").select_option("Protection")
    save(plain, "The kitchen")
    expect(words(cell(plain, "Protection"))).to_have_text("The kitchen")

    cell(plain, "Protection").get_by_role("link", name="The kitchen").click()
    plain.get_by_role("button", name="Delete").click()

    expect(notes(cell(plain, "Protection"))).to_have_count(0)


def test_both_texts_are_shown_without_javascript(plain: Page, launch: Show) -> None:
    there = launch(plain.context)
    for page in (plain, there):
        question(page).get_by_role("link", name="Write an answer").click()
    save(there, "theirs")

    save(plain, "mine")

    expect(plain.locator(".conflict")).to_contain_text("theirs")
    expect(plain.get_by_role("textbox").first).to_have_value("mine")
    plain.get_by_role("link", name="Take what is saved elsewhere").click()
    expect(words(question(plain))).to_have_text("theirs")


# With the keyboard alone


def press_until(page: Page, target: Locator, key: str = "Tab") -> None:
    """Go on with the keyboard until something has the focus."""
    for _ in range(250):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press(key)
    pytest.fail(f"{target} can't be reached with {key}")


def test_everything_can_be_done_with_the_keyboard(launch: Show) -> None:
    page = alive(launch())
    press_until(page, cell(page).get_by_role("link", name="Add a note"))
    page.keyboard.press("Enter")
    page.keyboard.type("The market")
    page.keyboard.press("Enter")
    page.keyboard.type("The cooperative kitchen")
    page.keyboard.press("Escape")
    press_until(page, cell(page).get_by_role("link", name="The cooperative kitchen"), "Shift+Tab")
    page.keyboard.press("Enter")
    press_until(page, editor(page).get_by_role("radio", name="Not chosen yet").first)
    page.keyboard.press("ArrowDown")
    expect(editor(page).get_by_role("radio", name="Synergic")).to_be_checked()

    press_until(page, editor(page).locator("summary"))
    page.keyboard.press("Enter")
    press_until(page, editor(page).get_by_label("Row"))
    page.keyboard.type("Prot")
    press_until(page, editor(page).get_by_role("button", name="Done"))
    page.keyboard.press("Enter")
    expect(cell(page, "Protection").get_by_role("link", name="The cooperative kitchen")).to_be_focused()
    expect(cell(page, "Protection").locator(".marks")).to_have_text("Synergic")
    expect(state(page)).to_have_text(SAVED)

    press_until(page, page.get_by_role("button", name="Hand in"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Handed in:")).to_be_visible()


def test_leaving_the_editor_by_the_keyboard_saves_and_closes_it(launch: Show) -> None:
    page = launch()
    answer(page, "A neighbourhood")

    press_until(page, editor(page).get_by_role("button", name="Delete"))
    page.keyboard.press("Tab")

    expect(editor(page)).to_have_count(0)
    expect(words(question(page))).to_have_text("A neighbourhood")
    expect(state(page)).to_have_text(SAVED)


def test_enter_in_a_scale_saves_and_deletes_nothing(launch: Show) -> None:
    page = launch(activity=MAP)
    open_note(add_to(cards(page), "The council"))
    scale = editor(page).get_by_role("group", name="Power")
    press_until(page, scale.get_by_role("radio", name="Not said"))
    page.keyboard.press("ArrowRight")

    page.keyboard.press("Enter")

    expect(state(page)).to_have_text(SAVED)
    expect(scale.get_by_role("radio").first).to_be_checked()
    expect(first_field(page)).to_have_value("The council")


# On a phone

HIDDEN = """() => {
  Object.defineProperty(document, "hidden", { value: true, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
"""Another app is looked at."""


@pytest.fixture
def phone(running: RunningTool, launch: Show) -> Page:
    """Show the exercise on a phone."""
    return alive(launch(running.browser_of_a_person(viewport={"width": 390, "height": 844}, has_touch=True)))


def test_a_phone_shows_one_row_at_a_time_and_the_overview_leads_to_another(phone: Page) -> None:
    matrix = phone.locator("[data-part=matrix]")
    expect(matrix.get_by_role("heading", name="Subsistence")).to_be_visible()
    expect(matrix.get_by_role("heading", name="Protection")).to_be_hidden()

    phone.get_by_role("link", name="Protection").tap()

    expect(matrix.get_by_role("heading", name="Protection")).to_be_focused()
    expect(matrix.get_by_role("heading", name="Subsistence")).to_be_hidden()
    expect(phone.get_by_role("link", name="Protection")).to_have_attribute("aria-current", "true")


def test_the_overview_counts_the_notes_of_each_cell(phone: Page) -> None:
    add_note(phone, "The kitchen")
    add_note(phone, "The market")

    expect(phone.locator("[data-tally='subsistence/having']")).to_have_text("2")


def test_what_stands_in_the_way_of_handing_in_is_reached_in_another_row(phone: Page) -> None:
    add_note(phone, "x" * 401)
    phone.get_by_role("link", name="Protection").tap()
    hand_in(phone)

    obstacles(phone).get_by_role("link").tap()

    expect(editor(phone).get_by_label(WHAT)).to_be_focused()


# In browsers of some years ago

MISSING = """
delete AbortSignal.timeout;
delete AbortSignal.any;
delete HTMLFormElement.prototype.requestSubmit;
delete SubmitEvent.prototype.submitter;
delete Crypto.prototype.randomUUID;
delete String.prototype.replaceAll;
delete String.prototype.at;
delete Array.prototype.at;
delete Array.prototype.findLast;
delete Object.hasOwn;
delete Object.groupBy;
delete window.structuredClone;
delete Element.prototype.replaceChildren;
delete DocumentFragment.prototype.replaceChildren;
"""


def test_a_browser_of_some_years_ago_does_the_whole_job(running: RunningTool, launch: Show) -> None:
    old = running.browser_of_a_person()
    old.add_init_script(MISSING)
    page = launch(old)
    answer(page, "A neighbourhood")
    open_note(add_note(page, "The kitchen"))
    editor(page).get_by_role("radio", name="Synergic").check()
    editor(page).locator("summary").click()
    editor(page).get_by_label("Row").select_option("Protection")
    done(page)
    expect(state(page)).to_have_text(SAVED)

    hand_in(page)

    expect(page.get_by_text("Handed in:")).to_be_visible()
    expect(words(cell(page, "Protection"))).to_have_text("The kitchen")


@pytest.mark.parametrize("missing", ["fetch", "AbortController"])
def test_where_the_script_lacks_what_it_needs_the_plain_way_remains(
    running: RunningTool, launch: Show, missing: str
) -> None:
    old = running.browser_of_a_person()
    old.add_init_script(f"delete window.{missing}")
    page = launch(old)
    question(page).get_by_role("link", name="Write an answer").click()
    save(page, "A neighbourhood")
    expect(words(question(page))).to_have_text("A neighbourhood")

    page.get_by_role("button", name="Hand in").click()

    expect(page.get_by_text("Handed in:")).to_be_visible()


@pytest.mark.parametrize("away", [False, True], ids=["closed", "another app is looked at"])
def test_a_note_that_goes_to_another_row_takes_the_person_along(phone: Page, *, away: bool) -> None:
    open_note(add_note(phone, "The kitchen"))
    editor(phone).get_by_text("Move", exact=True).tap()
    editor(phone).get_by_label("Row").select_option("Leisure")

    if away:
        phone.evaluate(HIDDEN)
        expect(first_field(phone)).to_be_visible()
    done(phone)

    expect(cell(phone, "Leisure").get_by_role("link", name="The kitchen")).to_be_focused()
    expect(phone.get_by_role("link", name="Leisure")).to_have_attribute("aria-current", "true")
