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


@pytest.mark.parametrize(
    ("source", "language", "html"),
    [
        ("- Lewin, **Action**, 1946.", "ar", "<li><bdi>Lewin, <strong>Action</strong>, 1946.</bdi></li>"),
        ("- كورت ليفين، Action Research, 1946.", "ar", "<li>كورت ليفين، Action Research, 1946.</li>"),
        ("- 3 + 5", "ar", "<li>3 + 5</li>"),
        ("- Action Research, 1946.", "el", "<li>Action Research, 1946.</li>"),
        ("- كورت.", "en", "<li><bdi>كورت.</bdi></li>"),
    ],
)
def test_a_line_that_runs_against_its_text_keeps_its_full_stop_at_its_end(
    source: str, language: str, html: str
) -> None:
    assert html in commonmark.render(source, language=language)


def test_another_activity_of_the_course_is_gone_to_by_moodles_page(sqlite_enter: Enter) -> None:
    for link in ("41", "42"):
        sqlite_enter(activity="exercise/needs-matrix", link=link)

    page = sqlite_enter(activity=UNIT, locale="en").get().text

    address = "http://localhost:8100/mod/lti/view.php?l=42"
    assert f'<a href="{address}" target="_blank" rel="noopener">Needs matrix</a>' in page


@pytest.mark.parametrize(
    "other", [{"link": "x&l=2"}, {"link": "1\u0661"}, {"link": "42", "course": "another"}, {"activity": "community"}]
)
def test_what_moodle_has_no_page_of_here_is_only_named(sqlite_enter: Enter, other: dict[str, str]) -> None:
    sqlite_enter(**{"activity": "exercise/needs-matrix", **other})

    assert "<cite>Needs matrix</cite>" in sqlite_enter(activity=UNIT, locale="en").get().text


def test_the_contents_lead_to_the_headings(sqlite_enter: Enter) -> None:
    page = sqlite_enter(activity=UNIT, locale="en").get().text

    listed = re.findall(r'<li><a href="#(section-\d+)">([^<]+)</a></li>', page)
    assert listed[:2] == [("section-1", "Nine needs"), ("section-2", "Needs, satisfiers and goods")]
    assert re.findall(r'<h2 id="(section-\d+)">([^<]+)</h2>', page) == listed
