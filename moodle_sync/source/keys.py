"""People as a list with keys, in YAML: the same as in columns, with a list where columns have numbers.

    - username: ana
      profile: {city: Sevilla}
      courses: [{course: TOT, role: student, groups: [A], status: active, start: 2026-10-01, period: 90}]
      cohorts: [trainees]

An empty list, as `!clear`, means none of ours; a key that isn't there, or is null, leaves alone what it is about.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, TypeAlias

from moodle_sync.errors import Problem
from moodle_sync.source.columns import OWN
from moodle_sync.source.entries import ACCOUNT, CLEAR, Cell, CourseCells, Entry, Source, cell
from moodle_sync.source.tree import Node, Reading, Tree, join, read_tree
from moodle_sync.things.account import PROFILE

Keys: TypeAlias = Mapping[str, Node]

PERSON: Final = frozenset({*ACCOUNT, "profile", "courses", "cohorts"})
COURSE: Final = frozenset({"course", "role", "groups", "status", "start", "period"})
CLOSED: Final = re.compile(r"(?i)(true|yes|on)|(false|no|off)")
STATUS: Final = {"active": "0", "suspended": "1", CLEAR: CLEAR}


def read_keys(file: Path, encoding: str | None = None) -> Source:
    """Read the file; InputRefused if it isn't text."""
    tree = read_tree(file, encoding)
    return Source(name=tree.name, entries=_entries(tree), warnings=tree.warnings)


def _entries(tree: Tree) -> Iterator[Entry | Problem]:
    for node in tree.items:
        if isinstance(node, Problem):
            yield node
        else:
            reading = Reading(tree.name)
            entry = _entry(node, reading)
            yield from reading.problems
            yield entry


def _entry(node: Node, reading: Reading) -> Entry:
    keys = reading.keys(node, "", PERSON.__contains__)
    nobody = {"username": Cell("", node.line, "username")}
    return Entry(
        account={**nobody, **dict(_account(keys, reading)), **dict(_profile(keys, reading))},
        courses=tuple(_courses(keys, reading)),
        cohorts=tuple(_cells("cohorts", "cohorts", keys, reading)),
    )


def _account(keys: Keys, reading: Reading) -> Iterator[tuple[str, Cell]]:
    yield from ((name, _account_cell(name, keys, reading)) for name in ACCOUNT if name in keys)


def _account_cell(name: str, keys: Keys, reading: Reading) -> Cell:
    node = keys[name]
    if name != "suspended":
        return cell(reading.text(node, name), node.line, name)
    text = reading.text(node, name, ["bool", "int"])
    said = CLOSED.fullmatch(text)
    if text not in ("", CLEAR) and not said:
        reading.complain(node, name, f'"{text}" must be true or false')
    return Cell(("1" if said[1] else "0") if said else text if text == CLEAR else "", node.line, name)


def _profile(keys: Keys, reading: Reading) -> Iterator[tuple[str, Cell]]:
    if "profile" in keys:
        for name, node in reading.keys(keys["profile"], "profile", lambda name: bool(OWN.fullmatch(name))).items():
            at = join("profile", name)
            yield PROFILE + name, cell(reading.text(node, at), node.line, at)


def _courses(keys: Keys, reading: Reading) -> Iterator[CourseCells]:
    if "courses" not in keys:
        return
    nodes = reading.items(keys["courses"], "courses")
    if not nodes:
        yield _course({}, "courses", Cell(CLEAR, keys["courses"].line, "courses"), reading)
    for place, node in enumerate(nodes):
        at = f"courses[{place}]"
        found = reading.keys(node, at, COURSE.__contains__)
        yield _course(found, at, _cell("course", found, Cell("", node.line, at), reading), reading)


def _course(keys: Keys, at: str, course: Cell, reading: Reading) -> CourseCells:
    here = Cell("", course.line, at)
    return CourseCells(
        course=course,
        role=_cell("role", keys, here, reading),
        groups=tuple(_cells("groups", join(at, "groups"), keys, reading)),
        term={name: cell for name, cell in _term(keys, here, reading) if cell.text},
    )


def _term(keys: Keys, here: Cell, reading: Reading) -> Iterator[tuple[str, Cell]]:
    yield "status", _status(keys, here, reading)
    yield "start", _cell("start", keys, here, reading, "timestamp")
    yield "period", _cell("period", keys, here, reading, "int")


def _cell(name: str, keys: Keys, here: Cell, reading: Reading, *also: str) -> Cell:
    at, node = join(here.at, name), keys.get(name)
    return Cell("", here.line, at) if node is None else cell(reading.text(node, at, also), node.line, at)


def _cells(name: str, at: str, keys: Keys, reading: Reading) -> Iterator[Cell]:
    if name not in keys:
        return
    nodes = reading.items(keys[name], at)
    if not nodes:
        yield Cell(CLEAR, keys[name].line, at)
    for place, node in enumerate(nodes):
        yield cell(reading.text(node, f"{at}[{place}]"), node.line, f"{at}[{place}]")


def _status(keys: Keys, here: Cell, reading: Reading) -> Cell:
    said = _cell("status", keys, here, reading)
    if said.text and said.text not in STATUS:
        reading.complain(keys["status"], said.at, f'"{said.text}" must be active or suspended')
    return Cell(STATUS.get(said.text, ""), said.line, said.at)
