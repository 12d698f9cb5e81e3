"""Why a post fits a need, and by which words one looks for it."""

from datetime import UTC, datetime

import pytest

from lti_tool.community.finding.matching.keywords import MOST, keywords, stem
from lti_tool.community.finding.matching.rules import Fit, Reason, Sort, Traits, Vocabulary, is_enough, reasons

KNOWN = Vocabulary(methods=["consent"], neighbours={"seville": ["spain", "lisbon"], "lisbon": ["seville"]})
NEED = Traits(tags=["public-spaces", "consent"], territory="seville")


@pytest.mark.parametrize(
    ("other", "words", "expected"),
    [
        (Traits(), [], []),
        (Traits(tags=["consent"]), [], [(Sort.METHOD, ["consent"])]),
        (Traits(tags=["public-spaces", "circular-economy"]), [], [(Sort.THEME, ["public-spaces"])]),
        (Traits(territory="seville"), [], [(Sort.TERRITORY, ["seville"])]),
        (Traits(territory="lisbon"), [], [(Sort.NEIGHBOUR, ["lisbon"])]),
        (Traits(territory="tunis"), ["square"], [(Sort.WORDS, ["square"])]),
        (
            Traits(tags=["public-spaces"], territory="spain"),
            ["square"],
            [(Sort.THEME, ["public-spaces"]), (Sort.NEIGHBOUR, ["spain"]), (Sort.WORDS, ["square"])],
        ),
    ],
)
def test_what_a_post_has_in_common_with_a_need_is_named(
    other: Traits, words: list[str], expected: list[tuple[Sort, list[str]]]
) -> None:
    assert [(reason.sort, reason.names) for reason in reasons(NEED, other, words, KNOWN)] == expected


def test_where_neither_says_a_territory_they_share_none() -> None:
    assert reasons(Traits(), Traits(), [], KNOWN) == []


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([], False),
        ([Reason(sort=Sort.THEME, names=["a", "b"])], False),
        ([Reason(sort=Sort.TERRITORY, names=["a"])], False),
        ([Reason(sort=Sort.WORDS, names=["a", "b"])], False),
        ([Reason(sort=Sort.WORDS, names=["a", "b", "c"])], True),
        ([Reason(sort=Sort.METHOD, names=["a"])], True),
        ([Reason(sort=Sort.NEIGHBOUR, names=["a"]), Reason(sort=Sort.WORDS, names=["a"])], True),
    ],
)
def test_two_sorts_of_reasons_or_a_strong_one_are_enough(found: list[Reason], *, expected: bool) -> None:
    assert is_enough(found) is expected


def test_what_fits_in_more_ways_comes_first_and_then_the_newest() -> None:
    one, two = Reason(sort=Sort.METHOD, names=["a"]), Reason(sort=Sort.WORDS, names=["a", "b"])
    older, newer = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)
    fits = [
        Fit(post_id="older", active_at=older, reasons=[one]),
        Fit(post_id="newer", active_at=newer, reasons=[one]),
        Fit(post_id="more", active_at=older, reasons=[one, two]),
    ]

    assert [fit.post_id for fit in sorted(fits, key=lambda fit: fit.rank, reverse=True)] == ["more", "newer", "older"]


# Words


def shown(title: str, text: str = "") -> list[str]:
    return [word.shown for word in keywords(title, text)]


def test_words_that_say_something_are_looked_for_those_of_the_title_first() -> None:
    assert shown("Who knows a time bank?", "We would like to exchange hours with our neighbours") == [
        "knows",
        "neighbours",
        "exchange",
        "hours",
    ]
    assert shown("¿Quién puede ayudarnos con la coproducción?") == ["ayudarnos", "coproducción"]
    assert shown("نحتاج إلى دعم المجتمع") == ["المجتمع"]
    assert shown("Ποιος ξέρει από κοινωνική οικονομία;") == ["Ποιος", "ξέρει", "κοινωνική", "οικονομία"]


def test_a_word_is_looked_for_once_in_whatever_form() -> None:
    assert shown("Communities and community: communal") == ["Communities", "communal"]


def test_not_all_words_are_looked_for() -> None:
    assert len(shown(" ".join(f"{letter}bcdefghij" for letter in "klmnopqrstuv"))) == MOST


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("coproduccion", "coproducciones"),
        ("κοινωνικη", "κοινωνικησ"),
        ("مجتمع", "مجتمعيه"),
        ("communities", "community"),
        ("cooperativa", "cooperativas"),
    ],
)
def test_the_forms_of_a_word_share_a_beginning(word: str, other: str) -> None:
    assert stem(word) in other
