"""A person's copy of all that is theirs: one archive, with what is kept as JSON and their files beside it."""

import json
from collections.abc import Iterator
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from lti_tool.personal import Kept, Whose
from lti_tool.privacy.catalogue import EVERYTHING

WORDS = "kept.json"


def write(whose: Whose, to: IO[bytes], *, is_for_page: bool = False) -> None:
    """Write a copy, in the language that is spoken just now.

    `is_for_page` leaves out what Moodle may hide from people for a while: marks, and grades.
    """
    chosen = [kept for kept in EVERYTHING if kept.is_for_page or not is_for_page]
    with ZipFile(to, "w", compression=ZIP_DEFLATED) as archive:
        said = json.dumps(dict(_told(chosen, whose)), ensure_ascii=False, indent=2)
        archive.writestr(WORDS, said)
        for kept in chosen:
            for file in kept.files(whose):
                archive.writestr(file.name, file.content)


def _told(chosen: list[Kept], whose: Whose) -> Iterator[tuple[str, Any]]:
    for kept in chosen:
        if found := kept.find(whose):
            said = {"what": kept.title, "who_sees_it": kept.seen_by, "how_long": kept.until, "if_erased": kept.fate}
            yield kept.key, {**{name: str(text) for name, text in said.items()}, "items": list(found)}
