"""Of two windows the second chooses which text to keep, and neither loses what it keeps."""

import json
import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Show
from tests.browser.exercise_page import (
    ELSEWHERE,
    SAVED,
    add_note,
    alive,
    answer,
    answered,
    cell,
    conflict,
    done,
    editor,
    first_field,
    kept,
    notes,
    open_note,
    question,
    state,
    words,
)


def rewrite(page: Page, text: str) -> None:
    """Write the first answer anew."""
    open_note(notes(question(page)))
    first_field(page).fill(text)


@pytest.mark.parametrize("is_open", [True, False])
@pytest.mark.parametrize(
    ("button", "kept_text"),
    [("Take what is saved elsewhere", "theirs"), ("Keep mine", "mine"), ("Put both together", "theirs\n\nmine")],
)
def test_of_two_windows_the_second_chooses_which_text_to_keep(
    launch: Show, profile: BrowserContext, button: str, kept_text: str, *, is_open: bool
) -> None:
    here, there = launch(profile), launch(profile)
    answered(there, "theirs")

    answer(here, "mine")
    if not is_open:
        done(here)
    expect(conflict(here)).to_contain_text("theirs")
    expect(state(here)).to_have_text(ELSEWHERE)
    conflict(here).get_by_role("button", name=button).click()
    expect(state(here)).to_have_text(SAVED)

    if is_open:
        expect(first_field(here)).to_have_value(kept_text)
        expect(first_field(here)).to_be_focused()
        done(here)
    expect(conflict(here)).to_have_count(0)
    assert words(question(here)).text_content() == kept_text
    assert words(question(launch(profile))).text_content() == kept_text


def test_a_note_deleted_in_another_window_asks_too(launch: Show, profile: BrowserContext) -> None:
    there = launch(profile)
    open_note(add_note(there, "first"))
    expect(state(there)).to_have_text(SAVED)
    here = launch(profile)
    editor(there).get_by_role("button", name="Delete").click()
    expect(state(there)).to_have_text(SAVED)

    open_note(notes(cell(here)))
    first_field(here).fill("first, and more")

    expect(cell(here).get_by_text("It was deleted there.")).to_be_visible()
    conflict(here).get_by_role("button", name="Keep mine").click()
    expect(state(here)).to_have_text(SAVED)
    expect(words(cell(launch(profile)))).to_have_text("first, and more")


@pytest.mark.parametrize(("button", "left"), [("Take what is saved elsewhere", ["theirs"]), ("Keep mine", [])])
def test_a_note_changed_in_another_window_is_not_deleted_in_silence(
    launch: Show, profile: BrowserContext, button: str, left: list[str]
) -> None:
    there = launch(profile)
    answered(there, "first")
    here = launch(profile)
    rewrite(there, "theirs")
    expect(state(there)).to_have_text(SAVED)
    open_note(notes(question(here)))
    editor(here).get_by_role("button", name="Delete").click()
    expect(question(here).get_by_text("You deleted it here")).to_be_visible()
    expect(conflict(here).get_by_role("button", name="Put both together")).to_have_count(0)

    conflict(here).get_by_role("button", name=button).click()
    expect(state(here)).to_have_text(SAVED)

    expect(words(question(launch(profile)))).to_have_text(left)


def test_two_windows_keep_the_texts_of_a_conflict_apart_and_both_come_back(
    launch: Show, profile: BrowserContext
) -> None:
    third = launch(profile)
    answered(third, "first")
    windows = [launch(profile), launch(profile)]
    rewrite(third, "theirs")
    expect(state(third)).to_have_text(SAVED)
    for page, text in zip(windows, ("one", "two"), strict=True):
        rewrite(page, text)
        expect(state(page)).to_have_text(ELSEWHERE)
    assert len(kept(third)) == 2
    for page in windows:
        page.close()

    page = alive(launch(profile))
    for saved in (re.compile("theirs"), re.compile("one|two")):
        expect(conflict(page)).to_contain_text(saved)
        conflict(page).get_by_role("button", name="Put both together").click()
    expect(conflict(page)).to_have_count(0)
    expect(state(page)).to_have_text(SAVED)

    assert sorted(str(words(question(page)).text_content()).split("\n\n")) == ["one", "theirs", "two"]
    assert kept(page) == []


def test_text_kept_by_the_page_as_it_was_before_arrives(launch: Show, profile: BrowserContext) -> None:
    page = alive(launch(profile))
    place = page.locator("#exercise").get_attribute("data-keep")
    note_id = "0b7a55aa-5d5e-4a1c-8f0c-3b1d6f0b7a55"
    draft = {
        "part": "matrix",
        "cell": "subsistence/having",
        "values": {"satisfier": "written on the bus", "effect": "synergic"},
        "version": 0,
        "language": "en",
    }
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [f"medtown/{place}/{note_id}", json.dumps(draft)])

    page.reload()
    expect(page.locator("[data-found]")).to_be_visible()
    expect(state(page)).to_have_text(SAVED)

    expect(words(cell(page))).to_have_text("written on the bus")
    assert kept(page) == []
    expect(words(cell(launch(profile)))).to_have_text("written on the bus")
