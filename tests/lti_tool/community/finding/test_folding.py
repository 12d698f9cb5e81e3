"""Texts as search compares them, in every script."""

import pytest

from lti_tool.community.finding.excerpts import CUT, LENGTH, Stretch, excerpt, marked
from lti_tool.community.finding.folding import folded, folded_with_places
from lti_tool.community.finding.rules import LONGEST_QUERY, MOST_WORDS, SHORTEST, found_in, indexed, richest, words_of

FOLDED = [
    ("Coproducción", "coproduccion"),
    ("Coproduccio\u0301n", "coproduccion"),
    ("AÇÃO", "acao"),
    ("Straße", "strasse"),
    ("ﬁn", "fin"),
    ("Κοινωνική", "κοινωνικη"),
    ("ΔΡΌΜΟΣ", "δρομοσ"),
    ("δρόμος", "δρομοσ"),
    ("المُجْتَمَعِيّ", "المجتمعي"),
    ("مجتمـــع", "مجتمع"),
    ("أإآٱا", "ااااا"),
    ("مستشفى", "مستشفي"),
    ("مدرسة", "مدرسه"),
    ("شؤون الناشئة", "شوون الناشيه"),
    ("٢٠٢٦ ۲۰۲۶", "2026 2026"),
    ("co\u00adproduction", "coproduction"),
    ("co-production", "coproduction"),
    ("l'été, 100 % a_b", "l ete  100   a b"),
    ("a\nb\tc", "a b c"),
]


@pytest.mark.parametrize(("text", "expected"), FOLDED)
def test_a_text_is_compared_without_case_marks_and_ornament(text: str, expected: str) -> None:
    assert folded(text) == expected


@pytest.mark.parametrize("text", [text for text, _ in FOLDED])
def test_each_folded_letter_knows_the_letter_that_it_comes_from(text: str) -> None:
    flat, places = folded_with_places(text)

    assert flat == folded(text)
    assert [folded(text[place]) for place in places] == [folded(text[place]) for place in sorted(places)]
    assert all(letter in folded(text[place]) for letter, place in zip(flat, places, strict=True))


# Words


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("coproduccion", "La coproducción"),
        ("κοινωνικη", "Η κοινωνική οικονομία"),
        ("ΚΟΙΝΩΝΙΚΉΣ", "κοινωνικής"),
        ("مجتمع", "العمل المجتمعي"),
        ("المجتمع", "مبادرة مجتمعية"),
        ("وللمدرسة", "وللمدرسة"),
        ("مدرسه", "المدرسة"),
        ("time bank", "a bank of time"),
        ("co-production", "coproduction"),
        ("ab", "to abide"),
        ("حق", "الحق في السكن"),
        ("حق", "وحقوق حقوقنا"),
        ("a", "plan a or b"),
        ("l'eau", "De l’eau"),
        ("100%", "100 percent"),
    ],
)
def test_a_word_is_found(query: str, text: str) -> None:
    words = words_of(query)

    assert words
    assert found_in(indexed([text]), words) == len(words)


@pytest.mark.parametrize(
    ("query", "text"),
    [("bank river", "a time bank"), ("ab", "grab"), ("a", "another"), ("percent", "100 %"), ("الحق", "حب")],
)
def test_a_word_that_is_not_there_is_not_found(query: str, text: str) -> None:
    assert found_in(indexed([text]), words_of(query)) < len(words_of(query))


def test_the_text_with_the_most_words_is_the_richest() -> None:
    texts = indexed(["a bank", "nothing", "a time bank\nand a line", "time and bank"])

    assert richest(texts, words_of("time bank")) == 2
    assert richest(texts, words_of("elsewhere")) == 0


@pytest.mark.parametrize("query", ["", "   ", "%", "_", '"', "!?-", "\u0301", "ـ"])
def test_signs_are_no_words(query: str) -> None:
    assert words_of(query) == []


def test_what_is_looked_for_is_short_and_has_each_word_once() -> None:
    assert [word.text for word in words_of("Bank bánk BANK time")] == ["bank", "time"]
    assert len(words_of(" ".join(f"word{number}" for number in range(50)))) == MOST_WORDS
    assert sum(len(word.text) for word in words_of("x" * 5000)) == LONGEST_QUERY


@pytest.mark.parametrize("query", ["a", "ab", "abc", "حق", "و", "é", "٣", "ος"])
def test_no_stretch_is_shorter_than_the_index_knows(query: str) -> None:
    stretches = [stretch for word in words_of(query) for stretch in word.stretches]

    assert stretches
    assert all(len(stretch) >= SHORTEST for stretch in stretches)


# Excerpts


def text_of(stretches: list[Stretch]) -> str:
    return "".join(f"[{stretch.text}]" if stretch.is_found else stretch.text for stretch in stretches)


def shown(text: str, query: str) -> str:
    return text_of(list(excerpt(text, words_of(query))))


def test_whole_words_are_marked_with_their_accents() -> None:
    assert shown("La Coproducción de políticas", "producc politicas") == "La [Coproducción] de [políticas]"
    assert shown("العمل المُجتمعيّ هنا", "مجتمع") == "العمل [المُجتمعيّ] هنا"
    assert shown("Cafe\u0301 abierto", "cafe") == "[Cafe\u0301] abierto"


def test_a_stretch_stands_around_the_first_word_that_was_found() -> None:
    text = f"{'before ' * 100}bank {'after ' * 100}"

    found = shown(text, "bank")

    assert found.startswith(f"{CUT}before ")
    assert " [bank] after " in found
    assert found.endswith(f" after{CUT}")
    assert len(found) <= LENGTH + 4


def test_where_nothing_is_found_the_beginning_is_shown() -> None:
    assert shown("Some words\n\nof a text", "bank") == "Some words of a text"
    assert shown("word " * 100, "bank").endswith(f"word{CUT}")
    assert shown("", "bank") == ""


def test_a_word_longer_than_the_stretch_hides_nothing_behind_it() -> None:
    found = shown(f"{'x' * 1000} bank", "bank")

    assert found.endswith(" [bank]")
    assert len(found) <= LENGTH + 4


def test_a_heading_is_marked_whole() -> None:
    assert text_of(list(marked("A bank of time", words_of("time bank")))) == "A [bank] of [time]"


def test_nothing_of_a_text_is_lost_between_the_marks() -> None:
    text = "ab abc a'b ab-c  ab"

    assert "".join(stretch.text for stretch in marked(text, words_of("ab b c"))) == text
