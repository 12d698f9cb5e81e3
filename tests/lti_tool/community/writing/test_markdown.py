"""What people write becomes HTML that reads as it was meant, in every direction."""

import re

import pytest

from lti_tool.community.writing.markdown import BELOW_TITLE, DEEPEST, render
from tests.lti_tool.reading import words_in

LINK = re.compile(r'<a href="([^"]*)" dir="(\w+)" target="_blank" rel="nofollow noopener ugc">(.*?)</a>')


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("one\ntwo", '<p dir="auto">one<br>\ntwo</p>'),
        ("one\n\n\ntwo", '<p dir="auto">one</p>\n<p dir="auto">two</p>'),
        ("**a** and *b*", '<p dir="auto"><strong>a</strong> and <em>b</em></p>'),
        ("- a\n- b", '<ul dir="ltr">\n<li><bdi>a</bdi></li>\n<li><bdi>b</bdi></li>\n</ul>'),
        ("3. a", '<ol start="3" dir="ltr">\n<li><bdi>a</bdi></li>\n</ol>'),
        ("> a", '<blockquote dir="ltr">\n<p dir="auto">a</p>\n</blockquote>'),
        ("a `b` c", '<p dir="auto">a <code dir="ltr">b</code> c</p>'),
        ("```js\n<b>\n```", '<pre dir="ltr"><code>&lt;b&gt;\n</code></pre>'),
        ("<b>x</b> <!-- y -->", '<p dir="auto">&lt;b&gt;x&lt;/b&gt; &lt;!-- y --&gt;</p>'),
    ],
)
def test_a_text_becomes_blocks(text: str, shown: str) -> None:
    assert render(text).strip() == shown


@pytest.mark.parametrize(
    "text", ["    four spaces", "words\n-----\nmore words", "words\n=====", "2 < 3 & 4 > 1", "a_b_c"]
)
def test_what_was_typed_as_plain_text_is_read_as_it_was_typed(text: str) -> None:
    shown = render(text)

    assert not re.search(r"<h\d|<pre|<em", shown)
    assert words_in(shown) == " ".join(text.replace("-----", "").split())


def test_headings_stand_below_the_pages_own_without_a_gap() -> None:
    assert re.findall("<(h.)", render("# a\n### b\n# c\n###### d")) == ["h3", "h4", "h3", "h5"]
    assert re.findall("<(h.)", render("#### a")) == ["h3"]
    assert re.findall("<(h.)", render("# a\n## b\n### c\n#### d\n##### e")) == ["h3", "h4", "h5", "h6", "h6"]
    assert re.findall("<(h.)", render("## a\n#### b", BELOW_TITLE)) == ["h2", "h3"]


# Addresses


@pytest.mark.parametrize(
    ("text", "address", "shown"),
    [
        ("(https://a.org/x)", "https://a.org/x", "(https://a.org/x)"),
        ("See https://a.org/x.", "https://a.org/x", "See https://a.org/x."),
        ("HTTP://a.org?q=1&r=2.", "HTTP://a.org?q=1&amp;r=2", "HTTP://a.org?q=1&r=2."),
        ("«https://a.org/ñ»", "https://a.org/%C3%B1", "«https://a.org/ñ»"),
        ("انظر https://a.org/x، ثم", "https://a.org/x", "انظر https://a.org/x، ثم"),
        ("<https://a.org>", "https://a.org", "https://a.org"),
        ("mailto:ana@a.org", "mailto:ana@a.org", "mailto:ana@a.org"),
        ('https://a.org/"><b>', "https://a.org/", 'https://a.org/"><b>'),
    ],
)
def test_an_address_becomes_a_link_that_reads_from_left_to_right(text: str, address: str, shown: str) -> None:
    [(href, direction, _)] = LINK.findall(render(text))

    assert (href, direction) == (address, "ltr")
    assert words_in(render(text)).replace(" ", "") == shown.replace(" ", "")


def test_a_link_with_words_finds_its_direction_by_them() -> None:
    assert LINK.findall(render('[بنك **الوقت**](https://a.org "title")')) == [
        ("https://a.org", "auto", "بنك <strong>الوقت</strong>")
    ]


@pytest.mark.parametrize(
    "text",
    ["javascript:alert(1)", "[a](/l/1/community)", "[a](//a.org)", "[a](data:text/html,x)", "ftp://a.org", "www.a.org",
     "[a](javascript&colon;x)", "<vbscript:x>", "ana@a.org", "https://...", "[a](#b)", "![a](file:///etc/passwd)"],
)  # fmt: skip
def test_nothing_else_becomes_a_link(text: str) -> None:
    assert "<a" not in render(text)


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("![a *wall*](https://b.org/x.png)", [("https://b.org/x.png", "auto", "a wall")]),
        ("![](https://b.org/x.png)", [("https://b.org/x.png", "ltr", "https://b.org/x.png")]),
        ("[![a wall](https://b.org/x.png)](https://c.org)", [("https://c.org", "auto", "a wall")]),
        ("![a][b]\n\n[b]: https://b.org", [("https://b.org", "auto", "a")]),
    ],
)
def test_a_picture_from_elsewhere_is_only_named(text: str, links: list[tuple[str, str, str]]) -> None:
    assert LINK.findall(render(text)) == links
    assert "<img" not in render(text)


# Directions


def test_what_holds_blocks_has_the_direction_of_its_first_letter() -> None:
    assert '<ul dir="rtl">' in render("- **1** بنك\n- bank")
    assert '<blockquote dir="rtl">' in render("> - بنك")
    assert '<ol dir="ltr">' in render("1. 12\n2. bank")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("اتصل على +34 612 345 678 الآن", "+34 612 345 678"),
        ("هاتف: (02) 2735-0123", "(02) 2735-0123"),
        ("هاتف ٠١٠ ١٢٣٤ ٥٦٧٨", "٠١٠ ١٢٣٤ ٥٦٧٨"),
        ("يوم 2026-12-01", "2026-12-01"),
        ("**+216 71 123 456**", "+216 71 123 456"),
    ],
)
def test_a_number_in_groups_reads_from_left_to_right(text: str, number: str) -> None:
    assert f'<bdi dir="ltr">{number}</bdi>' in render(text)


@pytest.mark.parametrize(
    "text", ["123456789", "10 000", "v1.2.3-4.5.6a", "`+34 612 345 678`", "https://a.org/12-34-56-78"]
)
def test_what_is_no_number_in_groups_stays(text: str) -> None:
    assert "<bdi" not in render(text)


# Strange texts


def test_brackets_without_end_are_words() -> None:
    assert words_in(render("[" * 10_000)) == "[" * 10_000
    assert "<a" in render("[a](https://a.org)" * 500)


def test_what_is_too_deep_is_left_out() -> None:
    assert "x" in render("> " * (DEEPEST - 10) + "x")
    assert "x" not in render("> " * (DEEPEST + 10) + "x")
