"""The journal's file: for its owner's eyes, checked when it is opened, and locked while a run uses it."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import chain
from pathlib import Path

from moodle_sync.errors import JournalError
from moodle_sync.journal.pages import schema

OURS = 0x4D445453
"""SQLite's application id of a journal."""
VERSION = 5
PATIENCE = 10
"""Seconds that a reader and a writer wait for each other."""
ROOM = "see that its disk has room, and that the file and its folder may be written"
WITHOUT = "moved away, it is made anew, and what is in Moodle is adopted as it stands"
ALTERED = """
CREATE TABLE altered (
    kind TEXT NOT NULL, thing TEXT NOT NULL, field TEXT NOT NULL, written TEXT NOT NULL, kept TEXT NOT NULL,
    PRIMARY KEY (kind, thing, field)
)"""
FIELDS = """
CREATE TABLE fields (
    kind TEXT NOT NULL, thing TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (kind, thing, field)
)"""
TABLES = f"""
{ALTERED};
CREATE TABLE site (address TEXT NOT NULL);
CREATE TABLE runs (
    id TEXT PRIMARY KEY, started TEXT NOT NULL, ended TEXT, outcome TEXT, stopped TEXT,
    rows INTEGER NOT NULL, options TEXT NOT NULL, left_alone TEXT NOT NULL DEFAULT '[]',
    remarks TEXT NOT NULL DEFAULT '[]'
);
CREATE TABLE actions (
    run TEXT NOT NULL, place INTEGER NOT NULL, document TEXT NOT NULL, fate TEXT NOT NULL, reason TEXT NOT NULL,
    cause TEXT NOT NULL DEFAULT '', PRIMARY KEY (run, place)
);
CREATE TABLE sends (
    run TEXT NOT NULL, number INTEGER NOT NULL, function TEXT NOT NULL, places TEXT NOT NULL, state TEXT NOT NULL,
    reason TEXT NOT NULL, intended TEXT NOT NULL, sent TEXT, ended TEXT,
    PRIMARY KEY (run, number)
);
CREATE TABLE people (
    number INTEGER PRIMARY KEY, username TEXT NOT NULL,
    shown TEXT NOT NULL DEFAULT '', shown_idnumber TEXT NOT NULL DEFAULT ''
);
CREATE TABLE limits (measured TEXT NOT NULL, variables INTEGER NOT NULL);
CREATE INDEX people_by_username ON people (username);
"""
UPGRADES = {
    1: (
        "ALTER TABLE people ADD COLUMN shown TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE people ADD COLUMN shown_idnumber TEXT NOT NULL DEFAULT ''",
        "CREATE INDEX people_by_username ON people (username)",
        "CREATE INDEX enrolments_by_person ON enrolments (person)",
        "CREATE INDEX roles_by_person ON roles (person)",
        "CREATE INDEX memberships_by_person ON memberships (person)",
        "CREATE INDEX cohort_members_by_person ON cohort_members (person)",
    ),
    2: (
        "ALTER TABLE runs ADD COLUMN left_alone TEXT NOT NULL DEFAULT '[]'",
        ALTERED,
    ),
    3: (FIELDS,),
    4: (
        "ALTER TABLE runs ADD COLUMN remarks TEXT NOT NULL DEFAULT '[]'",
        "ALTER TABLE actions ADD COLUMN cause TEXT NOT NULL DEFAULT ''",
    ),
}
"""What makes the next version of each former one."""


def open_file(file: Path, site: str) -> sqlite3.Connection:
    """Open a site's journal, and make it if it isn't there; JournalError if it is another's or broken."""
    try:
        _make(file)
        db = sqlite3.connect(file, timeout=PATIENCE, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        message = f"{file}: the journal can't be opened ({error})"
        raise JournalError(message) from error
    try:
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA secure_delete = ON")  # what is forgotten is overwritten: it names people
        _prepare(db, file, site)
    except sqlite3.OperationalError as error:
        db.close()
        message = f"{file}: the journal can't be used now ({error}): {ROOM}"
        raise JournalError(message) from error
    except sqlite3.Error as error:
        db.close()
        message = f"{file}: is no journal, or a broken one ({error}); {WITHOUT}"
        raise JournalError(message) from error
    except JournalError:
        db.close()
        raise
    return db


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """Write everything in a block, or nothing of it; JournalError if it can't be written."""
    try:
        with _whole(db):
            yield
    except sqlite3.Error as error:
        message = f"the journal can't be written ({error}): {ROOM}"
        raise JournalError(message) from error


@contextmanager
def _whole(db: sqlite3.Connection) -> Iterator[None]:
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:  # a full disk ends it by itself
            db.execute("ROLLBACK")
        raise


def version(db: sqlite3.Connection) -> int:
    """Tell which version a journal has: a reader may meet a former one."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def upgrade(db: sqlite3.Connection, file: Path) -> None:
    """Make a journal of a former version one of this; only who holds its lock may, since a run may be using it."""
    with transaction(db):
        _check_version(db, file)
        former = version(db)
        for statement in chain.from_iterable(UPGRADES[number] for number in range(former, VERSION)):
            db.execute(statement)
        if former < VERSION:
            db.execute(f"PRAGMA user_version = {VERSION}")


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Keep every other run away for the length of a block; the kernel ends it where the process is killed."""
    beside = file.with_name(f"{file.name}-lock")
    try:
        _make(beside)
    except OSError as error:
        message = f"{file}: the journal can't be locked ({error.strerror}): {ROOM}"
        raise JournalError(message) from error
    with closing(sqlite3.connect(beside, timeout=0, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            message = f"{file}: another run is using the journal; wait for its end"
            raise JournalError(message) from error
        yield


def _make(file: Path) -> None:
    os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))


def _prepare(db: sqlite3.Connection, file: Path, site: str) -> None:
    if _is_empty(db):
        with transaction(db):
            if _is_empty(db):
                _create(db, site)
    if db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        message = f"{file}: the journal is broken; {WITHOUT}"
        raise JournalError(message)
    _check(db, file, site)


def _is_empty(db: sqlite3.Connection) -> bool:
    return not db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]


def _create(db: sqlite3.Connection, site: str) -> None:
    for statement in (*TABLES.split(";"), *schema()):
        db.execute(statement)
    db.execute("INSERT INTO site VALUES (?)", [site])
    db.execute(f"PRAGMA application_id = {OURS}")
    db.execute(f"PRAGMA user_version = {VERSION}")


def _check(db: sqlite3.Connection, file: Path, site: str) -> None:
    if db.execute("PRAGMA application_id").fetchone()[0] != OURS:
        message = f"{file}: is another program's file; name another one under journal in the configuration"
        raise JournalError(message)
    _check_version(db, file)
    address = db.execute("SELECT address FROM site").fetchone()[0]
    if address != site:
        message = f"{file}: is the journal of {address}, and this is {site}; every site has its own"
        raise JournalError(message)


def _check_version(db: sqlite3.Connection, file: Path) -> None:
    if version(db) > VERSION:
        message = f"{file}: was written by a newer moodle-sync; install that one"
        raise JournalError(message)
