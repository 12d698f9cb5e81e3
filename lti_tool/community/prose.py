"""A text that somebody typed, as paragraphs with links that can be followed: pure, and never HTML."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LINK = re.compile(r"https?://\w[^\s<>\"“”«»]*", re.IGNORECASE)
ENDS = ".,;:!?]}'’…،؛؟"
"""What ends a sentence rather than an address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of a paragraph: plain words, or an address that is a link."""

    text: str
    is_link: bool


def paragraphs(text: str) -> Sequence[Sequence[Span]]:
    """Split a text at its empty lines, and find the addresses in it."""
    return [list(_spans(paragraph.strip("\n"))) for paragraph in re.split(r"\n\s*\n", text) if paragraph.strip()]


def _spans(paragraph: str) -> Iterator[Span]:
    done = 0
    for found in LINK.finditer(paragraph):
        address = _without_ending(found[0])
        if found.start() > done:
            yield Span(text=paragraph[done : found.start()], is_link=False)
        yield Span(text=address, is_link=True)
        done = found.start() + len(address)
    if done < len(paragraph):
        yield Span(text=paragraph[done:], is_link=False)


def _without_ending(address: str) -> str:
    """Leave the sentence's own punctuation outside: a bracket belongs to the address only where it opens in it."""
    while address[-1] in ENDS or (address[-1] == ")" and address.count(")") > address.count("(")):
        address = address[:-1]
    return address
