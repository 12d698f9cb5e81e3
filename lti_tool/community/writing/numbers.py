"""Telephone numbers and the like, which a browser would turn around behind Arabic words: pure."""

import re
from collections.abc import Iterator
from typing import NamedTuple

RUN = re.compile(r"(?<![\w/])\+?\(?\d(?:[\s().\-–/]{0,3}\d){5,24}(?![\w/])")
"""Six digits or more with something between them, as numbers are written in groups."""


class Stretch(NamedTuple):
    """A stretch of a text; a number reads from left to right in every script."""

    text: str
    is_number: bool


def stretches(text: str) -> Iterator[Stretch]:
    """Divide a text into numbers of several groups and what stands between them."""
    done = 0
    for found in RUN.finditer(text):
        if found[0].isdigit():
            continue
        if found.start() > done:
            yield Stretch(text[done : found.start()], is_number=False)
        yield Stretch(found[0], is_number=True)
        done = found.end()
    if done < len(text):
        yield Stretch(text[done:], is_number=False)
