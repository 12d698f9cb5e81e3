"""Pages weigh about the same in every language, as they come over the line: compressed, with all that they load."""

import gzip
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from lti_tool.i18n import SOURCE_LANGUAGE, find_languages
from lti_tool.lti.roles import Role
from tests.lti_tool.entering import Client

LANGUAGES = sorted(find_languages(SOURCE_LANGUAGE).codes - {SOURCE_LANGUAGE})
MORE = 1.1
"""How much more than in English is too much."""
LOADED = re.compile(r'(?:href|src)="(/static/[^"]+)"')
WORDS = re.compile(r'>[^<]+<|="[^"]* [^"]*"')
"""What is to be read in a page, and what says something in its attributes."""
EXERCISE: dict[str, Any] = {"activity": "exercise/needs-matrix"}
PAGES = {"exercise": EXERCISE, "list of work": {**EXERCISE, "role": Role.TRAINER}}
UNIT: dict[str, Any] = {"activity": "unit/needs-and-satisfiers"}


def packed(text: str) -> int:
    """Give how many bytes a text has, compressed as a proxy does it."""
    return len(gzip.compress(text.encode(), compresslevel=6))


def weight(app: Flask, html: str) -> int:
    """Give what a page weighs with all that it names to be loaded."""
    browser = app.test_client()
    return packed(html) + sum(packed(browser.get(address).text) for address in set(LOADED.findall(html)))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_weighs_little_more_than_in_english(
    sqlite_app: Flask, sqlite_enter: Callable[..., Client], page: str
) -> None:
    pages = {code: sqlite_enter(locale=code, **PAGES[page]).get().text for code in (SOURCE_LANGUAGE, *LANGUAGES)}

    weights = {code: weight(sqlite_app, html) for code, html in pages.items()}

    assert [code for code in LANGUAGES if weights[code] > MORE * weights[SOURCE_LANGUAGE]] == []


@pytest.mark.parametrize("given", [UNIT, EXERCISE], ids=["unit", "exercise"])
def test_only_what_there_is_to_read_weighs_more(sqlite_enter: Callable[..., Client], given: dict[str, Any]) -> None:
    """A unit is its text: Greek letters take two bytes each, and its words are longer."""
    pages = {code: sqlite_enter(locale=code, **given).get().text for code in (SOURCE_LANGUAGE, *LANGUAGES)}

    weights = {code: packed(WORDS.sub("", html)) for code, html in pages.items()}

    assert [code for code in LANGUAGES if weights[code] > MORE * weights[SOURCE_LANGUAGE]] == []
