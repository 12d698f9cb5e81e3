"""Whoever reads a page in a language to its end: what is folded away on it, named or kept for later as well."""

import os
from pathlib import Path

from playwright.sync_api import Page

from content.text import direction
from tests.browser.tongue import Tongue

PICTURES = os.environ.get("PICTURES")
"""A folder for pictures of every page that is read, to be looked at."""
SIZES = {"laptop": {"width": 1280, "height": 800}, "phone": {"width": 390, "height": 844}}

TOLD = """() => {
  const NAMED = "em, code, .sources, script, style";
  const ATTRIBUTES = ["aria-label", "title", "placeholder", "alt"];
  const told = [];
  const isWords = ({name, value}) => name.startsWith("data-") && value.includes(" ") && !/^[[{]/.test(value);
  const hasWords = element => [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
  const wordsOf = element => {
    const copy = element.cloneNode(true);
    for (const one of copy.querySelectorAll(NAMED)) one.remove();
    return copy.textContent;
  };
  const ofScript = text => JSON.parse(text, (_, value) => (typeof value === "string" && told.push(value), value));
  const visit = element => {
    for (const one of element.attributes) if (ATTRIBUTES.includes(one.name) || isWords(one)) told.push(one.value);
    if (element.matches("script[type='application/json']")) ofScript(element.textContent);
    else if (!element.closest(NAMED) && hasWords(element)) told.push(wordsOf(element));
    if (element.localName === "template") for (const one of element.content.querySelectorAll("*")) visit(one);
  };
  for (const element of document.querySelectorAll("*")) visit(element);
  return told;
}"""
"""All that a page says, but titles of books and addresses, which keep their language."""


class Reader:
    """Somebody who meets no English on the way."""

    def __init__(self, tongue: Tongue) -> None:
        self._tongue = tongue
        self._pages = 0

    def read(self, page: Page) -> Page:
        """Insist that a page is in this language from its root to its last word; give it."""
        code = self._tongue.code
        root = page.locator("html")
        assert (root.get_attribute("lang"), root.get_attribute("dir")) == (code.replace("_", "-"), direction(code))
        english = self._tongue.english_on(page.evaluate(TOLD))
        assert english == [], (page.url, english)
        if PICTURES:
            self._picture(page, Path(PICTURES))
        return page

    def _picture(self, page: Page, folder: Path) -> None:
        self._pages += 1
        before = page.viewport_size
        for name, size in SIZES.items():
            page.set_viewport_size(size)  # type: ignore[arg-type]
            page.screenshot(
                path=folder / f"{self._tongue.code}-{self._pages:02}-{name}.png", full_page=True, timeout=60_000
            )
        page.set_viewport_size(before)  # type: ignore[arg-type]
