"""Sentences that a trainer keeps to use again: what may be kept, and how one joins what is written; pure decisions."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from lti_tool.reviews.rules import tidy

MOST = 100
LONGEST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of a trainer's own."""

    id: int
    text: str
    language: str


class Problem(StrEnum):
    """Why a sentence can't be kept."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"


def find_problem(text: str, kept: Collection[str]) -> Problem | None:
    """Say what keeps a tidied text from being kept; one that is kept already needs no room."""
    if not text:
        return Problem.EMPTY
    if len(text) > LONGEST:
        return Problem.TOO_LONG
    return Problem.TOO_MANY if text not in kept and len(kept) >= MOST else None


def joined(written: str, sentence: str) -> str:
    """Put a sentence behind what is written, whose lines stay as they are."""
    before = written.rstrip()
    return f"{before} {sentence}" if tidy(before) else sentence
