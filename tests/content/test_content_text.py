import pytest

from content.text import direction, pick


@pytest.mark.parametrize(
    ("language", "chosen"),
    [("es", "es"), ("ES", "es"), ("es_mx", "es"), ("es-MX", "es"), ("pt_br", "pt_br"), ("de", "en"), ("", "en")],
)
def test_a_reader_gets_the_nearest_language(language: str, chosen: str) -> None:
    texts = {"es": "hola", "en": "hello", "pt_br": "oi"}

    assert pick(texts, language) == (chosen, texts[chosen])


def test_a_reader_gets_the_first_text_where_there_is_no_english() -> None:
    assert pick({"ar": "مرحبا", "fr": "bonjour"}, "es") == ("ar", "مرحبا")


def test_no_text_at_all_is_an_error() -> None:
    with pytest.raises(LookupError, match="no text in any language"):
        pick({}, "es")


@pytest.mark.parametrize(
    ("language", "written"),
    [("ar", "rtl"), ("ar_jo", "rtl"), ("he-IL", "rtl"), ("es", "ltr"), ("arn", "ltr"), ("", "ltr")],
)
def test_a_language_runs_its_way(language: str, written: str) -> None:
    assert direction(language) == written
