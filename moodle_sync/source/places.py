"""What an entry says of a person's courses, checked and told in our words: pure.

A course may stand in an entry more than once: for a second role, or for another group.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final, TypeAlias

from moodle_sync.source.cells import LAST, days, mistake, seconds
from moodle_sync.source.entries import CLEAR, Cell, CourseCells
from moodle_sync.things.group import Group
from moodle_sync.things.membership import Membership
from moodle_sync.things.role import Enrolment
from moodle_sync.things.state import Managed, Place
from moodle_sync.things.term import DAY

ACTIVE: Final = "0"
BY_HAND: Final = "the sync never does: empty it, and suspend them in Moodle, under Participants; that stays"
Finding: TypeAlias = tuple[Cell, str]
"""A cell and what is wrong with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What cells are compared with: idnumbers of courses by short name, and the midnight that begins today."""

    courses: Mapping[str, str]
    today: datetime
    lasting: frozenset[str] = frozenset()
    """The short names of courses where nobody's time ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where a person shall be, and where the entry leaves open what is there."""

    enrolments: tuple[Enrolment, ...]
    memberships: tuple[Membership, ...]
    silent: tuple[tuple[Managed, Place], ...]


def place_findings(courses: tuple[CourseCells, ...], scope: Scope) -> Iterator[Finding]:
    """Find what is wrong with an entry's courses."""
    for part in courses:
        yield from _part_findings(part, scope)
        if part.course.text in scope.lasting:
            yield from _end_findings(part.term)
    yield from alone([part.course for part in courses])
    for parts in _by_course(courses).values():
        yield from alone([group for part in parts for group in part.groups])
        yield from _term_findings(parts, scope)
        if len(parts) > 1:
            yield from _repeated(parts)


def alone(cells: list[Cell]) -> Iterator[Finding]:
    """Find what clears beside something that is filled."""
    clearing = [cell for cell in cells if cell.text == CLEAR]
    filled = [cell for cell in cells if cell.text not in ("", CLEAR)] if clearing else []
    if filled:
        message = f"{CLEAR} contradicts {filled[0].at}, which isn't empty: keep one of them"
        yield from ((cell, message) for cell in clearing)


def places(courses: tuple[CourseCells, ...], person: str, scope: Scope) -> Places:
    """Say what an entry without mistakes means."""
    named = _by_course(courses)
    silent = [
        (Managed.GROUPS, (scope.courses[course], person))
        for course, parts in named.items()
        if not any(group.text for part in parts for group in part.groups)
    ]
    if not any(part.course.text for part in courses):
        silent.append((Managed.ENROLMENTS, ("", person)))
    return Places(
        enrolments=tuple(enrolment for parts in named.values() for enrolment in _enrolments(parts, person, scope)),
        memberships=tuple(member for parts in named.values() for member in _memberships(parts, person, scope)),
        silent=tuple(silent),
    )


def _by_course(courses: tuple[CourseCells, ...]) -> dict[str, list[CourseCells]]:
    named: dict[str, list[CourseCells]] = {}
    for part in courses:
        if part.course.text not in ("", CLEAR):
            named.setdefault(part.course.text, []).append(part)
    return named


def _part_findings(part: CourseCells, scope: Scope) -> Iterator[Finding]:
    course = part.course
    if not course.text:
        yield from (
            (course, f"is empty, but {cell.at} is not: write the course's short name") for cell in part.given[:1]
        )
    elif course.text == CLEAR:
        yield from ((cell, f"stands beside {course.at}, which is {CLEAR}: empty one") for cell in part.given[1:])
    elif course.text not in scope.courses:
        known = ", ".join(scope.courses)
        yield course, f'"{course.text}" isn\'t the short name of a course in the configuration ({known})'
    if course.text not in ("", CLEAR) and not part.role.text:
        yield part.role, "is empty: write the role's short name, such as student"
    for kind, cell in (("role", part.role), *(("group", group) for group in part.groups), *part.term.items()):
        if cell.text and (wrong := mistake(kind, cell.text)):
            yield cell, wrong


def _end_findings(term: Mapping[str, Cell]) -> Iterator[Finding]:
    """Find what would end somebody's time where nobody's ends."""
    if "period" in term and term["period"].text != CLEAR:
        yield term["period"], "would end somebody's time in the community, which has no end: empty it"
    if "status" in term and term["status"].text != ACTIVE:
        yield term["status"], f"would suspend somebody in the community, which {BY_HAND}"


def _repeated(parts: list[CourseCells]) -> Iterator[Finding]:
    seen: set[tuple[str, frozenset[str]]] = set()
    for part in parts:
        what = part.role.text, frozenset(group.text for group in part.groups if group.text)
        if part.role.text and what in seen:
            yield part.course, "is the same course, role and group once more: keep one"
        seen.add(what)


def _term_findings(parts: list[CourseCells], scope: Scope) -> Iterator[Finding]:
    """Find dates and states that differ: an enrolment has one of each, whatever roles hang on it."""
    given = [said for part in parts for said in part.term.items()]
    if any(mistake(name, cell.text) for name, cell in given):
        return
    first: dict[str, Cell] = {}
    for name, cell in given:
        other = first.setdefault(name, cell)
        if _meaning(name, cell, scope) != _meaning(name, other, scope):
            yield cell, f'"{cell.text}" contradicts {other.at} ("{other.text}"): an enrolment has only one'
    if "period" in first:
        start = _meaning("start", first["start"], scope) if "start" in first else 0
        begins = start or int(scope.today.timestamp())
        if begins + days(first["period"].text) * DAY > LAST:
            yield first["period"], f'"{first["period"].text}" days end after 2037: write less'


def _meaning(name: str, cell: Cell, scope: Scope) -> int:
    if name == "start":
        return seconds(cell.text, scope.today.tzinfo)
    return days(cell.text) if name == "period" else int(cell.text)


def _enrolments(parts: list[CourseCells], person: str, scope: Scope) -> Iterator[Enrolment]:
    """Give the term to all roles, also where only one of them has it."""
    term = {name: _meaning(name, cell, scope) for part in parts for name, cell in part.term.items()}
    for role in {part.role.text for part in parts}:
        yield Enrolment(
            course=scope.courses[parts[0].course.text],
            person=person,
            role=role,
            start=term.get("start"),
            days=term.get("period"),
            suspended=bool(term["status"]) if "status" in term else None,
        )


def _memberships(parts: list[CourseCells], person: str, scope: Scope) -> Iterator[Membership]:
    course = scope.courses[parts[0].course.text]
    for name in {group.text for part in parts for group in part.groups} - {"", CLEAR}:
        yield Membership(group=_group(course, name), person=person)


@lru_cache(maxsize=1000)
def _group(course: str, name: str) -> Group:
    """Give a group to all its members."""
    return Group(course=course, name=name)
