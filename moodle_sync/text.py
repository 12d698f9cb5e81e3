"""Files of text as administrators have them: other encodings are read, with a warning; what is no text is refused."""

import stat
from dataclasses import dataclass
from pathlib import Path

from moodle_sync.errors import InputRefused, Problem

MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Text:
    """What a file holds, and what was odd about it."""

    text: str
    warnings: tuple[str, ...]


def read_text(file: Path) -> Text:
    """Read UTF-8, else Windows-1252; InputRefused if it is neither."""
    data = read_bytes(file)
    if b"\0" in data:
        message = "holds a NUL byte, as UTF-16 does and text doesn't: save it as UTF-8"
        raise _refusal(file, message, _line(data, data.index(b"\0")))
    marked = (f"{file.name}: begins with a byte order mark; read all the same.",) if data.startswith(MARK) else ()
    try:
        return Text(data.decode("utf-8-sig"), marked)
    except UnicodeDecodeError:
        warning = f"{file.name}: isn't UTF-8; read as Windows-1252: look at the accents in the plan."
    try:
        return Text(data.removeprefix(MARK).decode("cp1252"), (*marked, warning))
    except UnicodeDecodeError as error:
        message = "is neither UTF-8 nor Windows-1252: save it as UTF-8"
        raise _refusal(file, message, _line(data, error.start)) from error


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


def _refusal(file: Path, message: str, line: int = 0) -> InputRefused:
    return InputRefused([Problem(file.name, line, "", message)])


def _line(data: bytes, place: int) -> int:
    return data[:place].count(b"\n") + 1
