"""The vocabulary that posts are tagged with, in the reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass

from content.text import pick
from content.vocabulary import VocabularyText
from lti_tool.learning.store import curriculum, reader_language


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A theme, a method or a territory, with the language that its name is in."""

    slug: str
    name: str
    language: str


def themes() -> Sequence[Word]:
    """Give the themes of demonstrative actions."""
    return [_word(slug, "themes") for slug in curriculum().vocabulary.themes]


def methods() -> Sequence[Word]:
    """Give the methods."""
    return [_word(method.id, "methods") for method in curriculum().vocabulary.methods]


def territories() -> Sequence[Word]:
    """Give the territories."""
    return [_word(slug, "territories") for slug in curriculum().vocabulary.places]


def tags() -> dict[str, Word]:
    """Give themes and methods by their names in the vocabulary."""
    return {word.slug: word for word in (*themes(), *methods())}


def places() -> dict[str, Word]:
    """Give the territories by their names in the vocabulary."""
    return {word.slug: word for word in territories()}


def known_tags(given: Sequence[str]) -> tuple[str, ...]:
    """Leave out what isn't in the vocabulary, and put the rest in order."""
    return tuple(sorted(set(given) & set(curriculum().vocabulary.tags)))


def known_territory(given: str | None) -> str | None:
    """Leave out what isn't in the vocabulary."""
    return given if given in curriculum().vocabulary.places else None


def _word(slug: str, sort: str) -> Word:
    language, texts = _texts()
    return Word(slug=slug, name=getattr(texts, sort)[slug], language=language)


def _texts() -> tuple[str, VocabularyText]:
    return pick(curriculum().vocabulary.texts, reader_language())
