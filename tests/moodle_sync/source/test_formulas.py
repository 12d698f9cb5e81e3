"""Cells that spreadsheets would work out, marked and read again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodle_sync.source.formulas import as_meant, defused


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=SUM(A1)", "'=SUM(A1)"),
        ("+34 600", "'+34 600"),
        ("-ana", "'-ana"),
        ("@home", "'@home"),
        ("\uff1dx", "'\uff1dx"),
        ("'=x", "''=x"),
        ("O'Neil", "O'Neil"),
        ("'t Hof", "'t Hof"),
        ("Ana", "Ana"),
        ("", ""),
    ],
)
def test_only_what_begins_as_a_formula_is_marked(text: str, cell: str) -> None:
    assert (defused(text), as_meant(cell)) == (cell, text)


@given(st.text(alphabet="'=+-@ab \uff1d", max_size=6))
def test_whatever_is_marked_is_read_as_it_was(text: str) -> None:
    assert as_meant(defused(text)) == text
