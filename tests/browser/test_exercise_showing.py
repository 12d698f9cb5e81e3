"""The exercise page shows at once what is written, as the server shows it afterwards."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Show
from tests.browser.exercise_page import (
    MAP,
    NOTES,
    SAVED,
    WHAT,
    add_note,
    add_to,
    answered,
    cards,
    done,
    editor,
    first_field,
    hold_the_first_save,
    open_note,
    state,
)
from tests.browser.right_to_left import TURNED

READ = """notes => {
  const values = (json) => Object.entries(JSON.parse(json)).map(String).sort().join();
  const written = ({ name, value }) => `${name}=${name === "data-values" ? values(value) : value}`;
  const read = (node) => (node.nodeType === Node.TEXT_NODE ? node.data.replace(/\\s+/g, " ") : parts(node));
  const parts = (element) => [
    element.localName,
    [...element.attributes].filter(({ name }) => name !== "data-rank").map(written).sort(),
    [...element.childNodes].map(read).filter((one) => one !== " "),
  ];
  return JSON.stringify(notes.map(parts), null, 1);
}"""
"""What each note is made of; the order of attributes and values and the spaces between elements aside.

So is a note's rank among its neighbours: a page hears it by the next poll, where there is one, and shows it nowhere.
"""


def read_view(page: Page) -> str:
    """Give what is shown of each note."""
    return str(page.locator("[data-note]").evaluate_all(READ))


@pytest.mark.parametrize("locale", ["en", TURNED])
def test_the_script_shows_a_matrix_as_the_server_does(launch: Show, profile: BrowserContext, locale: str) -> None:
    page = launch(profile, locale=locale)
    answered(page, "A neighbourhood\nby the river & the <station>")
    add_note(page, "The market")
    open_note(add_note(page, "The cooperative kitchen"))
    editor(page).get_by_role("radio", name="Synergic").check()
    editor(page).get_by_role("checkbox", name="Leisure").check()
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


def test_a_text_near_its_limit_is_counted(launch: Show) -> None:
    page = launch()
    field = open_note(add_note(page, "short")).get_by_label(WHAT)
    expect(editor(page).locator("[data-count]").first).to_be_hidden()

    field.fill("x" * 390)

    expect(editor(page).locator("[data-count]").first).to_have_text("390 of 400 characters")
    expect(page.get_by_role("status")).to_have_text("390 of 400 characters")


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
