"""What somebody typed into a form of the community, and what is wrong with it: pure."""

import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from lti_tool.community.posts import Draft, PostKind

LONGEST_TITLE = 150
LONGEST_TEXT = 10_000
LONGEST_REASON = 500
LONGEST_SUMMARY = 200
MOST_TAGS = 5
WORKING_LANGUAGES = frozenset({"ar", "el", "en", "es", "fr", "pt"})
"""The languages of the six countries, whether or not the interface speaks them."""


class Field(StrEnum):
    """What a form asks for."""

    KIND = "kind"
    TITLE = "title"
    TEXT = "text"
    LANGUAGE = "language"
    REASON = "reason"
    TAGS = "tags"
    SUMMARY = "summary"
    SUMMARY_LANGUAGE = "summary_language"
    AVAILABLE = "available"
    HELD = "held"
    WHY = "why"
    WORDS = "words"
    POST = "post"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong with a field: too long by these lengths, else missing or none of what it takes.

    The field is one of `Field`, or one of a kind's own.
    """

    field: str
    length: int = 0
    limit: int = 0


def tidy(text: str) -> str:
    """Trim what was typed, and drop what no keyboard writes and a database may refuse."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(char for char in lines if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs")).strip()


def tidy_line(text: str) -> str:
    """Write what was typed in one line."""
    return " ".join(tidy(text).split())


def post_problems(draft: Draft, languages: Collection[str]) -> Iterator[Problem]:
    """Go through what keeps a tidied post from being published."""
    if draft.kind not in list(PostKind):
        yield Problem(field=Field.KIND)
    yield from length_problems(Field.TITLE, draft.title, LONGEST_TITLE)
    yield from reply_problems(draft, languages)
    yield from _summary_problems(draft, languages)
    if len(draft.tags) > MOST_TAGS:
        yield Problem(field=Field.TAGS)


def _summary_problems(draft: Draft, languages: Collection[str]) -> Iterator[Problem]:
    if draft.summary:
        yield from length_problems(Field.SUMMARY, draft.summary, LONGEST_SUMMARY)
        if draft.summary_language not in languages or draft.summary_language == draft.language:
            yield Problem(field=Field.SUMMARY_LANGUAGE)


def reply_problems(draft: Draft, languages: Collection[str]) -> Iterator[Problem]:
    """Go through what keeps a tidied reply from being published."""
    yield from length_problems(Field.TEXT, draft.text, LONGEST_TEXT)
    if draft.language not in languages:
        yield Problem(field=Field.LANGUAGE)


def length_problems(field: str, text: str, limit: int) -> Iterator[Problem]:
    """Tell whether a text is missing or too long."""
    if not text:
        yield Problem(field=field)
    elif len(text) > limit:
        yield Problem(field=field, length=len(text), limit=limit)


def is_id(text: str) -> bool:
    """Tell whether a text is the id that a form of ours makes."""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
