"""A note is saved while it is written and when it is closed, and what the page shows is what the server has."""

import pytest
from playwright.sync_api import BrowserContext, Route, expect

from tests.browser.conftest import Show
from tests.browser.exercise_page import (
    NOTES,
    SAVED,
    SAVING,
    WHAT,
    add_note,
    alive,
    answer,
    answered,
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


def test_what_the_script_cannot_know_yet_opens_a_page_of_its_own(launch: Show, profile: BrowserContext) -> None:
    page = launch(profile)
    answered(page, "A neighbourhood")
    page.route("**/exercises/page.js", lambda route: route.abort())
    page.reload()

    question(page).get_by_role("link").click()

    expect(page.get_by_role("textbox")).to_have_value("A neighbourhood")
    expect(page.get_by_role("button", name="Save")).to_be_visible()


def test_a_deleted_answer_can_still_come_back_after_another_was_begun_and_left_empty(launch: Show) -> None:
    page = launch()
    answered(page, "A neighbourhood")
    open_note(question(page))
    editor(page).get_by_role("button", name="Delete").click()

    question(page).get_by_role("link", name="Write an answer").click()
    first_field(page).press("Escape")

    question(page).get_by_role("button", name="Undo").click()
    expect(words(question(page))).to_have_text("A neighbourhood")
