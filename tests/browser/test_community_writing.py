"""Writing in the community with lists, quotes, files and a look beforehand, in both directions and on a small phone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.community_page import arrived, open_post, write
from tests.browser.conftest import Show
from tests.browser.right_to_left import TURNED
from tests.browser.running_tool import RunningTool
from tests.lti_tool.exercises.photos.photographing import photo

WORDS = """# بنك الوقت

انظر https://example.org/time-bank، ثم اتصلوا على +34 612 345 678 الآن.

- واحد
- two

> Who knows?

```
time = bank
```
"""
FIELD = {"name": "Text", "exact": True}


def stands_before(page: Page, first: str, second: str) -> bool:
    """Tell whether one stretch of the number is drawn left of another one."""
    return bool(
        page.evaluate(
            """([first, second]) => {
              const text = document.querySelector('.words bdi[dir="ltr"]').firstChild;
              const left = (words) => {
                const range = document.createRange();
                range.setStart(text, text.data.indexOf(words));
                range.setEnd(text, text.data.indexOf(words) + words.length);
                return range.getBoundingClientRect().left;
              };
              return left(first) < left(second);
            }""",
            [first, second],
        )
    )


def visit_everything(page: Page) -> Iterator[str]:
    """Show one page after the other, everything in them open."""
    thread = page.url
    page.get_by_role("link", name="Quote in a reply").first.click()
    opened(page)
    yield "thread with a quote"
    page.get_by_role("button", name="Show how it looks").click()
    opened(page)
    yield "preview"
    page.get_by_role("link", name="Notes on a wall").click()
    expect(page.get_by_role("heading", level=1, name="wall.jpg")).to_be_visible()
    yield "picture"
    page.goto(thread)
    page.get_by_role("link", name="Changed: ").click()
    opened(page)
    yield "what was changed"
    page.goto(thread)
    page.get_by_role("link", name="Change", exact=True).click()
    opened(page)
    yield "form with files"


def opened(page: Page) -> None:
    page.wait_for_load_state()
    page.evaluate("document.querySelectorAll('details').forEach((box) => (box.open = true))")


@pytest.mark.parametrize("locale", ["en", TURNED])
def test_writing_is_for_everybody(running: RunningTool, enter: Show, tmp_path: Path, locale: str) -> None:
    (tmp_path / "wall.png").write_bytes(photo(kind="PNG"))
    page = enter("Ana", running.browser_of_a_person(), locale=locale)
    write(page, text=WORDS)
    page.get_by_text("Files and pictures").click()
    page.get_by_label("File 1").set_input_files(tmp_path / "wall.png")
    page.get_by_label("If it is a picture").first.fill("Notes on a wall")
    page.get_by_role("button", name="Publish").click()
    arrived(page, "Who knows a time bank?")
    expect(page.get_by_role("img", name="Notes on a wall")).to_be_visible()
    assert stands_before(page, "+34", "678")
    page.get_by_role("link", name="Change", exact=True).click()
    page.get_by_role("textbox", **FIELD).fill(WORDS + "\nMore words.")  # type: ignore[arg-type]  # a name and a truth
    page.get_by_role("button", name="Save the changes").click()
    arrived(page, "Who knows a time bank?")

    for shown in visit_everything(page):
        results = Axe().run(page)
        assert results.violations_count == 0, f"{shown}: {results.generate_report()}"
        page.set_viewport_size({"width": 320, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, shown
        page.set_viewport_size({"width": 1280, "height": 800})


def test_a_quote_goes_behind_what_was_written_before(running: RunningTool, enter: Show) -> None:
    profile = running.browser_of_a_person()
    page = enter("Ana", profile)
    write(page)
    page.get_by_role("button", name="Publish").click()
    arrived(page, "Who knows a time bank?")
    field = page.get_by_role("textbox", **FIELD)  # type: ignore[arg-type]  # a name and a truth
    field.fill("I begin to answer")

    for _ in range(2):
        page.get_by_role("link", name="Quote in a reply").click()
        page.wait_for_load_state()
        expect(field).to_have_value("I begin to answer\n\n> **Ana:**\n>\n> We begin one.\n\n")

    page.get_by_role("button", name="Reply", exact=True).click()
    expect(page.locator(".reply blockquote")).to_have_text("Ana: We begin one.", use_inner_text=True)
    open_again = enter("Ana", profile)
    open_post(open_again)
    expect(open_again.get_by_role("textbox", **FIELD)).to_have_value("")  # type: ignore[arg-type]  # as above
