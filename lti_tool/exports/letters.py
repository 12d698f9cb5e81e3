"""People's texts as a page of paper takes them: which way each paragraph runs, and nothing that leaks out of it."""

import re
import unicodedata
from collections.abc import Sequence
from typing import TypedDict

from content.text import direction
from lti_tool.reviews.rules import tidy

FALLBACK = "en"
ISOLATE, END_OF_ISOLATE, END_OF_EMBEDDING = "\u2068", "\u2069", "\u202c"
ISOLATES, EMBEDDINGS = "\u2066\u2067\u2068", "\u202a\u202b\u202d\u202e"
LONGEST_WORD = re.compile(r"(\S{60})(?=\S)")
"""What is longer finds no place in a line, unless it may be broken here."""


class Run(TypedDict):
    """A paragraph of one language."""

    text: str
    lang: str
    dir: str


def run(text: str, language: str) -> Run:
    """Take a text as one paragraph; it runs as its first letter does, else as its language."""
    words = breakable(closed(tidy(text)))
    return {"text": words, "lang": code(language), "dir": way(words, language)}


def runs(text: str, language: str) -> Sequence[Run]:
    """Take a text as paragraphs, one for each of its lines that says something."""
    return [run(line, language) for line in text.splitlines() if line.strip()]


def isolated(text: str) -> str:
    """Put a text into a line of another direction, so that neither turns the other around."""
    return ISOLATE + breakable(closed(tidy(text))) + END_OF_ISOLATE


def code(language: str) -> str:
    """Name a language by its first part; where it is none that can be one, English."""
    first = re.split("[-_]", language.lower())[0]
    return first if re.fullmatch("[a-z]{2,3}", first) else FALLBACK


def way(text: str, language: str) -> str:
    """Tell which way a paragraph runs: as its first letter, else as its language."""
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in ("L", "R", "AL"):
            return "ltr" if kind == "L" else "rtl"
    return direction(language)


def closed(text: str) -> str:
    """Close what a text opens of directions within it, and leave out what closes nothing."""
    kept, waiting = [], []
    for char in text:
        if char in ISOLATES or char in EMBEDDINGS:
            waiting.append(END_OF_ISOLATE if char in ISOLATES else END_OF_EMBEDDING)
        elif char in (END_OF_ISOLATE, END_OF_EMBEDDING):
            if not waiting or waiting[-1] != char:
                continue
            waiting.pop()
        kept.append(char)
    return "".join([*kept, *reversed(waiting)])


def breakable(text: str) -> str:
    """Let a word that is longer than a line be broken."""
    return LONGEST_WORD.sub("\\1\u200b", text)
