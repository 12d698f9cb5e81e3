"""Comma-separated values as spreadsheets save them: other encodings and separators are read, with a warning."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from moodle_sync.errors import InputRefused, Problem

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs"}


@dataclass(frozen=True, slots=True)
class Table:
    """The header in small letters, the rows with the line each begins on, and what was odd about the file."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    warnings: tuple[str, ...]


def read_table(file: Path) -> Table:
    """Read a file; InputRefused if there is no table in it."""
    warnings: list[str] = []
    text = _decode(file, warnings)
    separator = _separator(text)
    if separator != ",":
        warnings.append(f"{file.name}: separated by {SEPARATORS[separator]}, not commas; read all the same.")
    rows = list(_rows(file, text, separator))
    if not rows:
        raise InputRefused([Problem(file.name, 0, "", "is empty: its first line must name the columns")])
    (_, header), *rest = rows
    return Table(file.name, tuple(name.strip().lower() for name in header), tuple(rest), tuple(warnings))


def _decode(file: Path, warnings: list[str]) -> str:
    data = _read(file)
    if data.startswith(b"\xef\xbb\xbf"):
        warnings.append(f"{file.name}: begins with a byte order mark; read all the same.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        warnings.append(f"{file.name}: isn't UTF-8; read as Windows-1252: look at the accents in the plan.")
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as error:
        message = "is neither UTF-8 nor Windows-1252: save it as UTF-8"
        raise InputRefused([Problem(file.name, data[: error.start].count(b"\n") + 1, "", message)]) from error


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError as error:
        raise InputRefused([Problem(file.name, 0, "", "is not there: make it, or name another")]) from error
    except OSError as error:
        raise InputRefused([Problem(file.name, 0, "", f"can't be read: {error.strerror}")]) from error


def _separator(text: str) -> str:
    header = text.split("\n", 1)[0]
    return max(SEPARATORS, key=header.count)


def _rows(file: Path, text: str, separator: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Give the rows that hold something, each with the line it begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield line, tuple(row)
            line = reader.line_num + 1
    except csv.Error as error:
        message = f"can't be read from here on ({error}): look at the quotation marks"
        raise InputRefused([Problem(file.name, line, "", message)]) from error
