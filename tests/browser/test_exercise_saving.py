"""The exercise page saves itself, and shows what comes of it."""

from playwright.sync_api import BrowserContext, Route, expect

from tests.browser.conftest import Show
from tests.browser.exercise_page import QUESTION, SAVED, WHAT, add_note, cell, save_by_pausing, state


def test_the_page_saves_itself(launch: Show, profile: BrowserContext) -> None:
    page = launch(profile)
    add_note(page, "The cooperative kitchen")
    expect(state(page)).to_have_text(SAVED)

    page.reload()

    expect(cell(page).get_by_label(WHAT).first).to_have_value("The cooperative kitchen")


def test_a_cell_offers_another_note_where_one_is_begun(launch: Show, profile: BrowserContext) -> None:
    page = launch(profile)
    add_note(page, "first")

    add_note(page, "second")
    expect(state(page)).to_have_text(SAVED)
    page.reload()

    expect(cell(page).get_by_label(WHAT)).to_have_count(3)
    expect(cell(page).get_by_label(WHAT).nth(1)).to_have_value("second")


def test_what_is_typed_before_the_script_has_come_is_saved_and_handed_in(launch: Show, profile: BrowserContext) -> None:
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

    expect(page.get_by_text("Handed in:")).to_be_visible()
    expect(page.get_by_label(QUESTION)).to_have_value("A village of two thousand.")


def test_the_checklist_follows_what_is_saved(launch: Show) -> None:
    page = launch()
    criterion = page.get_by_role("listitem").filter(has_text="marked as synergic")
    expect(criterion).to_contain_text("Not met yet")
    add_note(page, "The cooperative kitchen")

    cell(page).get_by_label("What it does").last.select_option("synergic")

    expect(criterion.get_by_text("Met", exact=True)).to_be_attached()
    expect(criterion).to_have_class("is-met")


def test_the_map_follows_the_cards(launch: Show) -> None:
    page = launch(activity="exercise/power-interest-map")
    page.get_by_text("Add a card").click()
    card = page.locator(".cards [data-note]").first
    card.get_by_label("Actor").fill("The council")

    card.get_by_role("group", name="Power").get_by_role("radio", name="5").check()
    card.get_by_role("group", name="Interest").get_by_role("radio", name="2").check()

    expect(page.locator("[data-at='5/2']")).to_have_text("1 The council")


def test_a_deleted_note_comes_back_by_one_button(launch: Show, profile: BrowserContext) -> None:
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


def test_a_text_that_does_not_fit_says_so_at_its_place(launch: Show) -> None:
    page = launch()

    add_note(page, "x" * 401).blur()

    expect(cell(page).get_by_text("it has 401 characters, and 400 is the most")).to_be_visible()
    expect(state(page)).to_have_text("A note could not be saved: look at what it says there.")


def test_a_text_that_fits_again_is_saved(launch: Show) -> None:
    page = launch()
    field = add_note(page, "x" * 401)
    expect(cell(page).locator(".problem")).to_be_visible()

    save_by_pausing(page, field, "short")

    expect(cell(page).locator(".problem")).to_have_count(0)
