"""Of two windows the second chooses which text to keep."""

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import Show
from tests.browser.exercise_page import ELSEWHERE, QUESTION, SAVED, WHAT, add_note, cell, save_by_pausing, state


@pytest.mark.parametrize(
    ("button", "kept"),
    [("Take what is saved elsewhere", "theirs"), ("Keep mine", "mine"), ("Put both together", "theirs\n\nmine")],
)
def test_of_two_windows_the_second_chooses_which_text_to_keep(
    launch: Show, profile: BrowserContext, button: str, kept: str
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


def test_a_note_deleted_in_another_window_asks_too(launch: Show, profile: BrowserContext) -> None:
    there = launch(profile)
    add_note(there, "first")
    expect(state(there)).to_have_text(SAVED)
    here = launch(profile)
    cell(there).get_by_role("button", name="Delete").click()
    expect(state(there)).to_have_text(SAVED)

    cell(here).get_by_label(WHAT).first.fill("first, and more")

    expect(cell(here).get_by_text("It was deleted there.")).to_be_visible()
