"""A language as its catalogue and its texts have it, and what of English may stand on none of its pages."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from gettext import GNUTranslations

from babel import Locale
from babel.messages.mofile import read_mo

from content.glossary import english_left, leaves
from content.shape import Shape
from lti_tool.i18n import SOURCE_LANGUAGE, TRANSLATIONS
from tests.lti_tool.making import packaged_curriculum

Words = tuple[str, ...]
MOST = 4
"""So many words in a row tell where a text is from."""
FILLED_IN = re.compile(r"%\(\w+\)s|\{\w+\}|\w+=\$[\w.]+")
"""What a program fills into a text, and a setting of Moodle's."""


def words_in(text: str) -> Words:
    """Give a text's words, without numbers, signs and capitals."""
    return tuple(re.findall(r"[^\W\d_]+", text.casefold()))


def passages(text: str) -> Iterator[Words]:
    """Give what stands in a text in a row, from two words on; a single word is told by itself alone."""
    for words in map(words_in, FILLED_IN.split(text)):
        if len(words) == 1:
            yield words
        for length in range(2, MOST + 1):
            yield from (words[start : start + length] for start in range(len(words) - length + 1))


def signs(text: str) -> Iterator[Words]:
    """Give the passages by which a text is known again, as long as they are."""
    for piece in FILLED_IN.split(text):
        most = min(MOST, len(words_in(piece)))
        yield from (row for row in passages(piece) if len(row) == most)


class Tongue:
    """One language."""

    def __init__(self, code: str) -> None:
        self.code = code
        """As catalogues are named."""
        with (TRANSLATIONS / code / "LC_MESSAGES" / "messages.mo").open("rb") as file:
            self._catalogue = [message for message in read_mo(file) if message.id]
            file.seek(0)
            self.says = GNUTranslations(file).gettext

    def english_on(self, texts: Iterable[str]) -> list[str]:
        """Give the texts of a page that are English, be it in a part."""
        return [text for text in texts if self._is_english(text)]

    def _is_english(self, text: str) -> bool:
        return not self._english.isdisjoint(passages(text)) or self._is_foreign(text) or any(english_left(text, ""))

    def _is_foreign(self, text: str) -> bool:
        """Tell whether a language with letters of its own has words in others, and no text that says so."""
        if re.search("[a-z]", Locale.parse(self.code).get_display_name() or ""):
            return False
        rows = (row for row in passages(text) if len(row) == MOST - 1)
        return any(all(re.fullmatch("[a-z]+", word) for word in row) and row not in self._own for row in rows)

    @cached_property
    def _english(self) -> set[Words]:
        ids = [message.id if isinstance(message.id, str) else message.id[1] for message in self._catalogue]
        return {row for text in (*ids, *written_in(SOURCE_LANGUAGE)) for row in signs(text)} - self._own

    @cached_property
    def _own(self) -> set[Words]:
        """What its own texts have, names and titles among them that are the same in English."""
        strings = [text for message in self._catalogue for _, text in leaves(message.string)]
        return {row for text in (*strings, *written_in(self.code)) for row in passages(text)}


def written_in(language: str) -> Iterator[str]:
    """Give the texts of the packaged curriculum in a language."""
    for texts in _told():
        if language in texts:
            yield from (text for _, text in leaves(texts[language].model_dump()))


def _told() -> Iterator[Mapping[str, Shape]]:
    curriculum = packaged_curriculum()
    yield curriculum.vocabulary.texts
    for course in curriculum.courses.values():
        yield course.texts
    for unit in curriculum.units.values():
        yield unit.texts
    for exercise in curriculum.exercises.values():
        yield exercise.texts
        if exercise.example:
            yield exercise.example.texts
