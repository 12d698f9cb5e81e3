"""What people write, CommonMark or plain, as HTML that can do nothing but be read: pure.

Two guards stand one behind the other: the parser lets no HTML through, and what it makes is cleaned as if it were a
stranger's. A line break stays one, and neither four spaces nor a row of dashes below a line mean anything: who writes
them mostly means what is to be seen.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup

from lti_tool.community.writing.links import Addresses, can_be_followed
from lti_tool.community.writing.numbers import stretches

BELOW_TITLE, BELOW_SECTION = 2, 3
"""The levels of people's own first headings, by what of the page stands above them."""
LAST_HEADING = 6
DEEPEST = 100
"""Levels of lists and quotes within one another; what is deeper is not shown."""
BLOCKS = frozenset({"paragraph_open", "heading_open"})
AROUND = frozenset({"bullet_list_open", "ordered_list_open", "blockquote_open"})
"""Blocks that hold others: a browser doesn't look into those for their direction."""
BARE = frozenset({"linkify", "autolink"})
"""Links that show nothing but their address."""
TURNED = frozenset({"R", "AL"})
WRITTEN = frozenset({"p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "pre", "code", "a", "bdi"})
TAGS = WRITTEN | {"li", "em", "strong", "br", "hr"}

MOST_BRACKETS = 500
"""Looking for the end of a link costs a walk through the rest of the text: where there are more, none is looked for."""
OPTIONS = {"html": False, "linkify": True, "breaks": True, "xhtmlOut": False, "maxNesting": DEEPEST}


class _Parser(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
        return can_be_followed(url)


def _parser(*unknown: str) -> MarkdownIt:
    parser = _Parser("commonmark", OPTIONS).enable("linkify").disable(["code", "lheading", *unknown])
    parser.linkify = Addresses()
    return parser


_RENDERER = RendererHTML()
_PARSER, _WITHOUT_BRACKETS = _parser(), _parser("link", "image", "reference")
_CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    attributes={"*": set(), "a": {"href"}, "ol": {"start"}},
    tag_attribute_values={tag: {"dir": {"ltr", "rtl", "auto"}} for tag in WRITTEN},
    set_tag_attribute_values={"a": {"target": "_blank"}},
    link_rel="nofollow noopener ugc",
    url_schemes={"http", "https", "mailto"},
    url_relative="deny",
)


@lru_cache(maxsize=256)
def render(text: str, first: int = BELOW_SECTION) -> Markup:
    """Turn a text into HTML, in which every block finds its own direction and nothing is loaded from elsewhere.

    `first` is the level of its first headings.
    """
    tokens = (_PARSER if text.count("[") <= MOST_BRACKETS else _WITHOUT_BRACKETS).parse(text)
    _lower_headings(tokens, first)
    for index, token in enumerate(tokens):
        if token.type in BLOCKS:
            token.attrSet("dir", "auto")
        elif token.type in AROUND:
            token.attrSet("dir", _direction(_inside(tokens, index)))
        elif token.type == "fence":
            token.type, token.tag = "code_block", "code"
        elif token.type == "inline":
            token.children = _inline(token.children or [], is_bare=tokens[index - 1].hidden)
    made = _RENDERER.render(tokens, _PARSER.options, {})
    return Markup(_CLEANER.clean(made.replace("<pre>", '<pre dir="ltr">')))  # noqa: S704 - it is clean


# Blocks


def _lower_headings(tokens: Sequence[Token], first: int) -> None:
    """Put the headings of a text below the page's own, without a gap between their levels."""
    headings = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    levels = sorted({token.tag for token in headings})
    for token in headings:
        token.tag = f"h{min(first + levels.index(token.tag), LAST_HEADING)}"


def _inside(tokens: Sequence[Token], index: int) -> Iterator[str]:
    """Give the texts in a block that holds others."""
    for token in tokens[index + 1 :]:
        if token.level == tokens[index].level:
            return
        if token.type == "inline":
            yield token.content


def _direction(texts: Iterable[str]) -> str:
    """Find a direction as a browser does: the first letter that has one."""
    sides = (unicodedata.bidirectional(letter) for text in texts for letter in text)
    first = next((side for side in sides if side == "L" or side in TURNED), "L")
    return "rtl" if first in TURNED else "ltr"


# Words


def _inline(children: Sequence[Token], *, is_bare: bool) -> list[Token]:
    """Write out the words of a block; `is_bare` where no paragraph stands around them, as in a list."""
    found = list(_words(children))
    return [Token("bdi_open", "bdi", 1), *found, Token("bdi_close", "bdi", -1)] if is_bare else found


def _words(children: Sequence[Token]) -> Iterator[Token]:
    link: Token | None = None
    for token in children:
        if token.type == "link_open":
            link = token
            token.attrSet("dir", "ltr" if token.markup in BARE else "auto")
        elif token.type == "link_close":
            link = None
        if token.type == "image":
            yield from _picture(token, is_in_link=link is not None)
        elif token.type == "text" and not (link and link.markup in BARE):
            yield from _numbered(token.content)
        else:
            if token.type == "code_inline":
                token.attrSet("dir", "ltr")
            yield token


def _picture(token: Token, *, is_in_link: bool) -> Iterator[Token]:
    """Show what a picture from elsewhere is said to show, with the way to it, and never the picture."""
    address = str(token.attrGet("src") or "")
    words = _RENDERER.renderInlineAsText(token.children or [], _PARSER.options, {})
    if is_in_link or not address:
        yield Token("text", "", 0, content=words)
        return
    yield Token("link_open", "a", 1, attrs={"href": address, "dir": "auto" if words.strip() else "ltr"})
    yield Token("text", "", 0, content=words if words.strip() else address)
    yield Token("link_close", "a", -1)


def _numbered(text: str) -> Iterator[Token]:
    for stretch in stretches(text):
        words = Token("text", "", 0, content=stretch.text)
        if stretch.is_number:
            yield from (Token("bdi_open", "bdi", 1, attrs={"dir": "ltr"}), words, Token("bdi_close", "bdi", -1))
        else:
            yield words
