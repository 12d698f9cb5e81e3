"""Words as conditions on the folded texts of posts, as each database's index of trigrams reads them."""

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from lti_tool.community.finding.rules import Word
from lti_tool.community.finding.tables import TRIGRAMS, PostWordsRow
from lti_tool.database import db

Texts = Sequence[InstrumentedAttribute[str]]
HEADING: Texts = (PostWordsRow.heading,)
OWN: Texts = (PostWordsRow.heading, PostWordsRow.body)
ANYWHERE: Texts = (PostWordsRow.heading, PostWordsRow.body, PostWordsRow.replies)


def by_index(words: Sequence[Word], texts: Texts) -> ColumnElement[bool]:
    """Say that each word occurs in one of the texts, so that the index finds where."""
    return INDEXED[db.engine.dialect.name](words, texts)


def _in_trigrams(words: Sequence[Word], texts: Texts) -> ColumnElement[bool]:
    any_of = [" OR ".join(f'"{stretch}"' for stretch in word.stretches) for word in words]
    columns = " ".join(text.key for text in texts)
    sought = f"{{{columns}}} : ({' AND '.join(f'({each})' for each in any_of)})"
    found = select(TRIGRAMS.c.rowid).where(TRIGRAMS.c.post_words_trigrams.op("MATCH")(sought))
    return PostWordsRow.id.in_(found)


def _like(words: Sequence[Word], texts: Texts) -> ColumnElement[bool]:
    return and_(*[or_(*[text.like(f"%{stretch}%") for text in texts for stretch in word.stretches]) for word in words])


INDEXED: Mapping[str, Callable[[Sequence[Word], Texts], ColumnElement[bool]]] = {
    "sqlite": _in_trigrams,
    "postgresql": _like,
}
"""Folded words are letters and digits, which neither a pattern nor a search of SQLite's reads as anything else."""


def by_reading(words: Sequence[Word], texts: Texts) -> ColumnElement[bool]:
    """Say the same of a text that is looked through, whatever indices there are."""
    place = func.instr if db.engine.dialect.name == "sqlite" else func.strpos
    return and_(*[or_(*[place(text, stretch) > 0 for text in texts for stretch in word.stretches]) for word in words])
