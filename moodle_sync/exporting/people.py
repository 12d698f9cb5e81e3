"""Who is in a site's courses and cohorts, as the rows of a file of people."""

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final, TypeAlias

from moodle_sync.sameness import folded, loosely, same
from moodle_sync.source.cells import mistake
from moodle_sync.source.entries import ACCOUNT, CLEAR
from moodle_sync.things.account import Person
from moodle_sync.things.cohort_member import COHORT_MEMBERS
from moodle_sync.things.group import Group
from moodle_sync.things.membership import MEMBERSHIPS
from moodle_sync.things.person import PEOPLE
from moodle_sync.things.role import ROLES
from moodle_sync.things.state import Place, State

Cells: TypeAlias = Mapping[str, str]
"""What a row says, by column; what isn't there is empty."""
SUSPENDED: Final = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The rows, by username, and the cells that can't be written."""

    rows: Mapping[str, Cells]
    groups: Set[Group]
    """Those that are written."""
    odd: Sequence[str]

    @property
    def header(self) -> list[str]:
        """Give the columns in which something stands, and those that every file has."""
        there = {column for row in self.rows.values() for column in row}
        numbers = {column.strip("abcdefghijklmnopqrstuvwxyz") for column in there} - {""}
        in_order = sorted(numbers, key=int)
        numbered = [name + number for number in in_order for name in ("course", "role", "group", "enrolstatus")]
        numbered += [f"cohort{number}" for number in in_order]
        return [
            name for name in (*ACCOUNT, *numbered) if name in there or name in ("username", "firstname", "lastname")
        ]


def rows_of(state: State, shortnames: Mapping[str, str], asleep: Set[Place]) -> Rows:
    """Make rows of what a site has; `shortnames` are those of courses by idnumber."""
    odd: list[str] = []
    groups = frozenset(_writable(sorted({m.group for m in state[MEMBERSHIPS]}, key=lambda g: (g.course, g.name))))
    placed = _parts(state, groups)
    cohorts: dict[str, list[str]] = {}
    for member in sorted(state[COHORT_MEMBERS]):
        cohorts.setdefault(member.person, []).append(member.cohort)
    shared = _shared(state)
    rows: dict[str, Cells] = {}
    for name in sorted(state[PEOPLE]):
        account = dict(_account(name, state[PEOPLE][name], shared, odd))
        courses = list(_courses(name, placed.get(name, {}), shortnames, asleep))
        inside = {f"cohort{number}": cohort for number, cohort in enumerate(cohorts.get(name, ()), 1)}
        if courses or inside:
            rows[name] = {**account, **dict(courses), **inside}
    return Rows(rows=rows, groups=groups, odd=[cell for cell in odd if cell.split(":")[0] in rows])


def can_stand(kind: str, text: str) -> bool:
    """Tell whether a cell can hold a text."""
    return same(text).lower() != CLEAR and bool(same(text)) and mistake(kind, same(text)) is None


def _writable(groups: Sequence[Group]) -> Iterator[Group]:
    """Leave out groups whose names can't be written, or that databases may take for another one."""
    seen: set[tuple[str, str]] = set()
    for group in groups:
        name = (group.course, loosely(group.name))
        if name not in seen and can_stand("group", group.name):
            yield group
        seen.add(name)


def _shared(state: State) -> frozenset[str]:
    """Give the idnumbers that several people have, whom nobody could tell apart by them."""
    numbers = Counter(folded(person.idnumber) for person in state[PEOPLE].values() if person.idnumber)
    return frozenset(number for number, times in numbers.items() if times > 1)


def _account(name: str, person: Person, shared: Container[str], odd: list[str]) -> Iterator[tuple[str, str]]:
    yield "username", name
    for field in ("firstname", "lastname", "email", "idnumber", "lang", "auth"):
        text = same(getattr(person, field) or "")
        if text and can_stand(field, text) and not (field == "idnumber" and folded(text) in shared):
            yield field, text
        elif text:
            odd.append(f"{name}: {field}")
    if person.suspended:
        yield "suspended", SUSPENDED


def _parts(state: State, groups: Set[Group]) -> Mapping[str, Mapping[str, tuple[list[str], list[str]]]]:
    """Give the roles and groups of everybody by course."""
    placed: dict[str, dict[str, tuple[list[str], list[str]]]] = {}
    for enrolment in sorted(state[ROLES]):
        if can_stand("role", enrolment.role):
            roles, _ = placed.setdefault(enrolment.person, {}).setdefault(enrolment.course, ([], []))
            roles.append(enrolment.role)
    for member in sorted(state[MEMBERSHIPS], key=lambda one: (one.group.course, one.group.name)):
        if member.group in groups and member.group.course in placed.get(member.person, {}):
            placed[member.person][member.group.course][1].append(member.group.name)
    return placed


def _courses(
    person: str,
    placed: Mapping[str, tuple[list[str], list[str]]],
    shortnames: Mapping[str, str],
    asleep: Set[Place],
) -> Iterator[tuple[str, str]]:
    number = 0
    for course in sorted(placed):
        roles, groups = placed[course]
        for place, (role, group) in enumerate(zip_longest(roles, groups)):
            number += 1
            yield f"course{number}", shortnames[course]
            yield f"role{number}", role or roles[-1]
            if group:
                yield f"group{number}", group
            if place == 0 and (course, person) in asleep:
                yield f"enrolstatus{number}", SUSPENDED
