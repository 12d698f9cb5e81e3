"""People as a file has them, before their cells are checked: what both kinds of files are read into."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from moodle_sync.errors import Problem
from moodle_sync.sameness import same
from moodle_sync.things.state import Managed

CLEAR: Final = "!clear"
"""What a cell says that empties what it is about; an empty cell leaves it alone."""
ACCOUNT: Final = ("username", "firstname", "lastname", "email", "idnumber", "lang", "auth", "suspended")


@dataclass(frozen=True, slots=True)
class Cell:
    """A text, the line it stands on, and its column or key."""

    text: str
    line: int
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseCells:
    """What is said of a person in a course.

    `term` has what isn't empty of `status`, which is 1 for suspended and 0 for active, `start`, a date, and `period`, a
    number of days.
    """

    course: Cell
    role: Cell
    groups: tuple[Cell, ...]
    term: Mapping[str, Cell]

    @property
    def given(self) -> list[Cell]:
        """List the cells that aren't empty."""
        return [cell for cell in (self.course, self.role, *self.groups, *self.term.values()) if cell.text]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One person; `account` has the fields by their names, the site's own as `profile_field_X`."""

    account: Mapping[str, Cell]
    courses: tuple[CourseCells, ...] = ()
    cohorts: tuple[Cell, ...] = ()

    @property
    def manages(self) -> frozenset[Managed]:
        """Say what the file has columns or keys for here, empty ones too."""
        there = {
            Managed.ENROLMENTS: self.courses,
            Managed.GROUPS: any(part.groups for part in self.courses),
            Managed.COHORTS: self.cohorts,
        }
        return frozenset(kind for kind, cells in there.items() if cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file; its entries can be read once, and what can't be read is a problem among them."""

    name: str
    entries: Iterable[Entry | Problem]
    warnings: tuple[str, ...]


def cell(text: str, line: int, at: str) -> Cell:
    """Make a cell; how the text is composed, and capitals of the word that clears, make no difference."""
    return Cell(_written(text), line, at)


@lru_cache(maxsize=1000)
def _written(text: str) -> str:
    """Write a text as it is compared; those that come again, such as courses and roles, are kept only once."""
    written = same(text)
    return CLEAR if written.lower() == CLEAR else written
