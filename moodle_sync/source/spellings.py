"""Groups and cohorts written in two ways that databases take for one name: Moodle may have no room for both."""

from collections.abc import Iterator

from moodle_sync.source.entries import CLEAR, Cell, Entry
from moodle_sync.source.places import Finding
from moodle_sync.state import loosely

NO_COURSE = None
"""Where cohorts belong: to the whole site."""


class Spellings:
    """How each group and each cohort is written, as far as a file has been read; each way is looked at once."""

    def __init__(self) -> None:
        self._seen: set[tuple[str | None, str]] = set()
        self._first: dict[tuple[str | None, str], Cell] = {}

    def findings(self, entry: Entry) -> Iterator[Finding]:
        """Find what was written in another way before."""
        for part in entry.courses:
            for group in part.groups:
                yield from self._compare(part.course.text, group)
        for cohort in entry.cohorts:
            yield from self._compare(NO_COURSE, cohort)

    def _compare(self, course: str | None, name: Cell) -> Iterator[Finding]:
        if (course, name.text) in self._seen or name.text in ("", CLEAR):
            return
        self._seen.add((course, name.text))
        first = self._first.setdefault((course, loosely(name.text)), name)
        if first is not name:
            message = f'"{name.text}" differs from "{first.text}" (line {first.line}) only in capitals or accents'
            yield name, f"{message}: write them alike"
