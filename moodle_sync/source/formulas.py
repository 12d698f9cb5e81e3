"""Cells that a spreadsheet would work out: they stand in a file behind an apostrophe, which is none of the text."""

import re
from typing import Final

MARK: Final = "'"
FORMULA: Final = re.compile(r"'*\s*[=+\-@＝＋－＠]")
"""What begins as a formula does; with an apostrophe before it, it is what was marked, and is marked again."""


def defused(text: str) -> str:
    """Write a text so that a spreadsheet shows it, and doesn't work it out."""
    return MARK + text if FORMULA.match(text) else text


def as_meant(cell: str) -> str:
    """Read a cell without the apostrophe that keeps spreadsheets from working it out."""
    return cell[1:] if cell.startswith(MARK) and FORMULA.match(cell) else cell
