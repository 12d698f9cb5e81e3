"""Names in several languages: how they are written for Moodle's filter, read again, and told to people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodle_sync.multilang import in_languages, languages_of, texts_of, told, told_apart

NEEDS = '<span lang="en" class="multilang">Needs</span><span lang="ar" class="multilang">الحاجات</span>'
OTHERWISE = '<span class="multilang" lang="en">Needs</span> <span  class="multilang"  lang="ar">الحاجات</span>'
TWO = {"en": "Needs", "ar": "الحاجات"}


def test_a_span_for_each_language_follows_the_other() -> None:
    assert in_languages(TWO) == NEEDS


@pytest.mark.parametrize("texts", [{"en": "Needs"}, {"en": "Needs", "ar": "Needs"}])
def test_what_is_the_same_in_all_languages_is_plain(texts: dict[str, str]) -> None:
    assert in_languages(texts) == "Needs"


@pytest.mark.parametrize(
    ("written", "texts"),
    [
        (NEEDS, TWO),
        (OTHERWISE, TWO),
        (f"<p>{NEEDS}</p>", TWO),
        ("Needs", {}),
        ("", {}),
        ("<p></p>", {}),
        (f"My {NEEDS}", {}),
        ('<span lang="en">Needs</span>', {}),
        ('<span class="multilang">Needs</span>', {}),
    ],
)
def test_spans_are_read_as_languages(written: str, texts: dict[str, str]) -> None:
    assert languages_of(written) == texts


@given(
    st.dictionaries(st.sampled_from(["en", "ar", "pt_br"]), st.text("aé&;>ال \u200f", min_size=1), min_size=2).filter(
        lambda texts: len(set(texts.values())) > 1
    )
)
def test_what_is_written_is_read_again(texts: dict[str, str]) -> None:
    assert languages_of(in_languages(texts)) == texts


@pytest.mark.parametrize(("written", "line"), [(NEEDS, "Needs (in 2 languages)"), ("Needs", "Needs"), ("", "")])
def test_a_line_has_the_main_language(written: str, line: str) -> None:
    assert told(written) == line


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        ("Needs", NEEDS, ("Needs", "Needs (in 2 languages)")),
        (NEEDS, NEEDS.replace("Needs", "Wants"), ("Needs (in 2 languages)", "Wants (in 2 languages)")),
        (NEEDS, NEEDS.replace("الحاجات", "الرغبات"), ("ar: الحاجات", "ar: الرغبات")),
        (NEEDS, NEEDS.replace('"ar"', '"el"'), ("ar: الحاجات", "el: الحاجات")),
        (OTHERWISE, NEEDS, (OTHERWISE, NEEDS)),
        (NEEDS, NEEDS, ("Needs (in 2 languages)", "Needs (in 2 languages)")),
    ],
)
def test_a_line_shows_what_differs(before: str, after: str, lines: tuple[str, str]) -> None:
    assert told_apart(before, after) == lines


def test_long_texts_are_cut_before_it_is_said_in_how_many_languages_they_are() -> None:
    assert told(NEEDS, 3) == "Nee… (in 2 languages)"
    assert told_apart("Needs more", NEEDS, 3) == ("Nee…", "Nee… (in 2 languages)")
    assert told_apart(NEEDS, NEEDS.replace("الحاجات", "الرغبات"), 3) == ("ar: الح…", "ar: الر…")


def test_a_name_reads_as_each_of_its_languages() -> None:
    assert (texts_of(NEEDS), texts_of(" Needs ")) == ({"Needs", "الحاجات"}, {"Needs"})
