"""Comma-separated values as spreadsheets save them: other separators are read, with a warning."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from moodle_sync.errors import InputRefused, Problem
from moodle_sync.text import read_text

SEPARATORS: Final = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar", ":": "colon"}
FOR_EXCEL: Final = re.compile(r'"?sep=([,;\t|:])"?(?=[\r\n]|\Z)', re.IGNORECASE)
"""A first line that tells Excel the separator."""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, and the line that it begins on."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The header and its line, the rows as they are read, once, and what was odd about the file.

    Where the rest can't be read, a problem is the last row.
    """

    name: str
    line: int
    header: tuple[str, ...]
    rows: Iterator[Row | Problem]
    separator: str
    """What it is called."""
    warnings: tuple[str, ...]


def read_table(file: Path, encoding: str | None = None) -> Table:
    """Read a file; InputRefused if there is no table in it."""
    read = read_text(file, encoding)
    said = FOR_EXCEL.match(read.text)
    separator = said[1] if said else _separator(read.text)
    rows = _rows(file.name, read.text, separator)
    if said:
        next(rows)
    header = next(rows, Problem(file.name, 0, "", "is empty: its first line must name the columns"))
    if isinstance(header, Problem):
        raise InputRefused([header])
    return Table(
        name=file.name,
        line=header.line,
        header=tuple(name.strip() for name in header.cells),
        rows=rows,
        separator=SEPARATORS[separator],
        warnings=(*read.warnings, *(f"{file.name}: {odd}; read all the same." for odd in _oddities(said, separator))),
    )


def _oddities(said: re.Match[str] | None, separator: str) -> Iterator[str]:
    if said:
        yield f"begins with sep={separator}, which is meant for Excel"
    if separator != ",":
        yield f"separated by {SEPARATORS[separator]}s, not commas"


def _separator(text: str) -> str:
    header = text.lstrip().partition("\n")[0]
    return max(SEPARATORS, key=header.count)


def _rows(name: str, text: str, separator: str) -> Iterator[Row | Problem]:
    """Give the rows that hold something, each with the line it begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield Row(line, tuple(row))
            line = reader.line_num + 1
    except csv.Error as error:
        yield Problem(name, line, "", f"can't be read from here on ({error}): look at the quotation marks")
