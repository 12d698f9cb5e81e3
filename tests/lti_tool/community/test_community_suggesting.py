"""Which language a text looks like: only where it is clear, and never the one that was chosen."""

import pytest

from lti_tool.community.suggesting import UNKNOWN, likely

ENGLISH = "We have begun a time bank with ten people who trust each other, and this is what we do with it."
SPANISH = "Hemos empezado un banco del tiempo con diez personas y lo que hay es muy poco, pero los vecinos vienen."
PORTUGUESE = "Começámos um banco de tempo com dez pessoas e não temos uma sala, mas é muito bom para os vizinhos."
FRENCH = (
    "Nous avons commencé une banque de temps avec dix personnes et nous ne savons pas ce qui est le mieux pour vous."
)
ARABIC = "بدأنا بنك الوقت مع عشرة أشخاص."
GREEK = "Ξεκινήσαμε μια τράπεζα χρόνου με δέκα ανθρώπους."


@pytest.mark.parametrize(
    ("text", "chosen", "suggested"),
    [
        (ENGLISH, "en", None),
        (SPANISH, "es", None),
        (PORTUGUESE, "pt", None),
        (FRENCH, "fr", None),
        (ARABIC, "ar", None),
        (GREEK, "el", None),
        (ARABIC, "en", "ar"),
        (GREEK, "pt", "el"),
        (ARABIC, "el", "ar"),
        (ENGLISH, "ar", "en"),
        (ENGLISH, "es", "en"),
        (SPANISH, "pt", "es"),
        (PORTUGUESE, "es", "pt"),
        (FRENCH, "en", "fr"),
        ("Qamama Beitillu Campolide", "el", UNKNOWN),
    ],
)
def test_a_language_is_suggested_where_the_text_is_in_another_than_was_chosen(
    text: str, chosen: str, suggested: str | None
) -> None:
    assert likely(text, chosen) == suggested


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("", "en"),
        ("123 … 456", "ar"),
        ("Bela Flor", "ar"),
        ("https://example.org/the/and/of/with/that", "es"),
        ("Who knows a time bank?", "es"),
        (f"{ARABIC} See the time bank in Campolide, too.", "ar"),
        ("Ласкаво просимо до нас", "en"),
        (ENGLISH, "de"),
    ],
)
def test_where_it_is_not_clear_nothing_is_suggested(text: str, chosen: str) -> None:
    assert likely(text, chosen) is None
