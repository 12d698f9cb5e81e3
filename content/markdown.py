"""CommonMark: a unit's title, lead and body, and the HTML that must not be in any of it."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from content.model import UnitText
from content.problem import ContentError, Problem
from content.source import fit

PARSER = MarkdownIt("commonmark")
ACTIVITY_SCHEMES = ("unit:", "exercise:")
"""A link may lead to an activity of the curriculum: `exercise:needs-matrix`."""
QUESTION = "question"
"""The kind of block in which a unit asks its readers something that they answer for themselves."""
DIAGRAM = "diagram"
"""The kind of block that holds a diagram's words, as YAML."""
WORDS = frozenset({"text", "softbreak", "hardbreak"})


def parse_unit(file: str, source: str) -> UnitText:
    """Take a unit's text apart: `# Title`, one paragraph as the lead, the body.

    Title and lead are plain text, since lists show them too.
    """
    head = PARSER.parse("\n\n".join(source.split("\n\n")[:2]))
    if not _is_plainly_right(source, head):
        head = PARSER.parse(source)
        problems = [Problem(file, *finding) for finding in (*_head_problems(head), *_body_problems(head))]
        if problems:
            raise ContentError(problems)
    return fit(file, {"title": _words(head[1]), "lead": _words(head[4]), "body": _body(source, head)}, UnitText)


def activity_named(href: str) -> str | None:
    """Say which activity a link leads to, such as `exercise/needs-matrix`; nothing where it leads elsewhere."""
    return href.replace(":", "/", 1) if href.startswith(ACTIVITY_SCHEMES) else None


def activities_in(source: str) -> Iterator[tuple[int, str]]:
    """Find the activities to which CommonMark links, with the line of each, from 1."""
    if any(scheme in source for scheme in ACTIVITY_SCHEMES):
        yield from _found_in(source).activities


class Block(NamedTuple):
    """A fenced block of a kind that pages show in their own way, with its name."""

    kind: str
    name: str
    text: str
    line: int
    """From 1."""


class _Found(NamedTuple):
    """What checks look for in a text; every line is from 1."""

    activities: tuple[tuple[int, str], ...]
    blocks: tuple[Block, ...]
    titles: tuple[int, ...]
    html: tuple[int, ...]


@lru_cache(maxsize=256)
def _found_in(source: str) -> _Found:
    """Look once for all who ask: every text of a unit is asked about several times while a program starts."""
    tokens = PARSER.parse(source)
    return _Found(
        activities=tuple(_activities(tokens)),
        blocks=tuple(filter(None, (block_of(token) for token in tokens if token.type == "fence"))),
        titles=tuple(_line(token) for token in tokens if _is_title(token)),
        html=tuple(_line(token) for token in tokens if _has_html(token)),
    )


def _activities(tokens: list[Token]) -> Iterator[tuple[int, str]]:
    for token in tokens:
        for child in token.children or []:
            activity = activity_named(str(child.attrGet("href") or "")) if child.type == "link_open" else None
            if activity:
                yield _line(token), activity


def blocks_in(source: str) -> Iterator[Block]:
    """Find the fenced blocks that say a kind, and a name after it."""
    yield from _found_in(source).blocks


def block_of(fence: Token) -> Block | None:
    """Read what a fenced block is; nothing where it says no kind."""
    kind, _, name = fence.info.strip().partition(" ")
    return Block(kind, name.strip(), fence.content, _line(fence)) if kind else None


def html_lines(source: str) -> list[int]:
    """Find raw HTML in CommonMark: the first line, from 1, of each block that has some."""
    return list(_found_in(source).html) if "<" in source else []


def _head_problems(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    types = [token.type for token in tokens[:6:3]]
    if types[:1] != ["heading_open"] or not _is_title(tokens[0]) or _line(tokens[0]) != 1:
        yield "title", "must be the first line: write `# Title` there"
    elif not _is_plain(tokens[1]):
        yield "title", "must be plain text: remove the markup"
    elif types[1:] != ["paragraph_open"]:
        yield "lead", "must follow the title: write a paragraph that says what the unit is about"
    elif not _is_plain(tokens[4]):
        yield "lead", "must be plain text: remove the markup"


def _body_problems(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    for token in tokens[1:]:
        if _is_title(token):
            yield "body", f"line {_line(token)}: a page has one title: write `##` for a heading"
        if _has_html(token):
            yield "body", f"line {_line(token)}: HTML isn't allowed: write it in CommonMark"


def _is_plainly_right(source: str, head: list[Token]) -> bool:
    """Tell whether head and body, which are cheaper to read apart, have nothing wrong in them and mean the same so.

    Others are read as a whole: a link's address may stand elsewhere, and a text loses the spaces that it begins with.
    """
    if any(_head_problems(head)) or any(_body_problems(head)) or any("[" in token.content for token in head[:6]):
        return False
    body = _body(source, head).strip()
    found = _found_in(body)
    return not found.titles and not found.html and body == _body(source, head).strip("\n")


def _body(source: str, head: list[Token]) -> str:
    """Give what stands after the lead."""
    end_of_lead = head[3].map[1] if head[3].map else 0
    return "\n".join(source.split("\n")[end_of_lead:])


def _is_title(token: Token) -> bool:
    return token.type == "heading_open" and token.tag == "h1"


def _has_html(token: Token) -> bool:
    return token.type == "html_block" or any(child.type == "html_inline" for child in token.children or [])


def _is_plain(inline: Token) -> bool:
    return all(child.type in WORDS for child in inline.children or [])


def _words(inline: Token) -> str:
    return "".join(child.content or " " for child in inline.children or [])


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1
