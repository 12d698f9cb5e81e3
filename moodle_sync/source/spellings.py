"""Groups and cohorts written in two ways that databases take for one name: Moodle may have no room for both."""

from collections.abc import Iterator

from moodle_sync.sameness import loosely, most_loosely
from moodle_sync.shown import without_unseen
from moodle_sync.source.entries import CLEAR, Cell, Entry
from moodle_sync.source.places import Finding

NO_COURSE = None
"""Where cohorts belong: to the whole site."""


class Spellings:
    """How each group and each cohort is written, as far as a file has been read; each way is looked at once."""

    def __init__(self) -> None:
        self.doubts: list[Finding] = []
        """What only some databases take for one name."""
        self._seen: set[tuple[str | None, str]] = set()
        self._first: dict[tuple[str | None, str], Cell] = {}
        self._alike: dict[tuple[str | None, str], Cell] = {}

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
        alike = self._alike.setdefault((course, most_loosely(name.text)), name)
        if first is not name:
            yield name, _difference(name, first)
        elif alike is not name:
            self.doubts.append((name, _doubt(name, alike)))


def _difference(name: Cell, first: Cell) -> str:
    seen = without_unseen(name.text) != without_unseen(first.text)
    what = "capitals or accents" if seen else "letters that nobody sees"
    return f'"{name.text}" differs from "{first.text}" (line {first.line}) only in {what}: write them alike'


def _doubt(name: Cell, alike: Cell) -> str:
    both = f'"{name.text}" and "{alike.text}" (line {alike.line})'
    return f"{both} are one name to some databases: if Moodle refuses it, choose another."
