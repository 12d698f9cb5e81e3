"""The board is for everybody: in both directions, on a phone, by the keyboard alone through three pieces of work."""

import pytest
from playwright.sync_api import Locator, Page, expect

from lti_tool.lti.roles import Role
from tests.browser.accessibility import accessible
from tests.browser.conftest import Show
from tests.browser.exercise_page import answer, hand_in
from tests.browser.keyboard import press_until
from tests.browser.running_tool import RunningTool

NAMES = ("Ana Beltrán", "Ελένη Παπαδοπούλου", "مريم العلي")


@pytest.fixture
def works(launch: Show) -> None:
    """Let three people hand in, and a fourth only come."""
    for number, name in enumerate(NAMES):
        page = launch(sub=f"trainee-{number}", name=name)
        answer(page, f"A neighbourhood of some {number + 2} thousand people")
        hand_in(page)
        expect(page.get_by_text("Handed in:")).to_be_visible()
        page.close()
    launch(sub="trainee-9", name="Zoe").close()


def open_board(launch: Show, locale: str = "en") -> Page:
    """As trainer: open the board from an activity."""
    page = launch(sub="trainer", name="Trainer", role=Role.TRAINER, locale=locale)
    page.get_by_role("link", name="The board").click()
    expect(page.get_by_role("heading", level=1, name="The board")).to_be_visible()
    return page


def cells(page: Page) -> Locator:
    """Find the cells that lead to work."""
    return page.get_by_role("cell").get_by_role("link")


@pytest.mark.usefixtures("works")
def test_the_board_is_for_everybody(launch: Show, locale: str) -> None:
    page = open_board(launch, locale)

    expect(page.get_by_role("rowheader")).to_have_count(4)
    expect(page.locator("html")).to_have_attribute("dir", "ltr" if locale == "en" else "rtl")
    assert accessible(page)


@pytest.mark.usefixtures("works")
def test_names_stay_in_sight_where_a_wide_table_scrolls_by_itself(launch: Show, locale: str) -> None:
    for activity in ("power-interest-map", "four-cos", "sse-mapping", "theory-of-change", "consent-proposal"):
        launch(sub="trainee-0", name=NAMES[0], activity=f"exercise/{activity}").close()
    page = open_board(launch, locale)
    page.get_by_role("combobox", name="Exercise").select_option("")
    page.get_by_role("button", name="Show").click()
    page.set_viewport_size({"width": 320, "height": 640})
    expect(page.get_by_role("columnheader")).to_have_count(7)
    table, name = page.get_by_role("region", name="Trainees in this course"), page.get_by_role("rowheader").first
    before = name.bounding_box()

    table.evaluate("region => { region.scrollLeft = getComputedStyle(region).direction === 'rtl' ? -200 : 200; }")

    after = name.bounding_box()
    assert before is not None
    assert after is not None
    assert after["x"] == before["x"]
    assert table.evaluate("region => Math.abs(region.scrollLeft)") == 200
    assert accessible(page)


@pytest.mark.usefixtures("works")
def test_by_keyboard_alone_from_the_board_through_three_pieces_of_work_and_back(launch: Show) -> None:
    page = open_board(launch)
    press_until(page, page.get_by_role("combobox", name="State"))
    page.keyboard.type("Handed in")
    press_until(page, page.get_by_role("button", name="Show"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("rowheader")).to_have_count(3)
    chosen = page.url

    press_until(page, cells(page).first)
    page.keyboard.press("Enter")
    for number, name in enumerate(NAMES):
        expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
        if number < len(NAMES) - 1:
            press_until(page, page.get_by_role("link", name="Next:"))
            page.keyboard.press("Enter")
    press_until(page, page.get_by_role("link", name="Back to the board"))
    page.keyboard.press("Enter")

    expect(page.get_by_role("rowheader")).to_have_count(3)
    expect(page.get_by_role("combobox", name="State")).to_have_value("handed_in")
    assert page.url.partition("?")[0] == chosen.partition("?")[0]


def test_the_board_needs_no_script(launch: Show, running: RunningTool) -> None:
    launch(sub="trainee-9", name="Zoe").close()
    without = running.browser_of_a_person(java_script_enabled=False)
    page = launch(without, sub="trainer", name="Trainer", role=Role.TRAINER)
    page.get_by_role("link", name="The board").click()

    page.get_by_role("textbox", name="Name").fill("nobody")
    page.get_by_role("button", name="Show").click()

    expect(page.get_by_text("There is nothing here for what you chose.")).to_be_visible()
