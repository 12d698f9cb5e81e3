"""Comma-separated values as spreadsheets save them: other separators are read, with a warning."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from moodle_sync.errors import InputRefused, Problem
from moodle_sync.text import read_text

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs"}


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, and the line that it begins on."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The header, the rows as they are read, once, and what was odd about the file.

    Where the rest can't be read, a problem is the last row.
    """

    name: str
    header: tuple[str, ...]
    rows: Iterator[Row | Problem]
    warnings: tuple[str, ...]


def read_table(file: Path, encoding: str | None = None) -> Table:
    """Read a file; InputRefused if there is no table in it."""
    read = read_text(file, encoding)
    separator = _separator(read.text)
    warnings = read.warnings
    if separator != ",":
        warnings += (f"{file.name}: separated by {SEPARATORS[separator]}, not commas; read all the same.",)
    rows = _rows(file.name, read.text, separator)
    header = next(rows, Problem(file.name, 0, "", "is empty: its first line must name the columns"))
    if isinstance(header, Problem):
        raise InputRefused([header])
    return Table(file.name, tuple(name.strip() for name in header.cells), rows, warnings)


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
