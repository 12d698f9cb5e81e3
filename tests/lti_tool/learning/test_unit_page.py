import re
from collections.abc import Callable

import pytest

from content.load import load
from lti_tool.learning import commonmark
from tests.lti_tool.entering import Client

Enter = Callable[..., Client]

UNIT = "unit/needs-and-satisfiers"
TEXTS = load().unit("needs-and-satisfiers").texts


@pytest.mark.parametrize(
    ("locale", "language"), [("en", "en"), ("en_us_k12", "en"), ("es", "es"), ("es_mx", "es"), ("sr_lt", "en")]
)
def test_a_unit_is_shown_in_the_persons_language(enter: Enter, locale: str, language: str) -> None:
    page = enter(activity=UNIT, locale=locale).get().text

    assert TEXTS[language].title in page
    assert f'<div class="prose" lang="{language}" dir="ltr">' in page


def test_a_unit_can_be_read_in_its_other_languages(enter: Enter) -> None:
    reader = enter(activity=UNIT, locale="en")

    link = re.search(r'<a href="([^"]+)" lang="es" hreflang="es" dir="ltr">español</a>', reader.get().text)

    assert link is not None
    assert TEXTS["es"].title in reader.browser.get(link[1]).text


def test_a_language_that_a_unit_does_not_have_gives_the_persons_own(enter: Enter) -> None:
    assert TEXTS["es"].title in enter(activity=UNIT, locale="es").get("?text=xx").text


def test_a_unit_tells_how_long_it_takes(enter: Enter) -> None:
    assert f"{load().unit('needs-and-satisfiers').minutes} minutes to read" in enter(activity=UNIT).get().text


def test_a_unit_that_left_the_curriculum_says_so(enter: Enter) -> None:
    answer = enter(activity="unit/gone").get()

    assert answer.status_code == 404
    assert "This activity is no longer part of the training. Tell your trainer." in answer.text


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("**bold**", "<p><strong>bold</strong></p>\n"),
        ("a <script>x</script>", "<p>a &lt;script&gt;x&lt;/script&gt;</p>\n"),
        ("[x](javascript:alert)", "<p>[x](javascript:alert)</p>\n"),
        (
            "[x](https://example.org)",
            '<p><a href="https://example.org" target="_blank" rel="noopener">x</a></p>\n',
        ),
    ],
)
def test_commonmark_becomes_html_that_holds_no_script(source: str, html: str) -> None:
    assert commonmark.render(source) == html
