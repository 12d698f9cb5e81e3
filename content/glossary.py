"""The field's terms in each language, and what holds the texts to them.

Where an English text has a term, its translation has the term of its own language; what a language has decided never
to say stands in none of its texts.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import get_args

from pydantic import Field

from content.findings import Finding, unknown
from content.shape import Language, Shape, Slug, Text

ORIGINAL = "en"
UNSEEN = re.compile("[\u0640\u200c-\u200f\u2066-\u2069\u00ad]")
"""Letters that change how a word looks and not which word it is."""
WORDS_OF_ENGLISH = frozenset(
    {"the", "and", "of", "with", "that", "is", "are", "you", "it", "for", "what", "when", "who", "this", "your"}
)
ENGLISH_FROM = 4
"""Different ones of these words in one paragraph make it English."""
QUOTED = re.compile(r"\*+[^*]+\*+|`[^`]+`|\([^)]*\)|“[^”]+”|«[^»]+»|https?://\S+", re.DOTALL)
"""Titles of books, names and addresses keep their language."""


class Term(Shape):
    """A term in one language."""

    term: Text
    """The word that texts use."""
    forms: tuple[Text, ...] = ()
    """Beginnings by which it is known in a text, however it is inflected; without them it isn't looked for."""
    never: tuple[Text, ...] = ()
    """What is not said for it in any text."""
    source: Text | None = None
    """Where the language's field has settled on the word."""


class Glossary(Shape):
    """The terms, by their ids and languages."""

    terms: Mapping[Slug, Mapping[str, Term]] = Field(default_factory=dict)

    def findings(self, languages: Sequence[str]) -> Iterator[Finding]:
        """Find terms that one of these languages has no word for, and languages that no text can be in."""
        for name, words in self.terms.items():
            for language in languages:
                if language not in words:
                    yield f"terms.{name}.{language}", "is missing: add the term in this language"
            for language in words:
                yield from unknown(f"terms.{name}.{language}", language, get_args(Language), "a language of texts")

    def holds(self, language: str, text: str, original: str) -> Iterator[str]:
        """Say in which words a translation leaves the terms of its language."""
        own, english = folded(text), folded(QUOTED.sub(" ", original))
        for words in self.terms.values():
            term = words.get(language)
            if term is None:
                continue
            for word in term.never:
                if _stands(word, own):
                    yield f"says “{word}”: write “{term.term}”"
            if language != ORIGINAL and _is_held(words, term, english) and not any(_in(one, own) for one in term.forms):
                yield f"doesn't say “{term.term}”, where English has “{words[ORIGINAL].term}”"


def _is_held(words: Mapping[str, Term], term: Term, english: str) -> bool:
    original = words.get(ORIGINAL)
    return original is not None and bool(term.forms) and any(_stands(form, english) for form in original.forms)


def _stands(form: str, text: str) -> bool:
    """Tell whether a word of the text begins so."""
    return folded(form) in text and re.search(rf"(?<!\w){re.escape(folded(form))}", text) is not None


def _in(form: str, text: str) -> bool:
    """Tell whether it stands in the text, be it within a word: articles and the like are written on in Arabic."""
    return folded(form) in text


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Write a text without capitals, accents, vowel signs and breaks of lines."""
    letters = unicodedata.normalize("NFKD", UNSEEN.sub("", text.casefold()))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(plain.split())


def english_left(text: str, original: str) -> Iterator[str]:
    """Say what of a translation is still English."""
    if len(text.split()) > ENGLISH_FROM and text.strip() == original.strip():
        yield "is the English text: translate it"
        return
    for paragraph in text.split("\n\n"):
        found = WORDS_OF_ENGLISH & set(re.findall(r"[a-z]+", QUOTED.sub(" ", paragraph).casefold()))
        if len(found) >= ENGLISH_FROM:
            yield f"has English in “{' '.join(paragraph.split()[:8])} …”: translate it"


def leaves(text: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Give the texts of a file with their keys."""
    if isinstance(text, str):
        yield path, text
    elif isinstance(text, Mapping):
        for name, value in text.items():
            yield from leaves(value, f"{path}.{name}" if path else str(name))
    elif isinstance(text, Sequence):
        for index, value in enumerate(text):
            yield from leaves(value, f"{path}[{index}]")


def translation_findings(glossary: Glossary, language: str, text: Shape, original: Shape) -> Iterator[Finding]:
    """Hold one language's text, key by key, against the English one."""
    english = dict(leaves(original.model_dump()))
    for key, own in leaves(text.model_dump()):
        if key in english and not key.startswith("sources"):
            yield from ((key, message) for message in glossary.holds(language, own, english[key]))
            if language != ORIGINAL:
                yield from ((key, message) for message in english_left(own, english[key]))
