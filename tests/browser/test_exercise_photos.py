"""Photos of the wall with the page's script: made smaller before they are sent, and seen by others as they come."""

import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, Request, expect

from lti_tool.exercises.modes import Mode
from lti_tool.lti.roles import Role
from tests.browser.accessibility import accessible
from tests.browser.conftest import Show
from tests.browser.exercise_page import alive
from tests.browser.running_tool import RunningTool, elsewhere
from tests.lti_tool.entering import enter_course
from tests.lti_tool.exercises.grouping import arrange

SAVED = "It is saved."
FAILED = "It has not arrived at the server."


@pytest.fixture
def wall(tmp_path: Path) -> Path:
    """Give a photo as a phone takes it: some megabytes."""
    path = tmp_path / "wall.jpg"
    Image.effect_noise((3000, 2000), 60).convert("RGB").save(path, quality=90)
    assert path.stat().st_size > 2_000_000
    return path


def choose(page: Page, photo: Path, words: str = "") -> None:
    page.get_by_label("Choose a photo, or take one").set_input_files(photo)
    page.get_by_label("What is to be seen on it, for those who can't see it").fill(words)


def press(page: Page) -> None:
    page.get_by_role("button", name="Add the photo").click()


def opened(page: Page) -> Page:
    alive(page).locator("summary", has_text="Photos of the wall").click()
    return page


def test_it_is_made_smaller_before_it_is_sent_and_is_there_without_leaving_the_page(launch: Show, wall: Path) -> None:
    page = opened(launch())
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    choose(page, wall, "Seven rows")

    press(page)

    expect(page.locator("[data-photo-says]")).to_have_text(SAVED)
    expect(page.get_by_role("link", name="Seven rows")).to_be_visible()
    (request,) = [one for one in sent if one.url.endswith("/exercise/photos")]
    assert len(request.post_data_buffer or b"") < wall.stat().st_size / 2
    page.get_by_text("Change or remove").click()
    page.get_by_role("button", name="Remove this photo").click()
    expect(page.locator("[data-photo]")).to_have_count(0)


def test_without_a_line_it_stays_chosen_and_is_sent_again(launch: Show, wall: Path) -> None:
    page = opened(launch())
    choose(page, wall)
    page.route(re.compile(r"/exercise/photos"), lambda route: route.abort())
    press(page)
    expect(page.locator("[data-photo-says]")).to_contain_text(FAILED)

    page.unroute(re.compile(r"/exercise/photos"))
    press(page)

    expect(page.locator("[data-photo]")).to_have_count(1)


def test_others_see_it_come_while_they_write(running: RunningTool, launch: Show, wall: Path) -> None:
    trainer = elsewhere(lambda: enter_course(running.app, course="photos", sub="trainer", role=Role.TRAINER))
    elsewhere(lambda: arrange(running.app, trainer.course_id, mode=Mode.COURSE))
    ana, ben = (launch(course="photos", sub=name, name=name) for name in ("Ana", "Ben"))
    alive(ben)
    choose(opened(ana), wall, "Seven rows")

    press(ana)

    expect(ben.get_by_role("link", name="Seven rows")).to_be_visible()


def test_everybody_can_use_it(launch: Show, wall: Path, locale: str) -> None:
    page = opened(launch(locale=locale))
    choose(page, wall)
    press(page)
    expect(page.locator("[data-photo]")).to_have_count(1)
    page.get_by_text("Change or remove").click()

    assert accessible(page)
    page.locator(".photo").click()
    expect(page.get_by_role("heading", name="Photo of the wall")).to_be_visible()
    assert accessible(page)
