"""A note is saved while it is written and when it is closed, and what the page shows is what the server has."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.conftest import Show
from tests.browser.exercise_page import (
    MAP,
    NOTES,
    SAVED,
    SAVING,
    WHAT,
    add_note,
    add_to,
    alive,
    answer,
    answered,
    cards,
    cell,
    done,
    editor,
    first_field,
    hand_in,
    hold_the_first_save,
    notes,
    open_note,
    question,
    state,
    words,
)


def test_a_note_is_saved_while_it_is_written(launch: Show, profile: BrowserContext) -> None:
    page = launch(profile)
    answer(page, "A neighbourhood")

    expect(state(page)).to_have_text(SAVED)

    expect(editor(page)).to_be_visible()
    expect(words(question(launch(profile)))).to_have_text("A neighbourhood")


@pytest.mark.parametrize("way", ["Escape", "Done", "elsewhere", "another"])
def test_closing_saves_however_it_is_done(launch: Show, profile: BrowserContext, way: str) -> None:
    page = launch(profile)
    other = add_note(page, "another")
    answer(page, "A neighbourhood")

    if way == "Escape":
        page.keyboard.press("Escape")
    elif way == "Done":
        done(page)
    elif way == "elsewhere":
        page.get_by_role("heading", level=2).first.click()
    else:
        open_note(other)

    expect(words(question(page))).to_have_text("A neighbourhood")
    expect(state(page)).to_have_text(SAVED)
    expect(words(question(launch(profile)))).to_have_text("A neighbourhood")


@pytest.mark.parametrize("way", ["Escape", "Done"])
def test_the_focus_goes_back_to_the_note(launch: Show, way: str) -> None:
    page = launch()
    note = add_note(page, "The cooperative kitchen")
    open_note(note)
    expect(first_field(page)).to_be_focused()

    if way == "Done":
        done(page)
    else:
        page.keyboard.press("Escape")

    expect(note.get_by_role("link")).to_be_focused()


def test_what_is_pressed_beside_an_open_editor_is_pressed(launch: Show) -> None:
    page = launch()
    answer(page, "A neighbourhood of some two thousand people that I have known for years")

    hand_in(page)

    expect(page.get_by_text("Handed in:")).to_be_visible()
    expect(words(question(page))).to_contain_text("A neighbourhood")


def test_an_editor_stays_as_it_is_until_a_press_elsewhere_is_over(launch: Show) -> None:
    page = launch()
    answer(page, "A neighbourhood")
    add = cell(page).get_by_role("link", name="Add a note")
    add.hover()

    page.mouse.down()
    expect(add).to_be_focused()
    expect(editor(page)).to_be_visible()
    page.mouse.up()

    expect(editor(page)).to_have_count(0)
    expect(cell(page).locator("[data-quick]")).to_be_focused()


def saved_text(launch: Show, profile: BrowserContext) -> str:
    """Give the answer that the server has."""
    return words(question(launch(profile))).inner_text()


def test_a_change_undone_while_it_is_sent_is_undone_on_the_server(launch: Show, profile: BrowserContext) -> None:
    page = launch(profile)
    answered(page, "first")
    held = hold_the_first_save(page)
    open_note(notes(question(page)))
    with page.expect_request(NOTES):
        page.keyboard.type("X")

    page.keyboard.press("Backspace")
    page.keyboard.press("Escape")
    expect(state(page)).to_have_text(SAVING)
    held[0].continue_()
    expect(state(page)).to_have_text(SAVED)

    assert saved_text(launch, profile) == "first"


def test_a_note_emptied_while_it_is_sent_for_the_first_time_is_deleted(launch: Show, profile: BrowserContext) -> None:
    page = alive(launch(profile))
    held = hold_the_first_save(page)
    question(page).get_by_role("link").click()
    with page.expect_request(NOTES):
        page.keyboard.type("X")

    page.keyboard.press("Backspace")
    page.keyboard.press("Escape")
    held[0].continue_()
    expect(state(page)).to_have_text(SAVED)

    expect(notes(question(launch(profile)))).to_have_count(0)


def test_what_arrived_without_an_answer_is_nobody_elses(launch: Show, profile: BrowserContext) -> None:
    page = alive(launch(profile))
    lost: list[Route] = []

    def lose_the_first_answer(route: Route) -> None:
        if lost:
            route.continue_()
        else:
            lost.append(route)
            route.fetch()
            route.abort()

    page.route(NOTES, lose_the_first_answer)
    with page.expect_event("requestfailed"):
        answer(page, "first")
    first_field(page).fill("first, and more")

    expect(state(page)).to_have_text(SAVED)

    assert saved_text(launch, profile) == "first, and more"


READ = """notes => {
  const values = (json) => Object.entries(JSON.parse(json)).map(String).sort().join();
  const written = ({ name, value }) => `${name}=${name === "data-values" ? values(value) : value}`;
  const read = (node) => (node.nodeType === Node.TEXT_NODE ? node.data.replace(/\\s+/g, " ") : parts(node));
  const parts = (element) => [
    element.localName,
    [...element.attributes].map(written).sort(),
    [...element.childNodes].map(read).filter((one) => one !== " "),
  ];
  return JSON.stringify(notes.map(parts), null, 1);
}"""
"""What each note is made of; the order of attributes and values and the spaces between elements aside."""


def read_view(page: Page) -> str:
    """Give what is shown of each note."""
    return str(page.locator("[data-note]").evaluate_all(READ))


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_the_script_shows_a_matrix_as_the_server_does(launch: Show, profile: BrowserContext, locale: str) -> None:
    page = launch(profile, locale=locale)
    answered(page, "A neighbourhood\nby the river & the <station>")
    add_note(page, "The market")
    open_note(add_note(page, "The cooperative kitchen"))
    editor(page).get_by_role("radio", name="Synergic").check()
    editor(page).get_by_role("radio", name="poverty").check()
    done(page)
    expect(state(page)).to_have_text(SAVED)
    shown = read_view(page)

    page.reload()

    assert read_view(page) == shown


def test_the_script_shows_cards_as_the_server_does(launch: Show) -> None:
    page = launch(activity=MAP)
    open_note(add_to(cards(page), "The council"))
    editor(page).get_by_role("textbox").nth(1).fill("It pays")
    editor(page).get_by_role("group", name="Power").get_by_role("radio", name="5").check()
    done(page)
    expect(state(page)).to_have_text(SAVED)
    shown = read_view(page)

    page.reload()

    assert read_view(page) == shown


def test_the_list_of_what_is_ready_follows_what_is_saved(launch: Show) -> None:
    page = launch()
    check = page.get_by_role("listitem").filter(has_text="marked as synergic")
    expect(check).to_contain_text("Not yet")
    open_note(add_note(page, "The cooperative kitchen"))

    editor(page).get_by_role("radio", name="Synergic").check()

    expect(check).to_have_class("is-met")
    expect(check.get_by_text("Done", exact=True)).to_be_attached()


def test_the_map_follows_the_cards_and_a_pin_opens_its_card(launch: Show) -> None:
    page = launch(activity=MAP)
    open_note(add_to(cards(page), "The council"))
    editor(page).get_by_role("group", name="Power").get_by_role("radio", name="5").check()

    editor(page).get_by_role("group", name="Interest").get_by_role("radio", name="2").check()

    pin = page.locator("[data-at='5/2']").get_by_role("link")
    expect(pin).to_have_text("1 The council")
    page.keyboard.press("Escape")
    pin.click()
    expect(first_field(page)).to_have_value("The council")


def test_a_deleted_note_comes_back_by_one_button(launch: Show, profile: BrowserContext) -> None:
    page = launch(profile)
    open_note(add_note(page, "worth keeping"))
    editor(page).get_by_role("button", name="Delete").click()
    undo = cell(page).get_by_role("button", name="Undo")
    expect(undo).to_be_focused()
    expect(state(page)).to_have_text(SAVED)
    assert "worth keeping" not in launch(profile).content()

    undo.click()
    expect(state(page)).to_have_text(SAVED)

    expect(words(cell(page))).to_have_text("worth keeping")
    expect(words(cell(launch(profile)))).to_have_text("worth keeping")


def test_a_note_that_is_emptied_comes_back_by_one_button(launch: Show) -> None:
    page = launch()
    open_note(add_note(page, "worth keeping"))
    first_field(page).fill("")
    page.keyboard.press("Escape")

    cell(page).get_by_role("button", name="Undo").click()

    expect(words(cell(page))).to_have_text("worth keeping")
    expect(state(page)).to_have_text(SAVED)


def test_a_text_that_does_not_fit_says_so_at_its_place(launch: Show) -> None:
    page = launch()
    note = add_note(page, "short")
    open_note(note).get_by_label(WHAT).fill("x" * 401)
    expect(page.get_by_role("status")).to_have_text("Too long: 401 characters, and 400 is the most.")

    page.keyboard.press("Escape")

    expect(note.get_by_text("it has 401 characters, and 400 is the most")).to_be_visible()
    expect(state(page)).to_have_text("A note could not be saved: look at what it says there.")


def test_a_text_that_fits_again_is_saved(launch: Show) -> None:
    page = launch()
    note = add_note(page, "x" * 401)
    expect(note.locator(".problem")).to_be_visible()

    open_note(note).get_by_label(WHAT).fill("short")

    expect(state(page)).to_have_text(SAVED)
    expect(note.locator(".problem")).to_have_count(0)


def test_what_was_wrong_with_a_text_is_not_said_of_another(launch: Show) -> None:
    page = launch()
    note = add_note(page, "x" * 401)
    expect(note.locator(".problem")).to_be_visible()
    held = hold_the_first_save(page)

    with page.expect_request(NOTES):
        open_note(note).get_by_label(WHAT).fill("short")

    expect(note.locator(".problem")).to_have_count(0)
    held[0].continue_()
    expect(state(page)).to_have_text(SAVED)


def test_a_text_near_its_limit_is_counted(launch: Show) -> None:
    page = launch()
    field = open_note(add_note(page, "short")).get_by_label(WHAT)
    expect(editor(page).locator("[data-count]").first).to_be_hidden()

    field.fill("x" * 390)

    expect(editor(page).locator("[data-count]").first).to_have_text("390 of 400 characters")
    expect(page.get_by_role("status")).to_have_text("390 of 400 characters")


def test_what_the_script_cannot_know_yet_opens_a_page_of_its_own(launch: Show, profile: BrowserContext) -> None:
    page = launch(profile)
    answered(page, "A neighbourhood")
    page.route("**/exercises/page.js", lambda route: route.abort())
    page.reload()

    question(page).get_by_role("link").click()

    expect(page.get_by_role("textbox")).to_have_value("A neighbourhood")
    expect(page.get_by_role("button", name="Save")).to_be_visible()


def test_a_save_that_arrives_leaves_the_focus_on_the_map(launch: Show) -> None:
    page = launch(activity=MAP)
    open_note(add_to(cards(page), "Council"))
    for axis in ("power", "interest"):
        editor(page).locator(f"input[name={axis}][value='5']").check(force=True)
    expect(state(page)).to_have_text(SAVED)
    held = hold_the_first_save(page)
    with page.expect_request(NOTES):
        first_field(page).fill("The council")
    done(page)
    pin = page.get_by_role("table").get_by_role("link", name="The council")
    pin.focus()

    held[0].continue_()

    expect(state(page)).to_have_text(SAVED)
    expect(pin).to_be_focused()


def test_a_deleted_answer_can_still_come_back_after_another_was_begun_and_left_empty(launch: Show) -> None:
    page = launch()
    answered(page, "A neighbourhood")
    open_note(question(page))
    editor(page).get_by_role("button", name="Delete").click()

    question(page).get_by_role("link", name="Write an answer").click()
    first_field(page).press("Escape")

    question(page).get_by_role("button", name="Undo").click()
    expect(words(question(page))).to_have_text("A neighbourhood")


def test_the_mark_of_a_note_that_waits_takes_no_line_of_its_own(launch: Show, profile: BrowserContext) -> None:
    page = launch(profile)
    note = add_note(page, "Kitchen")
    expect(state(page)).to_have_text(SAVED)
    height = note.evaluate("note => note.offsetHeight")
    profile.set_offline(True)
    open_note(note)
    first_field(page).fill("Market")

    done(page)

    expect(note).to_have_class(re.compile("is-unsaved"))
    assert note.evaluate("note => note.offsetHeight") == height
