"""People in columns: Moodle's own upload-users headers, in any order.

As in Moodle's upload, capitals make no difference, but for the name after `profile_field_`, and the number behind a
header only says which cells belong together. Two things differ: a cohort is always named by its idnumber and a group
by its name, also where that is a number.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Final

from moodle_sync.errors import InputRefused, Problem
from moodle_sync.source.entries import ACCOUNT, Cell, CourseCells, Entry, Source, cell
from moodle_sync.source.formulas import as_meant
from moodle_sync.source.table import Row, Table, read_table
from moodle_sync.things.account import PROFILE

TERM: Final = {"enrolstatus": "status", "enroltimestart": "start", "enrolperiod": "period"}
NUMBERED: Final = re.compile(rf"({'|'.join(('course', 'role', 'group', *TERM, 'cohort'))})([0-9]{{1,3}})")
OWN: Final = re.compile(r"[A-Za-z0-9_]{1,255}")
UNKNOWN: Final = "isn't a column that moodle-sync manages: correct its name or take it out"
REFUSED: Final = {
    r"password": "no password is ever sent, new_accounts in the configuration says how people get in",
    r"deleted": "accounts are never deleted, to close one write 1 in a column suspended",
    r"oldusername": "accounts are never renamed, rename them in Moodle",
    r"sysrole\d+": "nobody gets a role in the whole site, give it in Moodle",
    r"(category|categoryrole)\d+": "nobody gets a role in a category, give it in Moodle",
    r"type\d+": "roles have names, write them in a column such as role1",
    r"mnethostid": "people of other sites aren't managed",
    r"maildisplay|maildigest|mailformat|emailstop|autosubscribe|htmleditor|theme|timezone|calendartype": (
        "it is everybody's own choice"
    ),
    r"city|country|institution|department|phone[12]|address|description|descriptionformat|interests"
    r"|middlename|alternatename|firstnamephonetic|lastnamephonetic": (
        "moodle-sync doesn't manage this field of Moodle's, upload it there"
    ),
}
"""Columns of Moodle's upload that are left to Moodle, and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _CourseColumns:
    """Where the columns of one number stand."""

    course: int
    role: int
    group: int | None
    term: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """The columns' names, and where they stand; courses without a column for roles have an empty one at the end."""

    names: tuple[str, ...]
    account: Mapping[str, int]
    cohorts: tuple[int, ...]
    courses: tuple[_CourseColumns, ...]


def read_columns(file: Path, encoding: str | None = None) -> Source:
    """Read the file; InputRefused names every column that is wrong."""
    table = read_table(file, encoding)
    header = tuple(map(_canonical, table.header))
    problems = list(_header_problems(table, header))
    if problems:
        raise InputRefused(problems)
    entries = _entries(table, _layout(header), len(header))
    return Source(name=table.name, entries=entries, warnings=table.warnings)


def _canonical(name: str) -> str:
    small = name.lower()
    return PROFILE + name[len(PROFILE) :] if small.startswith(PROFILE) else small


def _header_problems(table: Table, header: tuple[str, ...]) -> Iterator[Problem]:
    for place, name in enumerate(header):
        wrong = _wrong(name)
        if wrong:
            yield Problem(table.name, table.line, table.header[place] or f"column {place + 1}", wrong)
        elif name in header[:place]:
            yield Problem(table.name, table.line, name, "stands here twice: keep one")
        elif _course(name) not in (None, *header):
            yield Problem(table.name, table.line, name, f"says nothing without {_course(name)}: add this column")
    if "username" not in header:
        yield Problem(table.name, table.line, "username", "is missing: add this column")


def _course(name: str) -> str | None:
    """Name the column that another belongs to."""
    numbered = NUMBERED.fullmatch(name)
    return f"course{numbered[2]}" if numbered and numbered[1] != "cohort" else None


def _wrong(name: str) -> str | None:
    if name in ACCOUNT or NUMBERED.fullmatch(name):
        return None
    if name.startswith(PROFILE):
        form = "must end with a profile field's short name, of letters, digits and underscores: correct it"
        return None if OWN.fullmatch(name.removeprefix(PROFILE)) else form
    reasons = (reason for pattern, reason in REFUSED.items() if re.fullmatch(pattern, name))
    reason = next(reasons, None)
    return f"is left to Moodle: {reason}; take this column out" if reason else UNKNOWN


def _layout(header: tuple[str, ...]) -> _Layout:
    numbered = {name: found for name in header if (found := NUMBERED.fullmatch(name))}
    numbers = dict.fromkeys(found[2] for found in numbered.values() if found[1] != "cohort")
    names = dict.fromkeys((*header, *(f"role{number}" for number in numbers)))
    places = {name: place for place, name in enumerate(names)}
    return _Layout(
        names=tuple(names),
        account={name: places[name] for name in header if name not in numbered},
        cohorts=tuple(places[name] for name, found in numbered.items() if found[1] == "cohort"),
        courses=tuple(_course_columns(number, places) for number in numbers),
    )


def _course_columns(number: str, places: Mapping[str, int]) -> _CourseColumns:
    return _CourseColumns(
        course=places[f"course{number}"],
        role=places[f"role{number}"],
        group=places.get(f"group{number}"),
        term={said: places[name + number] for name, said in TERM.items() if name + number in places},
    )


def _entries(table: Table, layout: _Layout, width: int) -> Iterator[Entry | Problem]:
    for row in table.rows:
        if isinstance(row, Problem):
            yield row
        elif len(row.cells) != width:
            yield Problem(table.name, row.line, "", _uneven(len(row.cells), width, table.separator))
        else:
            yield _entry(row, layout)


def _uneven(count: int, width: int, separator: str) -> str:
    cells = "1 cell" if count == 1 else f"{count} cells"
    return f"has {cells} under a header of {width}: look for a missing or extra {separator}"


def _entry(row: Row, layout: _Layout) -> Entry:
    cells = [cell(as_meant(text), row.line, name) for name, text in zip_longest(layout.names, row.cells, fillvalue="")]
    return Entry(
        account={name: cells[place] for name, place in layout.account.items()},
        courses=tuple(_course_cells(cells, columns) for columns in layout.courses),
        cohorts=tuple(cells[place] for place in layout.cohorts),
    )


def _course_cells(cells: list[Cell], columns: _CourseColumns) -> CourseCells:
    return CourseCells(
        course=cells[columns.course],
        role=cells[columns.role],
        groups=() if columns.group is None else (cells[columns.group],),
        term={said: cells[place] for said, place in columns.term.items() if cells[place].text},
    )
