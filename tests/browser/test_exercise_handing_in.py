"""Handing in saves everything first, or says beside the button what stands in the way."""

from playwright.sync_api import BrowserContext, Route, expect

from tests.browser.conftest import Show
from tests.browser.exercise_page import (
    NOTES,
    SAVED,
    add_note,
    alive,
    answer,
    answered,
    begin,
    cell,
    conflict,
    done,
    editor,
    first_field,
    hand_in,
    hold_the_first_save,
    notes,
    obstacles,
    open_note,
    question,
    state,
    words,
)

WAITS = "Not handed in yet: everything must be saved first."


def test_handing_in_saves_everything_first(launch: Show) -> None:
    page = launch()
    answer(page, "A neighbourhood of some two thousand people that I have known for years")

    hand_in(page)

    expect(page.get_by_text("Handed in:")).to_be_visible()
    expect(words(question(page))).to_contain_text("A neighbourhood")


def test_a_place_chosen_in_an_open_editor_is_handed_in(launch: Show) -> None:
    page = launch()
    open_note(add_note(page, "The kitchen"))
    editor(page).locator("summary").click()
    editor(page).get_by_label("Row").select_option("Protection")

    hand_in(page)

    expect(page.get_by_text("Handed in:")).to_be_visible()
    expect(words(cell(page, "Protection"))).to_have_text("The kitchen")


def test_without_a_line_each_note_that_waits_is_named_beside_the_button(launch: Show, profile: BrowserContext) -> None:
    page = alive(launch(profile))
    profile.set_offline(True)
    answer(page, "A neighbourhood")

    hand_in(page)

    expect(obstacles(page).get_by_text(WAITS)).to_be_focused()
    expect(obstacles(page).get_by_role("listitem")).to_have_text(
        ["A neighbourhood: has not reached the server yet: there is no connection"]
    )
    expect(page.get_by_text("Not handed in yet.", exact=True)).to_be_visible()


def test_without_a_line_handing_in_says_so_even_where_all_is_saved(launch: Show, profile: BrowserContext) -> None:
    page = launch(profile)
    answered(page, "A neighbourhood")
    profile.set_offline(True)

    hand_in(page)

    expect(obstacles(page)).to_contain_text("There is no connection to the server.")
    expect(obstacles(page).get_by_text(WAITS)).to_be_focused()


def test_a_text_that_does_not_fit_is_named_and_its_link_opens_its_editor(launch: Show) -> None:
    page = launch()
    add_note(page, "x" * 401)

    hand_in(page)
    expect(obstacles(page)).to_contain_text("it has 401 characters, and 400 is the most")
    obstacles(page).get_by_role("link").click()
    expect(first_field(page)).to_be_focused()
    first_field(page).fill("short")
    expect(state(page)).to_have_text(SAVED)

    expect(obstacles(page)).to_be_empty()
    hand_in(page)
    expect(page.get_by_text("Handed in:")).to_be_visible()


def test_what_is_only_on_its_way_is_not_in_the_way(launch: Show) -> None:
    page = launch()
    add_note(page, "x" * 401)
    hand_in(page)
    obstacles(page).get_by_role("link").click()
    held = hold_the_first_save(page)

    with page.expect_request(NOTES):
        first_field(page).fill("short")

    expect(obstacles(page)).to_be_empty()
    held[0].continue_()
    expect(state(page)).to_have_text(SAVED)


def test_what_is_written_while_the_rest_is_sent_is_handed_in_too(launch: Show) -> None:
    page = launch()
    with page.expect_response("**/exercise/ready"):  # the list asks too
        answered(page, "A neighbourhood")
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    page.route("**/exercise/ready", hold_the_first)
    with page.expect_request("**/exercise/ready"):
        hand_in(page)

    begin(cell(page)).fill("written meanwhile")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    held[0].continue_()

    expect(page.get_by_text("Handed in:")).to_be_visible()
    expect(words(cell(page))).to_have_text("written meanwhile")
    assert [method for method in sent if method != "GET"] == ["PUT", "POST"]


def test_a_conflict_is_named(launch: Show, profile: BrowserContext) -> None:
    here, there = launch(profile), launch(profile)
    answered(there, "theirs")
    answer(here, "mine")

    hand_in(here)

    expect(obstacles(here).get_by_role("listitem")).to_have_text(
        ["mine: was changed elsewhere: choose which text to keep"]
    )


def test_a_conflict_from_deleting_is_named_and_its_link_leads_to_the_choice(
    launch: Show, profile: BrowserContext
) -> None:
    there = launch(profile)
    answered(there, "first")
    here = launch(profile)
    open_note(notes(question(there)))
    first_field(there).fill("theirs")
    done(there)
    expect(state(there)).to_have_text(SAVED)
    open_note(notes(question(here)))
    editor(here).get_by_role("button", name="Delete").click()

    hand_in(here)
    obstacles(here).get_by_role("link", name="theirs").click()

    expect(conflict(here).get_by_role("button").first).to_be_focused()


def test_a_session_that_has_ended_is_said(launch: Show, profile: BrowserContext) -> None:
    page = launch(profile)
    answered(page, "A neighbourhood")
    profile.clear_cookies()
    add_note(page, "too late")

    hand_in(page)

    expect(obstacles(page)).to_contain_text("The session has ended. Open the activity again in Moodle.")
    expect(obstacles(page).get_by_role("link")).to_have_text("too late")


def test_a_session_that_ended_after_everything_was_saved_is_said(launch: Show, profile: BrowserContext) -> None:
    page = launch(profile)
    answered(page, "A neighbourhood")
    profile.clear_cookies()

    hand_in(page)

    expect(obstacles(page).get_by_role("listitem")).to_have_text(
        ["The session has ended. Open the activity again in Moodle."]
    )


def test_what_is_written_after_handing_in_is_said_to_have_changed(launch: Show) -> None:
    page = launch()
    answered(page, "A neighbourhood")
    hand_in(page)
    expect(page.get_by_text("Handed in:")).to_be_visible()
    expect(page.get_by_text("You changed something since.")).to_be_hidden()

    add_note(page, "The kitchen")

    expect(page.get_by_text("You changed something since.")).to_be_visible()


def test_what_another_window_changed_meanwhile_is_handed_in_as_it_is_there(
    launch: Show, profile: BrowserContext
) -> None:
    here = launch(profile)
    answered(here, "here")
    there = launch(profile)
    open_note(notes(question(there)))
    first_field(there).fill("there")
    expect(state(there)).to_have_text(SAVED)

    hand_in(here)

    expect(here.get_by_text("Handed in:")).to_be_visible()
    expect(words(question(here))).to_have_text("there")


def test_the_button_pressed_twice_hands_in_once(launch: Show) -> None:
    page = launch()
    answered(page, "A neighbourhood")
    alive(page)

    page.get_by_role("button", name="Hand in").dblclick()

    expect(page.get_by_text("Handed in:")).to_be_visible()
    expect(page.locator("#submission")).not_to_contain_text("handed in 2 times")
    expect(notes(cell(page))).to_have_count(0)


def test_a_note_that_was_deleted_is_named_so_and_its_link_leads_to_undo(launch: Show, profile: BrowserContext) -> None:
    page = launch(profile)
    open_note(add_note(page, "Communal kitchen"))
    expect(state(page)).to_have_text(SAVED)
    profile.set_offline(True)
    editor(page).get_by_role("button", name="Delete").click()

    hand_in(page)

    expect(obstacles(page).get_by_role("listitem")).to_have_text(
        ["A deleted note: has not reached the server yet: there is no connection"]
    )
    obstacles(page).get_by_role("link").click()
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
