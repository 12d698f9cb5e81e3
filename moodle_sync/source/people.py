"""The file of people, each cell checked before anything is sent: in columns (CSV), or as a list with keys (YAML).

Only what the file has columns or keys for is managed. An empty cell, or a key that isn't there, leaves alone what it is
about; `!clear` empties it: an idnumber or a profile field, the dates of an enrolment, the courses, groups or cohorts
that the sync put somebody into.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from moodle_sync.errors import InputRefused, Problem
from moodle_sync.sameness import folded
from moodle_sync.source.cells import mistake
from moodle_sync.source.columns import read_columns
from moodle_sync.source.entries import CLEAR, Cell, Entry, Source
from moodle_sync.source.keys import read_keys
from moodle_sync.source.places import Finding, Places, Scope, alone, place_findings, places
from moodle_sync.source.spellings import Spellings
from moodle_sync.things.account import PROFILE, Person
from moodle_sync.things.cohort_member import CohortMembership
from moodle_sync.things.group import Group
from moodle_sync.things.membership import Membership
from moodle_sync.things.role import Enrolment
from moodle_sync.things.state import Managed, Place

YAML: Final = (".yaml", ".yml")
UNIQUE: Final = ("username", "idnumber")


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """What the file says; `silent` holds where it leaves open what is there, as in the state."""

    people: Mapping[str, Person]
    enrolments: frozenset[Enrolment]
    groups: frozenset[Group]
    memberships: frozenset[Membership]
    cohorts: frozenset[str]
    cohort_members: frozenset[CohortMembership]
    manages: frozenset[Managed]
    silent: frozenset[tuple[Managed, Place]]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    """What one entry says."""

    person: Person
    places: Places
    cohorts: tuple[str, ...]
    silent: tuple[tuple[Managed, Place], ...]
    manages: frozenset[Managed]


def read_people(
    file: Path,
    courses: Mapping[str, str],
    today: datetime,
    encoding: str | None = None,
    *,
    lasting: frozenset[str] = frozenset(),
) -> People:
    """Read the file; `courses` are idnumbers by short name, `today` is midnight in the zone that dates are meant in.

    `lasting` are the short names of courses without an end. InputRefused names every cell that is wrong.
    """
    source = (read_keys if file.suffix.lower() in YAML else read_columns)(file, encoding)
    scope = Scope(courses=courses, today=today, lasting=lasting)
    problems: list[Problem] = []
    spellings = Spellings()
    said = list(_read(source, scope, spellings, problems))
    if not said and not problems:
        problems.append(Problem(source.name, 0, "", "names nobody: write at least one person into it"))
    doubts = tuple(str(Problem(source.name, cell.line, cell.at, message)) for cell, message in spellings.doubts)
    warnings = source.warnings + doubts
    if problems:
        raise InputRefused(problems, warnings)
    return _people(said, warnings)


def _read(source: Source, scope: Scope, spellings: Spellings, problems: list[Problem]) -> Iterator[_Said]:
    """Give what entries say, one at a time: a file may have many; what is wrong is added to `problems`."""
    seen: dict[tuple[str, str], int] = {}
    for entry in source.entries:
        if isinstance(entry, Problem):
            problems.append(entry)
            continue
        findings = [*_findings(entry, scope), *_repeated(entry, seen), *spellings.findings(entry)]
        problems += [Problem(source.name, cell.line, cell.at, message) for cell, message in findings]
        if not problems:
            yield _say(entry, scope)


def _findings(entry: Entry, scope: Scope) -> Iterator[Finding]:
    for name, cell in entry.account.items():
        text = folded(cell.text) if name == "username" else cell.text
        if cell.text and (wrong := mistake(name, text)):
            yield cell, wrong
    if not entry.account["username"].text:
        yield entry.account["username"], "is empty: write it"
    yield from place_findings(entry.courses, scope)
    yield from _cohort_findings([cell for cell in entry.cohorts if cell.text])


def _cohort_findings(cohorts: list[Cell]) -> Iterator[Finding]:
    yield from alone(cohorts)
    for place, cell in enumerate(cohorts):
        if wrong := mistake("cohort", cell.text):
            yield cell, wrong
        elif any(cell.text == earlier.text for earlier in cohorts[:place]):
            yield cell, "is the same cohort once more: keep one"


def _repeated(entry: Entry, seen: dict[tuple[str, str], int]) -> Iterator[Finding]:
    """Find people that stand here twice, under any of their names."""
    for name in UNIQUE:
        cell = entry.account.get(name)
        if cell is None or cell.text in ("", CLEAR):
            continue
        key = (name, folded(cell.text))
        if key in seen:
            yield cell, f"stands in line {seen[key]} already: keep one row for each person"
        seen.setdefault(key, cell.line)


def _say(entry: Entry, scope: Scope) -> _Said:
    person = _person(entry.account)
    cohorts = [cell.text for cell in entry.cohorts if cell.text]
    return _Said(
        person=person,
        places=places(entry.courses, person.username, scope),
        cohorts=tuple(name for name in cohorts if name != CLEAR),
        silent=() if cohorts else ((Managed.COHORTS, ("", person.username)),),
        manages=entry.manages,
    )


def _person(account: Mapping[str, Cell]) -> Person:
    given = {name: "" if cell.text == CLEAR else cell.text for name, cell in account.items() if cell.text}
    profile = {name.removeprefix(PROFILE): text for name, text in given.items() if name.startswith(PROFILE)}
    return Person(
        username=folded(given["username"]),
        firstname=given.get("firstname"),
        lastname=given.get("lastname"),
        email=given.get("email"),
        idnumber=given.get("idnumber"),
        lang=given.get("lang"),
        auth=given.get("auth"),
        suspended=given["suspended"] == "1" if "suspended" in given else None,
        profile=tuple(sorted(profile.items())),
    )


def _people(said: list[_Said], warnings: tuple[str, ...]) -> People:
    manages = frozenset[Managed]().union(*{one.manages for one in said})
    silent = (silence for one in said for silence in (*one.places.silent, *one.silent))
    memberships = frozenset(member for one in said for member in one.places.memberships)
    cohort_members = frozenset(
        CohortMembership(cohort=cohort, person=one.person.username) for one in said for cohort in one.cohorts
    )
    return People(
        people={one.person.username: one.person for one in said},
        enrolments=frozenset(enrolment for one in said for enrolment in one.places.enrolments),
        groups=frozenset(member.group for member in memberships),
        memberships=memberships,
        cohorts=frozenset(member.cohort for member in cohort_members),
        cohort_members=cohort_members,
        manages=manages,
        silent=frozenset(silence for silence in silent if silence[0] in manages),
        warnings=warnings,
    )
