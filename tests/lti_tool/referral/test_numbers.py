"""Numbers can be called from where they stand; what only looks like one can't."""

import pytest

from lti_tool.referral.numbers import spans


@pytest.mark.parametrize(
    ("written", "called"),
    [
        ("112", ["tel:112"]),
        ("+34 900 555-010", ["tel:+34900555010"]),
        ("(06) 555.0102", ["tel:065550102"]),
        ("112, 016", ["tel:112", "tel:016"]),
        ("016 / +962 6 555 0102", ["tel:016", "tel:+96265550102"]),
        ("٠٦٥٥٥٠١٠٢، 1919", ["tel:065550102", "tel:1919"]),
        ("016, Calle Invento 7, 28013 Madrid", ["tel:016"]),
        ("Calle Invento 7, 28013", []),
        ("12 High Street", []),
        ("555 010 203 extension 4", []),
        ("7", []),
        ("1234567890123456", []),
        ("https://example.org/chat?x=1", ["https://example.org/chat?x=1"]),
        ("javascript:alert(1)", []),
        ("", []),
    ],
)
def test_numbers_at_the_beginning_are_called_and_nothing_is_lost(written: str, called: list[str]) -> None:
    found = spans(written)

    assert [span.href for span in found if span.href] == called
    assert "".join(span.text for span in found) == written
