"""What the sync made, adopted and so may take away again: the journal's tables of what was last applied.

People stand in them by Moodle's account number, since the keys of a source can change; with what the source and Moodle
called them, since a site that is restored may give a number to somebody else.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Set

from moodle_sync.journal import alterations
from moodle_sync.journal.storage import version
from moodle_sync.site.identity import Shown
from moodle_sync.things.action import Action
from moodle_sync.things.applied import Applied
from moodle_sync.things.cohort_member import COHORT_MEMBERS, CohortMembership
from moodle_sync.things.group import Group
from moodle_sync.things.membership import MEMBERSHIPS, Membership
from moodle_sync.things.role import ROLES, Enrolment
from moodle_sync.things.section import SECTIONS
from moodle_sync.things.term import ENROLMENTS, Held, Term

Numbers = Mapping[str, int]
"""Account numbers by the keys of people."""
HELD = ("enrolments", "roles", "memberships", "cohort_members")
KEEPS_SHOWN = 2
"""The version of journals that keep what Moodle showed."""
IN_COURSES = ("enrolments", "roles", "memberships")


def people(db: sqlite3.Connection) -> dict[int, str]:
    """Give the username of everybody of whom something is held, as the source had it."""
    held = " UNION ".join(f"SELECT person FROM {table}" for table in HELD)  # noqa: S608  # our own names
    rows = db.execute(f"SELECT number, username FROM people WHERE number IN ({held})")  # noqa: S608  # as above
    return dict(rows.fetchall())


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
    return (
        Applied(
            altered=alterations.read(db, keys),
            numbers={name: number for number, name in names.items() if number not in keys},
            strangers=frozenset(known.keys() & strangers),
        )
        .having(
            ENROLMENTS, {(course, names[person]): held for course, person, held in _enrolments(db) if person in names}
        )
        .having(
            ROLES,
            frozenset(
                Enrolment(course=course, person=names[person], role=role)
                for course, person, role in db.execute("SELECT course, person, role FROM roles")
                if person in names
            ),
        )
        .having(
            MEMBERSHIPS,
            frozenset(
                Membership(group=Group(course=course, name=name), person=names[person])
                for course, name, person in db.execute("SELECT course, name, person FROM memberships")
                if person in names
            ),
        )
        .having(
            COHORT_MEMBERS,
            frozenset(
                CohortMembership(cohort=cohort, person=names[person])
                for cohort, person in db.execute("SELECT cohort, person FROM cohort_members")
                if person in names
            ),
        )
        .having(SECTIONS, frozenset((course, name) for course, name in db.execute("SELECT course, name FROM sections")))
    )


def adopt(db: sqlite3.Connection, applied: Applied, numbers: Numbers) -> None:
    """Keep what a plan adopts, as it says."""
    for (course, person), held in applied[ENROLMENTS].items():
        _keep_held(db, course, _know(db, person, numbers), held)
    for enrolment in applied[ROLES]:
        _keep_role(db, enrolment.course, _know(db, enrolment.person, numbers), enrolment.role)
    for membership in applied[MEMBERSHIPS]:
        _keep_member(db, membership, _know(db, membership.person, numbers))
    for member in applied[COHORT_MEMBERS]:
        _keep_cohort_member(db, member, _know(db, member.person, numbers))
    for course, name in applied[SECTIONS]:
        _keep_section(db, course, name)
    alterations.keep(db, applied.altered, numbers)


def record(db: sqlite3.Connection, action: Action, numbers: Numbers) -> None:
    """Keep what an action that was done makes true."""
    if newcomer := action.newcomer():
        _keep_new_account(db, *newcomer, numbers[newcomer[0]])
    if keeps := action.keeps():
        adopt(db, keeps, numbers)
    if drops := action.drops():
        _drop_things(db, drops, numbers)
    if place := action.parts():
        course, person = place
        for table in IN_COURSES:
            _drop(db, table, course=course, person=numbers[person])


def forget(db: sqlite3.Connection, applied: Applied, numbers: Numbers) -> None:
    """Forget what is in Moodle no more, and strangers; whose account is gone too is known by the username."""
    known = {name: number for number, name in people(db).items()} | dict(numbers)
    _drop_things(db, applied, known)
    alterations.forget(db, applied.altered, known)
    for number in applied.strangers:
        _forget_account(db, number)


def _drop_things(db: sqlite3.Connection, applied: Applied, known: Numbers) -> None:
    for course, person in applied[ENROLMENTS]:
        _drop(db, "enrolments", course=course, person=known[person])
    for role in applied[ROLES]:
        _drop(db, "roles", course=role.course, person=known[role.person], role=role.role)
    for membership in applied[MEMBERSHIPS]:
        _drop_member(db, membership, known)
    for member in applied[COHORT_MEMBERS]:
        _drop(db, "cohort_members", cohort=member.cohort, person=known[member.person])
    for course, name in applied[SECTIONS]:
        _drop(db, "sections", course=course, name=name)


def know(db: sqlite3.Connection, numbers: Numbers, seen: Mapping[int, Shown]) -> None:
    """Keep what the source and Moodle call everybody whose account was seen."""
    db.executemany(
        "INSERT INTO people VALUES (?, ?, ?, ?) ON CONFLICT (number) DO UPDATE SET "
        "username = excluded.username, shown = excluded.shown, shown_idnumber = excluded.shown_idnumber",
        [(n, key, seen[n].username, seen[n].idnumber) for key, n in numbers.items() if n in seen],
    )


def _names(known: Mapping[int, str], keys: Mapping[int, str]) -> dict[int, str]:
    """Give everybody's key; whoever has only a name that is another's key now can't be told apart, and is left."""
    taken = set(keys.values())
    return {number: name for number, name in known.items() if name not in taken} | {
        number: keys[number] for number in known.keys() & keys.keys()
    }


def _enrolments(db: sqlite3.Connection) -> Iterator[tuple[str, int, Held]]:
    for course, person, gone, *term in db.execute(
        "SELECT course, person, gone, starts, ends, suspended FROM enrolments"
    ):
        yield course, person, Held(term=_read_term(*term), gone=bool(gone))


def _read_term(start: int | None, end: int | None, suspended: int | None) -> Term | None:
    if start is None or end is None:
        return None
    return Term(start=start, end=end, suspended=bool(suspended))


def _written(term: Term | None) -> tuple[int | None, int | None, int | None]:
    return (term.start, term.end, int(term.suspended)) if term else (None, None, None)


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
    for table in HELD:
        _drop(db, table, person=number)


def _keep_held(db: sqlite3.Connection, course: str, number: int, held: Held) -> None:
    """Keep an enrolment; what was made once stays so."""
    db.execute(
        "INSERT INTO enrolments VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (course, person) DO UPDATE SET "
        "adopted = min(adopted, excluded.adopted), gone = excluded.gone, "
        "starts = excluded.starts, ends = excluded.ends, suspended = excluded.suspended",
        [course, number, not held.made, held.gone, *_written(held.term)],
    )


def _keep_role(db: sqlite3.Connection, course: str, number: int, role: str) -> None:
    db.execute("INSERT OR IGNORE INTO roles VALUES (?, ?, ?)", [course, number, role])


def _keep_member(db: sqlite3.Connection, membership: Membership, number: int) -> None:
    group = membership.group
    db.execute("INSERT OR IGNORE INTO memberships VALUES (?, ?, ?)", [group.course, group.name, number])


def _keep_cohort_member(db: sqlite3.Connection, member: CohortMembership, number: int) -> None:
    db.execute("INSERT OR IGNORE INTO cohort_members VALUES (?, ?)", [member.cohort, number])


def _keep_section(db: sqlite3.Connection, course: str, name: str) -> None:
    db.execute("INSERT OR IGNORE INTO sections VALUES (?, ?)", [course, name])


def _drop_member(db: sqlite3.Connection, membership: Membership, numbers: Numbers) -> None:
    group = membership.group
    _drop(db, "memberships", course=group.course, name=group.name, person=numbers[membership.person])


def _drop(db: sqlite3.Connection, table: str, **place: str | int) -> None:
    where = " AND ".join(f"{column} = ?" for column in place)
    db.execute(f"DELETE FROM {table} WHERE {where}", list(place.values()))  # noqa: S608  # our own names
