"""What bytes read as in the encodings that they may be in: which reading is right, only somebody who knows can say."""

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

UTF_8: Final = "utf-8"
LIKELY: Final = (
    "cp1252",
    "cp1253",
    "cp1256",
    "cp1250",
    "cp1251",
    "cp1254",
    "iso8859_7",
    "iso8859_6",
    "mac_roman",
    "cp850",
)
"""Those of spreadsheets around the Mediterranean: of Windows, of Unix, of old Macs and of DOS."""
ENDS: Final = re.compile(r"\r\n|\r|\n")
LONGEST: Final = 100


@dataclass(frozen=True, slots=True)
class Readings:
    """A line's number, and what it is in each encoding, as it can be shown."""

    line: int
    shown: tuple[str, ...]


def is_encoding(name: str) -> bool:
    """Tell whether there is an encoding of this name."""
    try:
        " ".encode(name)
    except (LookupError, ValueError):
        return False
    return True


def is_utf_8(name: str) -> bool:
    """Tell whether a name is one of UTF-8's."""
    return codecs.lookup(name).name.startswith(UTF_8)


def decoded(data: bytes, encoding: str) -> str | None:
    """Read bytes; None where they are no text in this encoding."""
    try:
        text = data.decode(encoding)
    except UnicodeError:
        return None
    return None if "\0" in text else text.removeprefix("\ufeff")


def likely(data: bytes) -> tuple[str, ...]:
    """Name the encodings that bytes may be in which aren't UTF-8."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    if 0 in data[:2]:
        return ("utf-16-be",) if data[0] == 0 else ("utf-16-le",)
    return LIKELY


def readings(data: bytes, encodings: Iterable[str]) -> Readings | None:
    """Show the line that differs most; None where none of these encodings has text for the bytes."""
    texts: dict[str, str] = {}
    for name in encodings:
        if (text := decoded(data, name)) is not None:
            texts.setdefault(text, name)
    if not texts:
        return None
    lines = list(zip(*map(ENDS.split, texts), strict=False))
    place = max(range(len(lines)), key=lambda place: _telling(lines[place]))
    begin = max(_difference(lines[place]) - LONGEST // 2, 0)
    shown = (line[begin : begin + LONGEST].strip() for line in lines[place])
    said = zip(texts.values(), shown, strict=True)
    return Readings(place + 1, tuple(f'encoding = "{name}" reads: {line}' for name, line in said))


def _telling(line: tuple[str, ...]) -> tuple[int, int]:
    """Say how much a line's readings tell: how many they are, then how many letters only an encoding tells."""
    return len(set(line)), sum(not letter.isascii() for letter in line[0])


def _difference(line: tuple[str, ...]) -> int:
    """Find the letter where a line's readings part."""
    letters = enumerate(zip(*line, strict=False))
    return next((place for place, alike in letters if len(set(alike)) > 1), 0)
