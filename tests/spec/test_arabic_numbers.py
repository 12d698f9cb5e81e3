"""Arabic's forms for numbers: many catalogues have 11 to 99 before 100, Babel has it after; a swap looks whole."""

import re
from gettext import GNUTranslations
from io import BytesIO

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from lti_tool.i18n import TRANSLATIONS

TANWEEN = "\N{ARABIC FATHATAN}"
WITHOUT_NOUN = {"What %(num)s of you wrote alone"}
"""Nothing is counted after the number: "of you"."""

with (TRANSLATIONS / "ar" / "LC_MESSAGES" / "messages.po").open("rb") as file:
    CATALOGUE = read_po(file)


def _nouns(number: int) -> dict[str, str]:
    """Give for each text that counts the word that people read after a number."""
    compiled = BytesIO()
    write_mo(compiled, CATALOGUE)
    compiled.seek(0)
    texts = GNUTranslations(compiled)
    ids = [one.id for one in CATALOGUE if one.id and not isinstance(one.id, str) and one.id[0] not in WITHOUT_NOUN]
    return {one: _word_after_the_number(texts.ngettext(one, many, number)) for one, many in ids}


def _word_after_the_number(text: str) -> str:
    found = re.search(r"%\(num\)s ([^\s.،)]+)", text)
    assert found, text
    return found[1]


def test_a_noun_for_one_has_no_mark_of_the_accusative() -> None:
    assert {text: noun for text, noun in _nouns(1).items() if TANWEEN in noun} == {}


@pytest.mark.parametrize("number", [0, 100, 101, 102, 200, 1000])
def test_after_zero_and_after_hundreds_a_noun_is_as_for_one(number: int) -> None:
    assert _nouns(number) == _nouns(1)


def test_after_2_a_noun_is_a_dual() -> None:
    assert {text: noun for text, noun in _nouns(2).items() if not noun.endswith(("ان", "ين"))} == {}


@pytest.mark.parametrize("number", [3, 10, 103, 110])
def test_from_3_to_10_a_noun_is_a_plural(number: int) -> None:
    singular, dual = _nouns(1), _nouns(2)

    assert {text: noun for text, noun in _nouns(number).items() if noun in {singular[text], dual[text]}} == {}


@pytest.mark.parametrize("number", [11, 50, 99, 111])
def test_from_11_to_99_a_noun_has_the_accusatives_mark_where_one_is_written(number: int) -> None:
    assert {text: noun for text, noun in _nouns(number).items() if TANWEEN not in noun and noun[-1] != "ة"} == {}
