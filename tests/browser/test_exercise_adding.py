"""One line stays open in a cell, so that many notes are written without a detour."""

from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import Show
from tests.browser.exercise_page import (
    SAVED,
    WHAT,
    add_note,
    alive,
    begin,
    cell,
    done,
    editor,
    first_field,
    notes,
    open_note,
    question,
    state,
    words,
)


def test_enter_saves_a_note_and_begins_the_next(launch: Show, profile: BrowserContext) -> None:
    page = launch(profile)
    line = begin(cell(page))
    expect(line).to_be_focused()

    for text in ("The kitchen", "The market", "The well"):
        page.keyboard.type(text)
        page.keyboard.press("Enter")
    expect(state(page)).to_have_text(SAVED)

    expect(line).to_be_focused()
    expect(line).to_have_value("")
    expect(words(cell(launch(profile)))).to_have_text(["The kitchen", "The market", "The well"])


def test_escape_saves_what_is_in_the_line_and_gives_the_focus_back(launch: Show, profile: BrowserContext) -> None:
    page = launch(profile)
    begin(cell(page)).fill("The kitchen")

    page.keyboard.press("Escape")

    expect(cell(page).locator("[data-quick]")).to_have_count(0)
    expect(cell(page).get_by_role("link", name="Add a note")).to_be_focused()
    expect(state(page)).to_have_text(SAVED)
    expect(words(cell(launch(profile)))).to_have_text("The kitchen")


def test_leaving_the_line_saves_what_is_in_it(launch: Show, profile: BrowserContext) -> None:
    page = launch(profile)
    begin(cell(page)).fill("The kitchen")

    begin(cell(page, "Protection"))

    expect(words(cell(page))).to_have_text("The kitchen")
    expect(page.locator("[data-quick]")).to_have_count(1)
    expect(state(page)).to_have_text(SAVED)


def test_what_is_in_the_line_is_saved_before_enter(launch: Show, profile: BrowserContext) -> None:
    page = launch(profile)
    begin(cell(page)).fill("The kitchen")

    expect(state(page)).to_have_text(SAVED)

    expect(words(cell(launch(profile)))).to_have_text("The kitchen")


def test_a_line_that_is_left_empty_leaves_nothing(launch: Show, profile: BrowserContext) -> None:
    page = launch(profile)
    line = begin(cell(page))
    line.fill("The kitchen")
    expect(state(page)).to_have_text(SAVED)
    line.fill("")

    page.keyboard.press("Escape")
    expect(state(page)).to_have_text(SAVED)

    expect(notes(cell(page))).to_have_count(0)
    expect(notes(cell(launch(profile)))).to_have_count(0)


def test_enter_that_ends_the_composing_of_a_letter_adds_nothing(launch: Show, profile: BrowserContext) -> None:
    page = launch(profile)
    line = begin(cell(page))
    keyboard = profile.new_cdp_session(page)
    keyboard.send("Input.imeSetComposition", {"text": "台所", "selectionStart": 2, "selectionEnd": 2})

    enter = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229}
    keyboard.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **enter})
    keyboard.send("Input.insertText", {"text": "台所"})

    expect(line).to_have_value("台所")
    expect(notes(cell(page))).to_have_count(0)


def test_choices_come_in_a_second_pass(launch: Show) -> None:
    page = launch()
    note = add_note(page, "The kitchen")

    open_note(note).get_by_role("radio", name="Synergic").check()
    done(page)

    expect(note.get_by_role("listitem")).to_have_text("Synergic")


def test_a_question_opens_its_editor_at_once(launch: Show) -> None:
    page = alive(launch())

    question(page).get_by_role("link", name="Write an answer").click()
    expect(first_field(page)).to_be_focused()
    page.keyboard.type("A neighbourhood")
    done(page)

    expect(words(question(page))).to_have_text("A neighbourhood")
    expect(question(page).get_by_role("link", name="Write an answer")).to_be_hidden()


def test_an_answer_that_is_left_empty_leaves_nothing(launch: Show) -> None:
    page = alive(launch())
    question(page).get_by_role("link", name="Write an answer").click()

    page.keyboard.press("Escape")

    expect(notes(question(page))).to_have_count(0)
    expect(question(page).get_by_role("link", name="Write an answer")).to_be_focused()


def test_two_windows_that_begin_one_answer_write_the_same(launch: Show, profile: BrowserContext) -> None:
    here, there = alive(launch(profile)), alive(launch(profile))
    for page, text in ((there, "theirs"), (here, "mine")):
        question(page).get_by_role("link").click()
        first_field(page).fill(text)
        page.keyboard.press("Escape")
        expect(editor(page)).to_have_count(0)

    expect(question(here).get_by_role("group", name="This note was changed elsewhere")).to_contain_text("theirs")


def test_an_answer_deleted_in_another_window_can_be_written_anew(launch: Show, profile: BrowserContext) -> None:
    page = alive(launch(profile))
    there = alive(launch(profile))
    question(there).get_by_role("link").click()
    first_field(there).fill("first")
    expect(state(there)).to_have_text(SAVED)
    editor(there).get_by_role("button", name="Delete").click()
    expect(state(there)).to_have_text(SAVED)

    question(page).get_by_role("link").click()
    first_field(page).fill("second")

    expect(state(page)).to_have_text(SAVED)
    expect(words(question(launch(profile)))).to_have_text("second")


def test_the_line_has_a_name(launch: Show) -> None:
    page = launch()
    begin(cell(page))

    expect(page.get_by_role("textbox", name=WHAT)).to_be_focused()
