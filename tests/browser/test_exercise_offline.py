"""What cannot be sent is kept in the browser, for the same person at the same place, and sent later."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import BrowserContext, Route, expect

from tests.browser.conftest import Show
from tests.browser.exercise_page import (
    KEPT,
    NOTES,
    SAVED,
    add_note,
    alive,
    answer,
    answered,
    cell,
    close_without_a_line,
    kept,
    notes,
    question,
    state,
    words,
)


def test_what_is_written_without_a_line_is_sent_when_it_returns(launch: Show, profile: BrowserContext) -> None:
    page = alive(launch(profile))
    profile.set_offline(True)
    add_note(page, "written on the bus")
    expect(state(page)).to_have_text(KEPT)

    profile.set_offline(False)

    expect(state(page)).to_have_text(SAVED)
    assert "written on the bus" in launch(profile).content()


def test_the_return_of_the_line_is_noticed_without_waiting(launch: Show, profile: BrowserContext) -> None:
    page = alive(launch(profile))
    page.clock.install()
    page.clock.pause_at(datetime.now(UTC) + timedelta(minutes=1))
    profile.set_offline(True)
    answer(page, "A neighbourhood")
    page.keyboard.press("Escape")
    expect(state(page)).to_have_text(KEPT)

    profile.set_offline(False)

    expect(state(page)).to_have_text(SAVED)


def test_what_a_fault_of_the_server_kept_away_is_sent_again(launch: Show) -> None:
    page = alive(launch())
    faults = iter([500, 503])

    def fail_at_first(route: Route) -> None:
        status = next(faults, None)
        route.fulfill(status=status) if status else route.continue_()

    page.route(NOTES, fail_at_first)
    answer(page, "A neighbourhood")

    expect(state(page)).to_have_text(KEPT)
    expect(state(page)).to_have_text(SAVED)


def test_what_never_arrived_is_brought_back_at_the_next_launch(launch: Show, profile: BrowserContext) -> None:
    page = alive(launch(profile))
    profile.set_offline(True)
    answer(page, "A neighbourhood")
    add_note(page, "written on the bus")
    expect(state(page)).to_have_text(KEPT)
    close_without_a_line(page)
    profile.set_offline(False)

    page = launch(profile)

    expect(page.get_by_text("Text that had not reached the server was still in this browser.").first).to_be_visible()
    expect(words(question(page))).to_have_text("A neighbourhood")
    expect(words(cell(page))).to_have_text("written on the bus")
    expect(state(page)).to_have_text(SAVED)
    assert "written on the bus" in launch().content()


def test_what_was_deleted_without_a_line_stays_deleted(launch: Show, profile: BrowserContext) -> None:
    page = launch(profile)
    answered(page, "A neighbourhood")
    profile.set_offline(True)
    question(page).get_by_role("link").first.click()
    page.get_by_role("button", name="Delete").click()
    expect(state(page)).to_have_text(KEPT)
    close_without_a_line(page)
    profile.set_offline(False)

    page = alive(launch(profile))
    expect(page.get_by_text("Text that had not reached the server").first).to_be_visible()
    expect(state(page)).to_have_text(SAVED)

    expect(notes(question(page))).to_have_count(0)
    expect(notes(question(launch(profile)))).to_have_count(0)


def test_what_arrived_is_not_kept_in_the_browser(launch: Show) -> None:
    page = launch()
    answered(page, "A neighbourhood")

    assert kept(page) == []


@pytest.mark.parametrize(
    "other", [{"sub": "another person"}, {"course": "another course"}, {"issuer": "http://localhost:8200"}]
)
def test_kept_text_is_never_shown_to_others(launch: Show, profile: BrowserContext, other: dict[str, str]) -> None:
    page = alive(launch(profile))
    profile.set_offline(True)
    answer(page, "my own words")
    expect(state(page)).to_have_text(KEPT)
    close_without_a_line(page)
    profile.set_offline(False)

    page = alive(launch(profile, **other))

    expect(notes(question(page))).to_have_count(0)
    assert len(kept(page)) == 1


def test_when_the_session_is_over_the_page_says_so_and_keeps_the_text(launch: Show, profile: BrowserContext) -> None:
    page = alive(launch(profile))
    profile.clear_cookies()
    answer(page, "written too late")
    expect(state(page)).to_have_text("Open the activity again in Moodle; your text is kept.")

    page = launch(profile)

    expect(words(question(page))).to_have_text("written too late")
    expect(state(page)).to_have_text(SAVED)


def test_a_browser_that_keeps_nothing_is_told(launch: Show, profile: BrowserContext) -> None:
    profile.add_init_script("Storage.prototype.setItem = () => { throw new Error('full') }")
    page = alive(launch(profile))
    profile.set_offline(True)

    answer(page, "A neighbourhood")

    expect(state(page)).to_have_text("Not saved yet, and this browser keeps nothing: leave the page open.")
