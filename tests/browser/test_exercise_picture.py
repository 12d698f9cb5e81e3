"""The canvas is a picture: what it weighs, and that the whole can be seen."""

import pytest
from playwright.sync_api import Page, expect

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.exercises import owners, store
from lti_tool.exercises.store import WorkspaceKey
from lti_tool.lti.tables import LaunchRow
from tests.browser.conftest import Show
from tests.browser.exercise_page import alive
from tests.browser.right_to_left import TURNED
from tests.browser.running_tool import RunningTool, elsewhere
from tests.lti_tool.exercises import sample

BEFORE = 1_506 + 24 * 9 * 3
"""Elements that the page of the sample had as a wall of fields, with nine boxes more on each note than it had then."""
COVERED = """() => {
  const focused = document.activeElement;
  if (focused === document.body) return "";
  const shown = focused.querySelector("bdi, span:not(.unseen)") ?? focused;
  const [box] = shown.getClientRects(); // of a link in two lines the first
  const [x, y] = [box.left + Math.min(box.width, 20) / 2, box.top + Math.min(box.height, 20) / 2];
  return focused.contains(document.elementFromPoint(x, y)) ? "" : focused.outerHTML.slice(0, 200);
}"""
"""What has the focus, if something else covers it."""


@pytest.fixture
def picture(running: RunningTool, launch: Show) -> Page:
    """Show the sample of 24 notes."""
    page = launch(activity=f"exercise/{sample.EXERCISE}")
    elsewhere(lambda: fill(running, page.url.split("/l/")[1].split("/")[0]))
    page.reload()
    return alive(page)


def fill(running: RunningTool, launch_id: str) -> None:
    with running.app.app_context():
        launch = db.session.get_one(LaunchRow, launch_id)
        key = WorkspaceKey(course_id=launch.course_id, exercise=sample.EXERCISE, owner=owners.person(launch.person_id))
        exercise = running.app.extensions["curriculum"].exercise(sample.EXERCISE)
        store.save(key, exercise, sample.drafts(), now(), author_id=launch.person_id)
        db.session.commit()


def test_the_sample_has_less_than_half_of_the_elements_of_a_wall_of_fields(picture: Page) -> None:
    expect(picture.locator("[data-part=matrix] [data-note]")).to_have_count(24)

    assert picture.evaluate("document.querySelectorAll('*').length") < BEFORE / 2


def test_on_a_phone_one_row_is_shown_at_a_time_under_an_overview(picture: Page) -> None:
    picture.set_viewport_size({"width": 390, "height": 844})
    shown = picture.locator("[data-part=matrix] .row:visible")
    expect(shown).to_have_count(1)

    picture.get_by_role("navigation", name="The whole at a glance").get_by_role("link", name="Leisure").click()

    expect(shown).to_have_count(1)
    expect(picture.locator("[data-part=matrix]").get_by_role("heading", name="Leisure")).to_be_focused()


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_nothing_covers_what_has_the_focus(picture: Page, size: tuple[int, int]) -> None:
    picture.set_viewport_size({"width": size[0], "height": size[1]})
    picture.emulate_media(reduced_motion="reduce")  # else the page is still on its way
    stops = picture.locator("a:visible, button:visible, summary:visible").count()

    covered = []
    for key in ["Tab"] * stops + ["Shift+Tab"] * stops:
        picture.keyboard.press(key)
        covered.append(str(picture.evaluate(COVERED)))

    assert [one for one in covered if one] == []


@pytest.mark.parametrize("width", [320, 390, 640, 760, 960])
@pytest.mark.parametrize("locale", ["en", "es", TURNED])
def test_no_page_scrolls_sideways(running: RunningTool, launch: Show, width: int, locale: str) -> None:
    narrow = running.browser_of_a_person(viewport={"width": width, "height": 800})
    page = alive(launch(narrow, locale=locale))

    page.locator("[data-add]:visible").first.click()

    assert page.evaluate("document.documentElement.scrollWidth") <= width


OVERLAPPING = """() => [...document.querySelectorAll(".row > .caption:has(.hint)")].filter((caption) => {
  const [title, hint] = [...caption.children].map((child) => child.getBoundingClientRect());
  return title.bottom > hint.top + 1;
}).map((caption) => caption.textContent.trim())"""
"""Captions of rows whose title stands on their hint."""


def test_no_caption_of_a_row_covers_its_hint_while_the_page_scrolls(picture: Page) -> None:
    picture.set_viewport_size({"width": 1280, "height": 800})

    for top in range(0, 1_600, 20):
        picture.evaluate("top => window.scrollTo(0, top)", top)

        assert picture.evaluate(OVERLAPPING) == []


BROKEN = """() => [...document.querySelectorAll(".overview a > span:first-child")]
  .filter((name) => name.offsetHeight > 1.6 * parseFloat(getComputedStyle(name).lineHeight))
  .map((name) => name.textContent)"""
"""Names of rows that need two lines."""


@pytest.mark.parametrize("width", [320, 360, 390, 412])
@pytest.mark.parametrize("locale", ["en", "es"])
def test_the_overview_on_a_phone_breaks_no_name(running: RunningTool, launch: Show, width: int, locale: str) -> None:
    phone = running.browser_of_a_person(viewport={"width": width, "height": 800})
    page = alive(launch(phone, locale=locale))

    for row in page.locator(".overview a").all():
        row.click()

        assert page.evaluate(BROKEN) == []


@pytest.mark.parametrize(("activity", "begins_at"), [("power-interest-map", "right"), ("sse-mapping", "left")])
def test_a_map_of_power_begins_where_one_reads_and_a_map_of_places_keeps_west_at_the_left(
    launch: Show, activity: str, begins_at: str
) -> None:
    page = launch(locale=TURNED, activity=f"exercise/{activity}")
    lowest, highest = (page.locator(f".map [data-at='{x}/1']").bounding_box() for x in (1, 5))

    assert lowest is not None
    assert highest is not None
    assert ("right" if lowest["x"] > highest["x"] else "left") == begins_at
