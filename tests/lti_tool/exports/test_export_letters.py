import pytest

from lti_tool.exports import letters

RLO, PDF, RLI, PDI = "\u202e", "\u202c", "\u2067", "\u2069"


@pytest.mark.parametrize(
    ("text", "language", "way"),
    [
        ("needs", "ar", "ltr"),
        ("الحاجات", "en", "rtl"),
        ("12 – الحاجات and more", "en", "rtl"),
        ("(Ανάγκες) الحاجات", "ar", "ltr"),
        ("12 %", "ar", "rtl"),
        ("12 %", "es", "ltr"),
        ("", "ar", "rtl"),
    ],
)
def test_a_paragraph_runs_as_its_first_letter_does_and_without_one_as_its_language(
    text: str, language: str, way: str
) -> None:
    assert letters.run(text, language)["dir"] == way


@pytest.mark.parametrize(
    ("language", "code"), [("es", "es"), ("pt_br", "pt"), ("AR-tn", "ar"), ("", "en"), ("x1", "en"), ("klingon", "en")]
)
def test_a_language_is_named_as_typst_takes_it(language: str, code: str) -> None:
    assert letters.run("words", language)["lang"] == code


def test_each_line_that_says_something_is_a_paragraph_of_its_own() -> None:
    found = letters.runs("one\n\n الثانية \n", "en")

    assert [(one["text"], one["dir"]) for one in found] == [("one", "ltr"), ("الثانية", "rtl")]


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        (f"a{RLO}b", f"a{RLO}b{PDF}"),
        (f"a{RLI}b{RLO}c", f"a{RLI}b{RLO}c{PDF}{PDI}"),
        (f"a{PDI}b{PDF}", "ab"),
        (f"a{RLO}b{PDF}c", f"a{RLO}b{PDF}c"),
        (f"{RLI}a{PDF}b{PDI}", f"{RLI}ab{PDI}"),
    ],
)
def test_what_a_text_turns_around_ends_with_it(text: str, closed: str) -> None:
    assert letters.run(text, "en")["text"] == closed


def test_a_name_in_a_line_cannot_close_what_keeps_it_apart() -> None:
    assert letters.isolated(f"Ana{PDI}") == "\u2068Ana\u2069"


def test_control_characters_and_half_surrogates_are_spaces() -> None:
    assert letters.run("a\0b\x1bc\ud800d\te", "en")["text"] == "a b c d e"


def test_a_word_longer_than_a_line_may_be_broken_and_loses_nothing() -> None:
    words = letters.run("x" * 200, "en")["text"]

    assert words.replace("\u200b", "") == "x" * 200
    assert max(map(len, words.split("\u200b"))) <= 60
