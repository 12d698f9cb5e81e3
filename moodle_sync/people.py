"""The file of people: Moodle's own upload-users headers, each cell checked before anything is sent."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, TypeAlias

from moodle_sync.errors import InputRefused, Problem
from moodle_sync.state import Enrolment, Group, Membership, Person, folded, same
from moodle_sync.table import Table, read_table

Cells: TypeAlias = Mapping[str, str]
Finding: TypeAlias = tuple[str, str]
"""A column and what is wrong with its cell."""

PERSON: Final = ("username", "firstname", "lastname", "email", "idnumber", "lang")
NEEDED: Final = ("username", "firstname", "lastname", "email")
"""Cells that may not be empty where the column is there."""
UNIQUE: Final = ("username", "idnumber", "email")
PLACE: Final = ("course", "role", "group", "enrolstatus", "enroltimestart", "enrolperiod")
NUMBERED: Final = re.compile(rf"({'|'.join(PLACE)})([1-9]\d?)")
PATTERNS: Final = {
    "username": (r"[-.@_a-z0-9]{1,100}", "must be letters without accents, digits and - . _ @ only"),
    "firstname": (r"[^<>]{1,100}", "must have at most 100 characters, and neither < nor >"),
    "lastname": (r"[^<>]{1,100}", "must have at most 100 characters, and neither < nor >"),
    "email": (r"(?=.{3,100}$)[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+", "isn't an e-mail address"),
    "idnumber": (r".{1,255}", "must have at most 255 characters"),
    "lang": (r"[a-z]{2,3}(_[a-z0-9_]+)?", "must be a language's code, such as es or pt_br"),
    "role": (r"[^\s]{1,100}", "must be a role's short name, such as student"),
    "group": (r"[^<>]{1,254}", "must have at most 254 characters, and neither < nor >"),
    "enrolstatus": (r"[01]", "must be 0 (active) or 1 (suspended)"),
    "enrolperiod": (r"\d{1,5}", "must be a number of days"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """What the file says."""

    people: Mapping[str, Person]
    enrolments: frozenset[Enrolment]
    groups: frozenset[Group]
    memberships: frozenset[Membership]
    warnings: tuple[str, ...]


def read_people(file: Path, courses: Mapping[str, str], today: datetime) -> People:
    """Read the file; `courses` are idnumbers by short name, `today` is midnight in the zone that dates are meant in.

    InputRefused names every cell that is wrong.
    """
    table = read_table(file)
    problems = list(_header_problems(table))
    if problems:
        raise InputRefused(problems)
    rows = [(line, _cells(table, row)) for line, row in table.rows]
    problems = [*_shape_problems(table), *_cell_problems(table.name, rows, courses), *_repeated(table.name, rows)]
    if problems:
        raise InputRefused(problems)
    places = [place for _, cells in rows for place in _places(cells, courses, today)]
    return People(
        people={person.username: person for person in (_person(cells) for _, cells in rows)},
        enrolments=frozenset(enrolment for enrolment, _ in places),
        groups=frozenset(member.group for _, member in places if member),
        memberships=frozenset(member for _, member in places if member),
        warnings=table.warnings,
    )


def _header_problems(table: Table) -> Iterator[Problem]:
    for place, name in enumerate(table.header):
        if name not in PERSON and not NUMBERED.fullmatch(name):
            advice = "isn't a column that moodle-sync manages: correct its name or take it out"
            yield Problem(table.name, 1, name or f"column {place + 1}", advice)
        elif name in table.header[:place]:
            yield Problem(table.name, 1, name, "stands here twice: keep one")
    if "username" not in table.header:
        yield Problem(table.name, 1, "username", "is missing: add this column")
    if not table.rows:
        yield Problem(table.name, 0, "", "has no rows under its header")


def _shape_problems(table: Table) -> Iterator[Problem]:
    for line, row in table.rows:
        if len(row) != len(table.header):
            message = f"has {len(row)} cells under a header of {len(table.header)}: look for a missing or extra comma"
            yield Problem(table.name, line, "", message)


def _cells(table: Table, row: tuple[str, ...]) -> Cells:
    cells = {name: same(cell) for name, cell in zip(table.header, row, strict=False)}
    return {**cells, "username": folded(cells.get("username", ""))}


def _cell_problems(file: str, rows: list[tuple[int, Cells]], courses: Mapping[str, str]) -> Iterator[Problem]:
    for line, cells in rows:
        for name, message in (*_findings(cells, courses), *_place_findings(cells)):
            yield Problem(file, line, name, message)


def _findings(cells: Cells, courses: Mapping[str, str]) -> Iterator[Finding]:
    for name, cell in cells.items():
        kind = _kind(name)
        if not cell:
            if name in NEEDED:
                yield name, "is empty: write it"
        elif kind == "course" and cell not in courses:
            known = ", ".join(courses)
            yield name, f'"{cell}" isn\'t the short name of a course in the configuration ({known})'
        elif kind == "enroltimestart" and _moment(cell) is None:
            yield name, f'"{cell}" isn\'t a date such as 2026-10-01 or 2026-10-01 09:00'
        elif kind in PATTERNS and not re.fullmatch(PATTERNS[kind][0], cell):
            yield name, f'"{cell}" {PATTERNS[kind][1]}'


def _place_findings(cells: Cells) -> Iterator[Finding]:
    seen: set[tuple[str, str]] = set()
    for number in _numbers(cells):
        part = {kind: cells.get(f"{kind}{number}", "") for kind in PLACE}
        given = [kind for kind in PLACE if part[kind]]
        if given and not part["course"]:
            yield f"course{number}", f"is empty, but {given[0]}{number} is not: write the course's short name"
        elif given and not part["role"]:
            yield f"role{number}", "is empty: write the role's short name, such as student"
        elif given and (part["course"], part["role"]) in seen:
            yield f"course{number}", "is the same course and role once more: keep one"
        seen.add((part["course"], part["role"]))


def _repeated(file: str, rows: list[tuple[int, Cells]]) -> Iterator[Problem]:
    """Find people that stand here twice, under any of their names."""
    for name in UNIQUE:
        first: dict[str, int] = {}
        for line, cells in rows:
            value = folded(cells.get(name, ""))
            if value and first.setdefault(value, line) != line:
                yield Problem(file, line, name, f"stands in line {first[value]} already: keep one row for each person")


def _person(cells: Cells) -> Person:
    return Person(
        username=cells["username"],
        firstname=cells.get("firstname") or None,
        lastname=cells.get("lastname") or None,
        email=cells.get("email") or None,
        idnumber=cells.get("idnumber") or None,
        lang=cells.get("lang") or None,
    )


def _places(cells: Cells, courses: Mapping[str, str], today: datetime) -> Iterator[tuple[Enrolment, Membership | None]]:
    person = cells["username"]
    for number in _numbers(cells):
        part = {kind: cells.get(f"{kind}{number}", "") for kind in PLACE}
        if part["course"]:
            course = courses[part["course"]]
            group = Group(course=course, name=part["group"])
            enrolment = Enrolment(
                course=course,
                person=person,
                role=part["role"],
                start=_start(part, today),
                days=int(part["enrolperiod"]) if part["enrolperiod"] else None,
                suspended=part["enrolstatus"] == "1" if part["enrolstatus"] else None,
            )
            yield enrolment, Membership(group=group, person=person) if group.name else None


def _start(part: Cells, today: datetime) -> int | None:
    given = _moment(part["enroltimestart"])
    return int(given.replace(tzinfo=given.tzinfo or today.tzinfo).timestamp()) if given else None


def _moment(cell: str) -> datetime | None:
    try:
        return datetime.fromisoformat(cell)
    except ValueError:
        return None


def _numbers(cells: Cells) -> list[str]:
    found = (NUMBERED.fullmatch(name) for name in cells)
    return sorted({match[2] for match in found if match}, key=int)


def _kind(column: str) -> str:
    match = NUMBERED.fullmatch(column)
    return match[1] if match else column
