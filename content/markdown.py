"""CommonMark: a unit's title, lead and body, and the HTML that must not be in any of it."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from content.model import UnitText
from content.problem import ContentError, Problem
from content.source import fit

PARSER = MarkdownIt("commonmark")
BLOCKS = MarkdownIt("commonmark").disable("inline")
"""Finds where blocks begin and end, and nothing within them, in half of the time."""
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
    tokens = PARSER.parse(source)
    problems = [Problem(file, key, message) for key, message in _unit_problems(tokens)]
    if problems:
        raise ContentError(problems)
    end_of_lead = tokens[3].map[1] if tokens[3].map else 0
    body = "\n".join(source.split("\n")[end_of_lead:])
    return fit(file, {"title": _words(tokens[1]), "lead": _words(tokens[4]), "body": body}, UnitText)


def activity_named(href: str) -> str | None:
    """Say which activity a link leads to, such as `exercise/needs-matrix`; nothing where it leads elsewhere."""
    return href.replace(":", "/", 1) if href.startswith(ACTIVITY_SCHEMES) else None


def activities_in(source: str) -> Iterator[tuple[int, str]]:
    """Find the activities to which CommonMark links, with the line of each, from 1."""
    tokens = PARSER.parse(source) if any(scheme in source for scheme in ACTIVITY_SCHEMES) else []
    for token in tokens:
        for child in token.children or []:
            activity = activity_named(str(child.attrGet("href") or "")) if child.type == "link_open" else None
            if activity:
                yield _line(token), activity


class Block(NamedTuple):
    """A fenced block of a kind that pages show in their own way, with its name."""

    kind: str
    name: str
    text: str
    line: int
    """From 1."""


def blocks_in(source: str) -> Iterator[Block]:
    """Find the fenced blocks that say a kind, and a name after it."""
    yield from _blocks_in(source)


@lru_cache(maxsize=256)
def _blocks_in(source: str) -> Sequence[Block]:
    """Look once for all who ask: every language of a unit is asked about several times while a program starts."""
    fences = (token for token in BLOCKS.parse(source) if token.type == "fence")
    return tuple(filter(None, map(block_of, fences)))


def block_of(fence: Token) -> Block | None:
    """Read what a fenced block is; nothing where it says no kind."""
    kind, _, name = fence.info.strip().partition(" ")
    return Block(kind, name.strip(), fence.content, _line(fence)) if kind else None


def html_lines(source: str) -> list[int]:
    """Find raw HTML in CommonMark: the first line, from 1, of each block that has some."""
    tokens = PARSER.parse(source) if "<" in source else []
    return [_line(token) for token in tokens if _has_html(token)]


def _unit_problems(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    types = [token.type for token in tokens[:6:3]]
    if types[:1] != ["heading_open"] or tokens[0].tag != "h1" or _line(tokens[0]) != 1:
        yield "title", "must be the first line: write `# Title` there"
    elif not _is_plain(tokens[1]):
        yield "title", "must be plain text: remove the markup"
    elif types[1:] != ["paragraph_open"]:
        yield "lead", "must follow the title: write a paragraph that says what the unit is about"
    elif not _is_plain(tokens[4]):
        yield "lead", "must be plain text: remove the markup"
    for token in tokens[1:]:
        if token.type == "heading_open" and token.tag == "h1":
            yield "body", f"line {_line(token)}: a page has one title: write `##` for a heading"
        if _has_html(token):
            yield "body", f"line {_line(token)}: HTML isn't allowed: write it in CommonMark"


def _has_html(token: Token) -> bool:
    return token.type == "html_block" or any(child.type == "html_inline" for child in token.children or [])


def _is_plain(inline: Token) -> bool:
    return all(child.type in WORDS for child in inline.children or [])


def _words(inline: Token) -> str:
    return "".join(child.content or " " for child in inline.children or [])


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1
