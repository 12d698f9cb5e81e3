"""Work becomes a file: asked for with a press, waited for with and without script, downloaded in Moodle's frame too."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Frame, Page, expect

from tests.browser.accessibility import accessible
from tests.browser.conftest import Show
from tests.browser.framing import in_a_frame
from tests.browser.running_tool import RunningTool, elsewhere
from tests.lti_tool.entering import enter_course
from tests.lti_tool.exercises.writing import new_id, write
from tests.lti_tool.exports.exporting import work
from tests.lti_tool.exports.paper import words_of


@pytest.fixture(autouse=True)
def written(running: RunningTool, request: pytest.FixtureRequest, issuer: str) -> Iterator[None]:
    """Let the trainee have written something, here and at the platform that shows it in a frame."""

    def prepare() -> None:
        for site in ({}, {"issuer": issuer}):
            author = enter_course(running.app, course=request.node.name, sub="trainee", **site)  # type: ignore[arg-type]  # only texts
            write(author, new_id(), "A well & a pump")

    elsewhere(prepare)
    yield
    elsewhere(lambda: work(running.app))  # nobody waits for what a test left


def ask(page: Page | Frame) -> None:
    """Ask for a PDF of what a canvas holds."""
    page.get_by_role("link", name="This work as a file").click()
    page.get_by_role("button", name="PDF").click()
    expect(page.get_by_role("progressbar")).to_be_visible()


def downloaded(page: Page, shown: Page | Frame, folder: Path) -> str:
    """Download the file and give what it says."""
    with page.expect_download() as coming:
        shown.get_by_role("link", name="Download").click()
    coming.value.save_as(folder / "made")
    assert coming.value.suggested_filename.endswith(".pdf")
    return words_of((folder / "made").read_bytes())


def test_the_page_shows_the_file_by_itself_once_it_is_made(launch: Show, running: RunningTool, tmp_path: Path) -> None:
    page = launch()
    ask(page)
    expect(page.get_by_role("progressbar", name="Waiting for its turn.")).to_be_visible()

    elsewhere(lambda: work(running.app))

    expect(page.get_by_text("The file is ready.")).to_be_visible(timeout=15_000)
    assert "A well & a pump" in downloaded(page, page, tmp_path)


def test_without_script_a_link_looks_again(launch: Show, running: RunningTool, tmp_path: Path) -> None:
    page = launch(running.browser_of_a_person(java_script_enabled=False))
    ask(page)
    elsewhere(lambda: work(running.app))

    page.get_by_role("link", name="Look again").click()

    assert "A well & a pump" in downloaded(page, page, tmp_path)


def test_in_moodles_frame_it_is_downloaded_too(
    launch: Show, profile: BrowserContext, issuer: str, running: RunningTool, tmp_path: Path
) -> None:
    page = launch(profile, issuer=issuer)
    frame = in_a_frame(page, profile, issuer)
    ask(frame)

    elsewhere(lambda: work(running.app))

    expect(frame.get_by_text("The file is ready.")).to_be_visible(timeout=15_000)
    assert "A well & a pump" in downloaded(page, frame, tmp_path)


def test_its_pages_are_for_everybody(launch: Show, running: RunningTool, locale: str) -> None:
    page = launch(locale=locale)
    page.locator("a[href$='/exports']").click()
    assert accessible(page)

    page.locator("button[name=form]").first.click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    assert accessible(page)

    elsewhere(lambda: work(running.app))
    page.reload()
    assert accessible(page)
