"""What an entry says of a person's courses, checked and told in our words: pure.

A course may stand in an entry more than once: for a second role, or for another group.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias

from moodle_sync.source.cells import LAST, days, mistake, seconds
from moodle_sync.source.entries import CLEAR, Cell, CourseCells
from moodle_sync.state import DAY, Enrolment, Group, Kind, Membership, Place

Finding: TypeAlias = tuple[Cell, str]
"""A cell and what is wrong with it."""
TERM: Final = ("start", "period", "status")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What cells are compared with: idnumbers of courses by short name, and the midnight that begins today."""

    courses: Mapping[str, str]
    today: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where a person shall be, and where the entry leaves open what is there."""

    enrolments: tuple[Enrolment, ...]
    memberships: tuple[Membership, ...]
    silent: tuple[tuple[Kind, Place], ...]


def place_findings(courses: Iterable[CourseCells], scope: Scope) -> Iterator[Finding]:
    """Find what is wrong with an entry's courses."""
    filled = [part for part in courses if part.given]
    for part in filled:
        yield from _part_findings(part, scope)
    yield from alone([part.course for part in filled])
    yield from _repeated(filled)
    for parts in _by_course(filled).values():
        yield from alone([group for part in parts for group in part.groups])
        yield from _term_findings(parts, scope)


def alone(cells: Iterable[Cell]) -> Iterator[Finding]:
    """Find what clears beside something that is filled."""
    given = [cell for cell in cells if cell.text]
    others = [cell for cell in given if cell.text != CLEAR]
    if others:
        message = f"{CLEAR} contradicts {others[0].at}, which isn't empty: keep one of them"
        yield from ((cell, message) for cell in given if cell.text == CLEAR)


def places(courses: tuple[CourseCells, ...], person: str, scope: Scope) -> Places:
    """Say what an entry without mistakes means."""
    filled = [part for part in courses if part.given]
    named = _by_course(filled)
    silent = {(Kind.ENROLMENTS, ("", person))} if not filled else set()
    silent |= {
        (Kind.GROUPS, (scope.courses[course], person))
        for course, parts in named.items()
        if not any(group.text for part in parts for group in part.groups)
    }
    return Places(
        enrolments=tuple(enrolment for parts in named.values() for enrolment in _enrolments(parts, person, scope)),
        memberships=tuple(member for parts in named.values() for member in _memberships(parts, person, scope)),
        silent=tuple(silent),
    )


def _by_course(filled: Iterable[CourseCells]) -> dict[str, list[CourseCells]]:
    named: dict[str, list[CourseCells]] = {}
    for part in filled:
        if part.course.text not in ("", CLEAR):
            named.setdefault(part.course.text, []).append(part)
    return named


def _part_findings(part: CourseCells, scope: Scope) -> Iterator[Finding]:
    course, first = part.course, part.given[0]
    if not course.text:
        yield course, f"is empty, but {first.at} is not: write the course's short name"
    elif course.text == CLEAR:
        yield from ((cell, f"stands beside {course.at}, which is {CLEAR}: empty one") for cell in part.given[1:])
    elif course.text not in scope.courses:
        known = ", ".join(scope.courses)
        yield course, f'"{course.text}" isn\'t the short name of a course in the configuration ({known})'
    if course.text not in ("", CLEAR) and not part.role.text:
        yield part.role, "is empty: write the role's short name, such as student"
    kinds = [("role", part.role), *(("group", group) for group in part.groups)]
    for kind, cell in (*kinds, *((name, getattr(part, name)) for name in TERM)):
        if cell.text and (wrong := mistake(kind, cell.text)):
            yield cell, wrong


def _repeated(filled: Iterable[CourseCells]) -> Iterator[Finding]:
    seen: set[tuple[str, str, frozenset[str]]] = set()
    for part in filled:
        what = part.course.text, part.role.text, frozenset(group.text for group in part.groups if group.text)
        if what in seen and all(what[:2]):
            yield part.course, "is the same course, role and group once more: keep one"
        seen.add(what)


def _term_findings(parts: list[CourseCells], scope: Scope) -> Iterator[Finding]:
    """Find dates and states that differ: an enrolment has one of each, whatever roles hang on it."""
    cells = {name: [cell for part in parts if (cell := getattr(part, name)).text] for name in TERM}
    if any(mistake(name, cell.text) for name in TERM for cell in cells[name]):
        return
    for name, given in cells.items():
        for cell in given[1:]:
            if _meaning(name, cell, scope) != _meaning(name, given[0], scope):
                yield cell, f'"{cell.text}" contradicts {given[0].at} ("{given[0].text}"): an enrolment has only one'
    start = _given(parts, "start", scope) or int(scope.today.timestamp())
    if start + (_given(parts, "period", scope) or 0) * DAY > LAST:
        yield cells["period"][0], f'"{cells["period"][0].text}" days end after 2037: write less'


def _meaning(name: str, cell: Cell, scope: Scope) -> int:
    if name == "start":
        return seconds(cell.text, scope.today.tzinfo)
    return days(cell.text) if name == "period" else int(cell.text)


def _given(parts: Iterable[CourseCells], name: str, scope: Scope) -> int | None:
    cells = (getattr(part, name) for part in parts)
    return next((_meaning(name, cell, scope) for cell in cells if cell.text), None)


def _enrolments(parts: list[CourseCells], person: str, scope: Scope) -> Iterator[Enrolment]:
    """Give the term to all roles, also where only one of them has it."""
    status = _given(parts, "status", scope)
    for role in {part.role.text for part in parts}:
        yield Enrolment(
            course=scope.courses[parts[0].course.text],
            person=person,
            role=role,
            start=_given(parts, "start", scope),
            days=_given(parts, "period", scope),
            suspended=None if status is None else bool(status),
        )


def _memberships(parts: list[CourseCells], person: str, scope: Scope) -> Iterator[Membership]:
    course = scope.courses[parts[0].course.text]
    for name in {group.text for part in parts for group in part.groups} - {"", CLEAR}:
        yield Membership(group=Group(course=course, name=name), person=person)
