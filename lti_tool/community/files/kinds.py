"""The kinds of files that are taken: told by what is in them, and by their names only where those agree; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZipFile

from lti_tool.community.files.rules import Problem, Refused
from lti_tool.exercises.photos.pictures import HEIC

ZIP = b"PK\x03\x04"
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
OFFICE = "application/vnd.openxmlformats-officedocument."
LONGEST_TYPE = 100
PROGRAMS = ("vbaproject.bin", "basic/", "scripts/")
"""Parts of a document that hold programs, as their names end or begin."""
CONTROLS = frozenset(range(0x20)) - set(b"\t\n\r\f") | {0x7F}
MARKUP = (b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<svg", b"<?xml", b"<!--", b"{\\rtf", b"#!")
"""How texts begin that a program does more with than show them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of file: the endings that a name may have, the first one where it has none, and each one's type."""

    types: Mapping[str, str]
    is_picture: bool = False

    @property
    def suffixes(self) -> Sequence[str]:
        """Give the endings."""
        return tuple(self.types)


def _one(suffix: str, mimetype: str) -> Kind:
    return Kind(types={suffix: mimetype})


PICTURE = Kind(types=dict.fromkeys(("jpg", "jpeg", "png", "webp", "gif"), "image/jpeg"), is_picture=True)
"""Whatever it was, it is kept as JPEG."""
PDF = _one("pdf", "application/pdf")
PLAIN = Kind(types={"txt": "text/plain", "csv": "text/csv", "md": "text/markdown"})
BY_TYPE: Mapping[str, Kind] = {
    OPEN_DOCUMENT + name: _one(suffix, OPEN_DOCUMENT + name)
    for suffix, name in {"odt": "text", "ods": "spreadsheet", "odp": "presentation"}.items()
}
BY_PART: Mapping[str, Kind] = {
    "word/document.xml": _one("docx", OFFICE + "wordprocessingml.document"),
    "xl/workbook.xml": _one("xlsx", OFFICE + "spreadsheetml.sheet"),
    "ppt/presentation.xml": _one("pptx", OFFICE + "presentationml.presentation"),
}
KINDS = (PICTURE, PDF, *BY_TYPE.values(), *BY_PART.values(), PLAIN)
TYPES: Mapping[str, str] = {suffix: mimetype for kind in KINDS for suffix, mimetype in kind.types.items()}
"""The type of each ending."""


def recognise(content: bytes, suffix: str) -> Kind:
    """Tell the kind of a file whose name has this ending, or none.

    Raises:
        Refused: it is of no kind that is taken, or its name says another one.
    """
    if not content:
        raise Refused(Problem.EMPTY)
    kind = _found(content)
    if kind is None or (suffix and suffix not in TYPES):
        raise Refused(Problem.OTHER_KIND)
    if suffix and suffix not in kind.types:
        raise Refused(Problem.LIES)
    return kind


def _found(content: bytes) -> Kind | None:
    if content[4:8] == b"ftyp" and content[8:12] in HEIC:
        raise Refused(Problem.HEIC)
    if _is_picture(content):
        return PICTURE
    if content.startswith(b"%PDF-"):
        return PDF
    if content.startswith(ZIP):
        return _document(content)
    return PLAIN if _is_plain(content) else None


def _is_picture(content: bytes) -> bool:
    begins = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")
    return content.startswith(begins) or (content[:4] == b"RIFF" and content[8:12] == b"WEBP")


def _document(content: bytes) -> Kind | None:
    """Look into a document, which is an archive; nothing of it is unpacked but the name of its type."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            names = {name.lower() for name in archive.namelist()}
            kind = next((kind for part, kind in BY_PART.items() if part in names), None) or _open_document(archive)
    except Exception as error:  # a stranger's archive makes the library stumble in many ways
        raise Refused(Problem.BROKEN) from error
    if kind and any(name.endswith(PROGRAMS[:1]) or name.startswith(PROGRAMS[1:]) for name in names):
        raise Refused(Problem.PROGRAM)
    return kind


def _open_document(archive: ZipFile) -> Kind | None:
    first = archive.infolist()[0]
    if first.filename != "mimetype" or first.file_size > LONGEST_TYPE:
        return None
    return BY_TYPE.get(archive.read(first).decode("ascii"))


def _is_plain(content: bytes) -> bool:
    """Tell whether it is a text to be read, in any encoding that has no other letters below the space."""
    begins = content.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return CONTROLS.isdisjoint(content) and not begins.startswith(MARKUP)
