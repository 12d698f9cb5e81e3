"""Handing in saves everything first, or says that it could not."""

from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import Show
from tests.browser.exercise_page import QUESTION, save_by_pausing


def test_handing_in_saves_everything_first(launch: Show) -> None:
    page = launch()
    page.get_by_label(QUESTION).fill("A neighbourhood of some two thousand people that I have known for years")

    page.get_by_role("button", name="Hand in").click()

    expect(page.get_by_text("Handed in:")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="ten words or more")).to_have_class("is-met")


def test_nothing_is_handed_in_without_a_line(launch: Show, profile: BrowserContext) -> None:
    page = launch(profile)
    profile.set_offline(True)
    page.get_by_label(QUESTION).fill("A neighbourhood")

    page.get_by_role("button", name="Hand in").click()

    expect(page.get_by_role("status")).to_have_text("Not handed in yet: everything must be saved first.")
    expect(page.get_by_text("Not handed in yet.", exact=True)).to_be_visible()


def test_what_another_window_changed_meanwhile_is_handed_in_as_it_is_there(
    launch: Show, profile: BrowserContext
) -> None:
    here = launch(profile)
    save_by_pausing(here, here.get_by_label(QUESTION), "here")
    there = launch(profile)
    save_by_pausing(there, there.get_by_label(QUESTION), "there")

    here.get_by_role("button", name="Hand in").click()

    expect(here.get_by_text("Handed in:")).to_be_visible()
    expect(here.get_by_label(QUESTION)).to_have_value("there")
