"""What the sync made, adopted and so may take away again: the journal's tables of what was last applied.

People stand in them by Moodle's account number, since the keys of a source can change; with what the source and Moodle
called them, since a site that is restored may give a number to somebody else.
"""

import sqlite3
from collections.abc import Mapping, Set
from dataclasses import replace

from moodle_sync.journal import alterations, pages
from moodle_sync.journal.pages import IN_COURSES, OF_PEOPLE, PAGES
from moodle_sync.journal.storage import version
from moodle_sync.site.identity import Shown
from moodle_sync.things.action import Action
from moodle_sync.things.applied import Applied, all_of
from moodle_sync.things.ids import Ids
from moodle_sync.things.page import PERSON, Line, Page
from moodle_sync.things.person import PEOPLE

Numbers = Mapping[str, int]
"""Account numbers by the keys of people."""
KEEPS_SHOWN = 2
"""The version of journals that keep what Moodle showed."""


def people(db: sqlite3.Connection) -> dict[int, str]:
    """Give the username of everybody of whom something is held, as the source had it."""
    held = " UNION ".join(f"SELECT person FROM {page.table}" for page in OF_PEOPLE)  # noqa: S608  # our own names
    rows = db.execute(f"SELECT number, username FROM people WHERE number IN ({held})")  # noqa: S608  # as above
    return dict(rows.fetchall())


def everybody(db: sqlite3.Connection) -> dict[int, str]:
    """Give the username of everybody who was ever seen, as the source had it."""
    return dict(db.execute("SELECT number, username FROM people ORDER BY number").fetchall())


def shown(db: sqlite3.Connection) -> dict[int, Shown]:
    """Give what Moodle showed of accounts; a journal that isn't upgraded yet keeps nothing of it."""
    if version(db) < KEEPS_SHOWN:
        return {}
    rows = db.execute("SELECT number, shown, shown_idnumber FROM people WHERE shown != ''")
    return {number: Shown(username, idnumber) for number, username, idnumber in rows}


def read(db: sqlite3.Connection, keys: Mapping[int, str], strangers: Set[int]) -> Applied:
    """Give everything that is held, under the keys of the desired state; of the others under their usernames."""
    known = people(db)
    names = _names({number: name for number, name in known.items() if number not in strangers}, keys)
    return replace(
        all_of(page.holding(pages.read(db, page, names)) for page in PAGES if page.since <= version(db)),
        altered=alterations.read(db, keys),
        numbers={name: number for number, name in names.items() if number not in keys},
        strangers=frozenset(known.keys() & strangers),
    )


def adopt(db: sqlite3.Connection, applied: Applied, numbers: Numbers) -> None:
    """Keep what a plan adopts, as it says."""
    for page in PAGES:
        for line in page.lines(applied):
            person = _person(page, line)
            pages.keep(db, page, line, _know(db, person, numbers) if person else None)
    alterations.keep(db, applied.altered, numbers)


def record(db: sqlite3.Connection, action: Action, ids: Ids) -> None:
    """Keep what an action that was done makes true."""
    numbers = ids[PEOPLE]
    if newcomer := action.newcomer():
        _keep_new_account(db, *newcomer, numbers[newcomer[0]])
    if keeps := action.keeps():
        adopt(db, keeps, numbers)
    if numbered := action.numbered(ids):
        adopt(db, numbered, numbers)
    if drops := action.drops():
        _drop_things(db, drops, numbers)
    if place := action.parts():
        course, person = place
        for page in IN_COURSES:
            pages.drop(db, page, course=course, person=numbers[person])


def forget(db: sqlite3.Connection, applied: Applied, numbers: Numbers) -> None:
    """Forget what is in Moodle no more, and strangers; whose account is gone too is known by the username."""
    known = {name: number for number, name in people(db).items()} | dict(numbers)
    _drop_things(db, applied, known)
    alterations.forget(db, applied.altered, known)
    for number in applied.strangers:
        _forget_account(db, number)


def know(db: sqlite3.Connection, numbers: Numbers, seen: Mapping[int, Shown]) -> None:
    """Keep what the source and Moodle call everybody whose account was seen."""
    db.executemany(
        "INSERT INTO people VALUES (?, ?, ?, ?) ON CONFLICT (number) DO UPDATE SET "
        "username = excluded.username, shown = excluded.shown, shown_idnumber = excluded.shown_idnumber",
        [(n, key, seen[n].username, seen[n].idnumber) for key, n in numbers.items() if n in seen],
    )


def _drop_things(db: sqlite3.Connection, applied: Applied, known: Numbers) -> None:
    for page in PAGES:
        for key, _ in page.lines(applied):
            cells = zip(page.key, key, strict=True)
            pages.drop(db, page, **{name: known[cell] if name == PERSON else cell for name, cell in cells})


def _person(page: Page, line: Line) -> str:
    """Give the person whom a line is about, if any."""
    return dict(zip(page.key, line[0], strict=True)).get(PERSON, "")


def _names(known: Mapping[int, str], keys: Mapping[int, str]) -> dict[int, str]:
    """Give everybody's key; whoever has only a name that is another's key now can't be told apart, and is left."""
    taken = set(keys.values())
    return {number: name for number, name in known.items() if name not in taken} | {
        number: keys[number] for number in known.keys() & keys.keys()
    }


def _know(db: sqlite3.Connection, key: str, numbers: Numbers) -> int:
    """Give a number; one that is known stays whose it was, until `know` says otherwise."""
    number = numbers[key]
    db.execute("INSERT OR IGNORE INTO people VALUES (?, ?, '', '')", [number, key])
    return number


def _keep_new_account(db: sqlite3.Connection, username: str, idnumber: str, number: int) -> None:
    """Keep what an account was made with; what its number had is void, and what its owner had: there was no account."""
    void = db.execute("SELECT number FROM people WHERE number = ? OR username = ?", [number, username])
    for (former,) in void.fetchall():
        _forget_account(db, former)
    know(db, {username: number}, {number: Shown(username, idnumber)})


def _forget_account(db: sqlite3.Connection, number: int) -> None:
    """Forget whose a number was, and all that is held under it."""
    db.execute("DELETE FROM people WHERE number = ?", [number])
    alterations.forget_account(db, number)
    for page in OF_PEOPLE:
        pages.drop(db, page, person=number)
