"""Somebody looks up what is kept about them, in both directions, and fetches their copy."""

from pathlib import Path
from zipfile import ZipFile

from playwright.sync_api import expect

from tests.browser.accessibility import accessible
from tests.browser.community_page import publish
from tests.browser.conftest import Show
from tests.browser.right_to_left import TURNED
from tests.browser.running_tool import RunningTool


def test_from_the_community_one_comes_to_what_is_kept_and_gets_a_copy(
    running: RunningTool, enter: Show, locale: str, tmp_path: Path
) -> None:
    page = enter("Ana", running.browser_of_a_person(), sub=f"ana-{locale}", locale=locale)
    publish(page)

    page.locator(".foot a").click()

    expect(page.locator("html")).to_have_attribute("dir", "rtl" if locale == TURNED else "ltr")
    expect(page.locator("#kept-posts dd").first).to_have_text("1")
    with page.expect_download() as download:
        page.locator("main .button").click()
    download.value.save_as(tmp_path / "kept.zip")
    with ZipFile(tmp_path / "kept.zip") as archive:
        assert b"Who knows a time bank?" in archive.read("kept.json")
    page.evaluate("document.querySelectorAll('details').forEach((box) => (box.open = true))")
    assert accessible(page)
