"""No text makes a page do anything: what is left of it has few elements, fewer attributes, and no way to a script."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.community.writing.markdown import TAGS, render

ALLOWED = {
    "dir": re.compile("ltr|rtl|auto"),
    "start": re.compile(r"\d+"),
    "href": re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE),
    "target": re.compile("_blank"),
    "rel": re.compile("nofollow noopener ugc"),
}
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<style>*{display:none}</style>",
    '<a href="javascript:alert(1)">x</a>',
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](java&#x0A;script:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x]( javascript:alert(1) 'onclick=alert(1)')",
    "[x][y]\n\n[y]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "![x](data:image/svg+xml;base64,PHN2Zz4=)",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](vbscript:msgbox)",
    "[x](https://a.org/\" onmouseover=\"alert(1))",
    "[x](https://a.org 'a\" onmouseover=\"alert(1)')",
    "https://a.org/\"onmouseover='alert(1)'",
    "![\"onerror=\"alert(1)](https://a.org/x.png)",
    "![x](https://a.org/\"onerror=\"alert(1))",
    "```\"><script>alert(1)</script>\nx\n```",
    "`<script>`",
    "<!--<img src=\"--><img src=x onerror=alert(1)//\">",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<form action=/l/1/community><button>x",
    "<base href=https://a.org>",
    "<meta http-equiv=refresh content=0>",
    "</div></article><h1>x</h1>",
    "[x](https://a.org)<style>",
    "<pre><pre onclick=alert(1)>",
    "[[x](https://a.org)](javascript:x)",
    "\u202e[x](https://a.org)\u2066",
]  # fmt: skip
ANYTHING = st.lists(
    st.one_of(st.sampled_from(HOSTILE), st.text(max_size=20), st.sampled_from("<>[]()!&;:\"'`#*_\\\n> -"))
)


class Elements(HTMLParser):
    """Reads a page as leniently as browsers do, and insists on what may be in it."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS
        for name, value in attrs:
            assert ALLOWED[name].fullmatch(value or ""), (tag, name, value)
        if tag == "a":
            assert {"href", "target", "rel"} <= {name for name, _ in attrs}

    def handle_endtag(self, tag: str) -> None:
        assert tag in TAGS

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


def insist(html: str) -> None:
    reader = Elements()
    reader.feed(html)
    reader.close()


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_words(text: str) -> None:
    insist(render(text))


@given(ANYTHING.map("".join))
def test_no_text_at_all_is_more_than_words(text: str) -> None:
    insist(render(text))


@given(st.text(alphabet=st.characters(categories=["L", "N", "Zs"], include_characters=" ,;\n"), max_size=200))
def test_no_letter_of_a_plain_text_is_lost(text: str) -> None:
    shown = unescape(re.sub("<[^>]*>", "", render(text)))

    assert "".join(shown.split()) == "".join(text.split())


@given(st.lists(st.text(alphabet="abcאبγ", min_size=1), min_size=1).map("\n".join))
def test_every_line_of_a_plain_text_stays_a_line(text: str) -> None:
    assert re.sub("</?p[^>]*>", "", render(text)).strip().split("<br>\n") == text.split("\n")
