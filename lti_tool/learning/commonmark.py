"""CommonMark from the curriculum as HTML for a page."""

import unicodedata
from collections.abc import Callable, MutableMapping, Sequence
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from markupsafe import Markup

from content.markdown import Block, activity_named, block_of
from content.text import FALLBACK, direction

Show = Callable[[Block], str | None]
"""Gives the HTML of a fenced block of its own kind; none where it is plain code."""
Resolve = Callable[[str], str | None]
"""Gives the address of an activity, such as `exercise/needs-matrix`, or none where it can't be gone to from here."""


class Heading(NamedTuple):
    """A heading of a text, and the id by which a link leads to it."""

    id: str
    words: str


def _open_link(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: MutableMapping[str, Any]
) -> str:
    """Open links in a tab of their own: most sites refuse to be shown inside Moodle's frame, and text may be open here.

    An activity that can't be gone to is only named.
    """
    token = tokens[index]
    activity = activity_named(str(token.attrGet("href") or ""))
    address = env["resolve"](activity) if activity else str(token.attrGet("href"))
    env["open"] = "a" if address else "cite"
    if address is None:
        return "<cite>"
    token.attrSet("href", address)
    token.attrSet("target", "_blank")
    token.attrSet("rel", "noopener")
    return renderer.renderToken(tokens, index, options, {})


def _close_link(
    _renderer: RendererHTML, _tokens: Sequence[Token], _index: int, _options: OptionsDict, env: MutableMapping[str, Any]
) -> str:
    return f"</{env['open']}>"


def _fence(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: MutableMapping[str, Any]
) -> str:
    block = block_of(tokens[index])
    shown: str | None = env["show"](block) if block else None
    return renderer.fence(tokens, index, options, env) if shown is None else shown


_PARSER = MarkdownIt("commonmark", {"html": False})
_PARSER.add_render_rule("link_open", _open_link)
_PARSER.add_render_rule("link_close", _close_link)
_PARSER.add_render_rule("fence", _fence)


def render(
    source: str,
    resolve: Resolve = lambda _activity: None,
    show: Show = lambda _block: None,
    language: str = FALLBACK,
) -> Markup:
    """Turn CommonMark of a language into HTML; HTML in the source is shown as text."""
    env: dict[str, Any] = {"resolve": resolve, "show": show}
    tokens = _PARSER.parse(source, env)
    for number, token in enumerate(_headings(tokens), start=1):
        token.attrSet("id", f"section-{number}")
    for token in tokens:
        if token.children and _runs_the_other_way(token.content, language):
            token.children = [Token("bdi_open", "bdi", 1), *token.children, Token("bdi_close", "bdi", -1)]
    return Markup(_PARSER.renderer.render(tokens, _PARSER.options, env))  # noqa: S704 - it escapes all that it didn't make


def _runs_the_other_way(words: str, language: str) -> bool:
    """Tell whether all letters of a paragraph run against its language, as those of a book's title may."""
    sides = {unicodedata.bidirectional(letter) for letter in words} & {"L", "R", "AL"}
    return bool(sides) and sides.isdisjoint({"L"} if direction(language) == "ltr" else {"R", "AL"})


def contents(source: str) -> list[Heading]:
    """List the headings of a text, as `render` names them."""
    tokens = _PARSER.parse(source, {})
    places = [index for index, token in enumerate(tokens) if _is_heading(token)]
    return [
        Heading(f"section-{number}", "".join(child.content for child in tokens[index + 1].children or []))
        for number, index in enumerate(places, start=1)
    ]


def _headings(tokens: Sequence[Token]) -> list[Token]:
    return [token for token in tokens if _is_heading(token)]


def _is_heading(token: Token) -> bool:
    return token.type == "heading_open" and token.tag == "h2"
