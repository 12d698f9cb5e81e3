"""A note goes to another place of its part by its editor's "where", or by dragging; its words are saved apart."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Show
from tests.browser.exercise_page import (
    KEPT,
    MAP,
    SAVED,
    add_note,
    add_to,
    alive,
    answered,
    cards,
    cell,
    conflict,
    done,
    drag,
    editor,
    first_field,
    notes,
    open_note,
    question,
    state,
    words,
)


def move(page: Page, *, row: str = "", before: str = "") -> None:
    """Choose another place in the editor that is open."""
    editor(page).locator("summary").click()
    if row:
        editor(page).get_by_label("Row").select_option(row)
    if before:
        editor(page).get_by_label("Before").select_option(before)


def test_a_note_goes_where_its_editor_says(launch: Show, profile: BrowserContext) -> None:
    page = launch(profile)
    note = add_note(page, "The kitchen")
    open_note(note)

    move(page, row="Protection")
    done(page)

    expect(words(cell(page, "Protection"))).to_have_text("The kitchen")
    expect(cell(page, "Protection").get_by_role("link", name="The kitchen")).to_be_focused()
    expect(page.get_by_role("status")).to_have_text("Moved to: Protection · Having.")
    expect(state(page)).to_have_text(SAVED)
    expect(words(cell(launch(profile), "Protection"))).to_have_text("The kitchen")


def test_a_note_goes_before_another_one(launch: Show, profile: BrowserContext) -> None:
    page = launch(profile)
    for text in ("one", "two", "three"):
        add_note(page, text)
    open_note(notes(cell(page)).last)
    offered = editor(page).get_by_label("Before").get_by_role("option")
    expect(offered).to_have_text(["one", "two", "At the end"])

    move(page, before="one")
    done(page)

    expect(words(cell(page))).to_have_text(["three", "one", "two"])
    expect(state(page)).to_have_text(SAVED)
    expect(words(cell(launch(profile)))).to_have_text(["three", "one", "two"])


def test_a_note_is_dragged_to_another_cell(launch: Show, profile: BrowserContext) -> None:
    page = launch(profile)
    note = add_note(page, "The kitchen")
    add_note(page, "The market", column="Doing")

    drag(page, note, cell(page, column="Doing").locator("[data-note]"))

    expect(words(cell(page, column="Doing"))).to_have_text(["The kitchen", "The market"])
    expect(editor(page)).to_have_count(0)
    expect(state(page)).to_have_text(SAVED)
    expect(words(cell(launch(profile), column="Doing"))).to_have_text(["The kitchen", "The market"])


def test_the_place_where_a_note_would_go_is_marked_and_escape_leaves_it(launch: Show) -> None:
    page = launch()
    note = add_note(page, "The kitchen")
    target = cell(page, column="Doing")

    drag(page, note, target, let_go=False)
    expect(page.locator(".cell.is-target")).to_have_count(1)
    page.keyboard.press("Escape")
    page.mouse.up()

    expect(words(cell(page))).to_have_text("The kitchen")
    expect(page.locator(".is-target, .is-dragged")).to_have_count(0)
    expect(editor(page)).to_have_count(0)


def test_a_note_is_not_dragged_out_of_its_part(launch: Show) -> None:
    page = launch()
    answered(page, "A neighbourhood")
    note = add_note(page, "The kitchen")

    drag(page, note, question(page))

    expect(words(cell(page))).to_have_text("The kitchen")
    expect(notes(question(page))).to_have_count(1)


def test_an_answer_is_not_dragged(launch: Show) -> None:
    page = launch()
    answered(page, "A neighbourhood")

    drag(page, notes(question(page)), cell(page), let_go=False)

    expect(page.locator(".is-dragged")).to_have_count(0)


def test_cards_are_put_in_order_by_dragging(launch: Show, profile: BrowserContext) -> None:
    page = launch(profile, activity=MAP)
    for text in ("one", "two", "three"):
        add_to(cards(page), text)

    drag(page, notes(cards(page)).nth(2), notes(cards(page)).first)

    texts = page.locator("[data-cell=cards] [data-open] bdi")
    expect(texts).to_have_count(3)
    expect(state(page)).to_have_text(SAVED)
    order = texts.all_inner_texts()
    assert order != ["one", "two", "three"]
    expect(words(cards(launch(profile, activity=MAP)))).to_have_text(order)


POINT = """(note, pointerType) => {
  const box = note.getBoundingClientRect();
  for (const [kind, y] of [["pointerdown", 5], ["pointermove", 40]]) {
    const at = { clientX: box.x + 10, clientY: box.y + y };
    note.dispatchEvent(new PointerEvent(kind, { ...at, pointerType, buttons: 1, bubbles: true }));
  }
}"""


@pytest.mark.parametrize(("pointer", "dragged"), [("mouse", 1), ("pen", 1), ("touch", 0)])
def test_a_pen_drags_and_a_finger_scrolls(launch: Show, pointer: str, dragged: int) -> None:
    page = launch()
    note = add_note(page, "The kitchen")

    note.evaluate(POINT, pointer)

    expect(page.locator(".is-dragged")).to_have_count(dragged)


def test_a_move_conflicts_with_nobodys_words(launch: Show, profile: BrowserContext) -> None:
    there = launch(profile)
    open_note(add_note(there, "first"))
    expect(state(there)).to_have_text(SAVED)
    here = launch(profile)
    first_field(there).fill("first, and more")
    done(there)
    expect(state(there)).to_have_text(SAVED)

    open_note(notes(cell(here)))
    move(here, row="Protection")
    done(here)
    expect(state(here)).to_have_text(SAVED)

    expect(conflict(here)).to_have_count(0)
    expect(words(cell(launch(profile), "Protection"))).to_have_text("first, and more")


def test_of_two_moves_the_last_wins_and_that_is_said(launch: Show, profile: BrowserContext) -> None:
    there = launch(profile)
    add_note(there, "The kitchen")
    expect(state(there)).to_have_text(SAVED)
    here = launch(profile)
    for page, row in ((there, "Affection"), (here, "Protection")):
        open_note(notes(cell(page)))
        move(page, row=row)
        done(page)
        expect(state(page)).to_have_text(SAVED)

    expect(cell(here, "Protection").locator(".said")).to_contain_text("had been moved")
    expect(words(cell(launch(profile), "Protection"))).to_have_text("The kitchen")


@pytest.mark.parametrize("closed", [False, True])
def test_a_move_without_a_line_arrives_later(launch: Show, profile: BrowserContext, *, closed: bool) -> None:
    page = launch(profile)
    note = add_note(page, "The kitchen")
    expect(state(page)).to_have_text(SAVED)
    profile.set_offline(True)
    open_note(note)
    move(page, row="Protection")
    done(page)
    expect(state(page)).to_have_text(KEPT)

    if closed:
        page.close()
    profile.set_offline(False)
    page = alive(launch(profile)) if closed else page
    expect(words(cell(page, "Protection"))).to_have_text("The kitchen")
    expect(state(page)).not_to_have_text(KEPT)
    expect(page.locator(".is-unsaved")).to_have_count(0)

    expect(words(cell(launch(profile), "Protection"))).to_have_text("The kitchen")


def test_a_note_moved_before_it_arrived_begins_where_it_was_put(launch: Show, profile: BrowserContext) -> None:
    page = alive(launch(profile))
    profile.set_offline(True)
    note = add_note(page, "The kitchen")
    open_note(note)
    move(page, row="Protection")
    done(page)

    profile.set_offline(False)
    expect(state(page)).to_have_text(SAVED)

    expect(words(cell(launch(profile), "Protection"))).to_have_text("The kitchen")
