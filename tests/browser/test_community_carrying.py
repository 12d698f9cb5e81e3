"""From a canvas to the community, in Arabic and on a small phone: ticked, looked at, changed and published."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import accessible
from tests.browser.conftest import Show
from tests.browser.exercise_page import answer_first
from tests.browser.running_tool import RunningTool
from tests.browser.tongue import Tongue

AR = Tongue("ar").says
ANSWER = "حيّنا فيه مطبخ مشترك يطبخ لأربعين شخصا كل يوم."
TITLE = "من يعرف كيف يُدار مطبخ مشترك؟"
MATRIX = "exercise/needs-matrix"


def for_everybody(page: Page) -> None:
    """Insist that the page is for everybody, with all that folds away in it open, on a laptop and on a small phone."""
    page.evaluate("document.querySelectorAll('details').forEach((box) => (box.open = true))")
    assert accessible(page)
    page.set_viewport_size({"width": 1280, "height": 800})


def test_an_arabic_trainee_brings_one_answer_to_the_community(
    running: RunningTool, enter: Show, request: pytest.FixtureRequest
) -> None:
    course = request.node.name
    reader = enter("Ben", course=course)
    page = running.open(sub="أمل", name="أمل", course=course, activity=MATRIX, locale="ar")
    answer_first(page, ANSWER)
    with page.expect_response(lambda answer: answer.request.method == "PUT"):
        page.locator("[data-do=done]:visible").click()
    page.reload()

    page.get_by_role("link", name=AR("Bring this to the community")).click()
    expect(page.get_by_role("checkbox", name=ANSWER)).not_to_be_checked()
    for_everybody(page)
    page.get_by_role("checkbox", name=ANSWER).check()
    page.get_by_role("button", name=AR("Show the post")).click()

    expect(page.locator(".preview .words")).to_contain_text(ANSWER)
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    for_everybody(page)
    page.get_by_label(AR("Title")).fill(TITLE)
    page.get_by_role("button", name=AR("Show how it looks")).click()
    expect(page.locator(".preview .title")).to_have_text(TITLE)
    page.get_by_role("button", name=AR("Publish")).click()

    expect(page.locator("#carried")).to_contain_text(TITLE)
    for_everybody(page)
    reader.reload()
    reader.get_by_role("link", name=TITLE).click()
    expect(reader.locator(".thread .words")).to_contain_text(ANSWER)
    expect(reader.locator(".thread")).to_contain_text("This grew out of an exercise")
    for_everybody(reader)
