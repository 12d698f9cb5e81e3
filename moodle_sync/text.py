"""Files of text as administrators have them: UTF-8, or what is said; nobody's names are read by a guess."""

import stat
from dataclasses import dataclass
from pathlib import Path

from moodle_sync.errors import InputRefused, Problem
from moodle_sync.readings import UTF_8, decoded, is_utf_8, likely, readings

MARK = b"\xef\xbb\xbf"
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
"""How a workbook begins, which is a zip file, or was another kind of archive in an old Excel."""


@dataclass(frozen=True, slots=True)
class Text:
    """What a file holds, and what was odd about it."""

    text: str
    warnings: tuple[str, ...]


def read_text(file: Path, encoding: str | None = None) -> Text:
    """Read UTF-8, or the encoding that is said; InputRefused shows what a file of another one may be."""
    data = read_bytes(file)
    if data.startswith(WORKBOOKS):
        raise _refusal(file, "is a workbook of a spreadsheet, and no text: save it as CSV, in Excel as CSV UTF-8")
    said = encoding or UTF_8
    if not is_utf_8(said) and not data.isascii() and (found := readings(data, [UTF_8])):
        raise _refusal(file, f"is UTF-8, and not {said}, as is said: take the encoding out", found.shown)
    text = decoded(data, said)
    if text is None:
        raise _unread(file, data, encoding or "UTF-8")
    marked = (f"{file.name}: begins with a byte order mark; read all the same.",) if data.startswith(MARK) else ()
    return Text(text, marked)


def read_bytes(file: Path) -> bytes:
    """Read an ordinary file, or what a link leads to; InputRefused says why it can't be."""
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            raise _refusal(file, "isn't a file that can be read to its end: name another")
        return file.read_bytes()
    except FileNotFoundError as error:
        there = "is a link to a file that isn't there" if file.is_symlink() else "is not there"
        raise _refusal(file, f"{there}: make it, or name another") from error
    except OSError as error:
        raise _refusal(file, f"can't be read: {error.strerror}") from error


def _unread(file: Path, data: bytes, encoding: str) -> InputRefused:
    found = readings(data, likely(data))
    if found is None:
        return _refusal(file, "isn't text in any encoding that is known here: save it as UTF-8")
    advice = (
        f"isn't {encoding}: find the reading of its line {found.line} that is right, and write what stands before it "
        "at the top of the configuration, or say moodle-sync --encoding with its name; or save the file as UTF-8"
    )
    return _refusal(file, advice, found.shown)


def _refusal(file: Path, message: str, more: tuple[str, ...] = ()) -> InputRefused:
    return InputRefused([Problem(file.name, 0, "", message, more)])
