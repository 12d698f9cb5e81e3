"""CommonMark from the curriculum as HTML for a page."""

from collections.abc import MutableMapping, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from markupsafe import Markup


def _open_link(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, _env: MutableMapping[str, Any]
) -> str:
    """Open links in a tab of their own: most sites refuse to be shown inside Moodle's frame."""
    tokens[index].attrSet("target", "_blank")
    tokens[index].attrSet("rel", "noopener")
    return renderer.renderToken(tokens, index, options, {})


_PARSER = MarkdownIt("commonmark", {"html": False})
_PARSER.add_render_rule("link_open", _open_link)


def render(source: str) -> Markup:
    """Turn CommonMark into HTML; HTML in the source is shown as text."""
    return Markup(_PARSER.render(source))  # noqa: S704 - the parser escapes all that it didn't make itself
