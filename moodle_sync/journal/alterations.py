"""What Moodle kept as something else than was written: the journal's table of it.

People stand in it by Moodle's account number, as in all others, and courses by their idnumbers.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from moodle_sync.journal.storage import version
from moodle_sync.things.applied import Altered

SINCE: Final = 3
"""The version of journals that have it."""
PERSON: Final = "person"


def read(db: sqlite3.Connection, keys: Mapping[int, str]) -> frozenset[Altered]:
    """Give what Moodle made of fields, under the keys of the desired state; whom it doesn't name has no key."""
    return frozenset(_read(db, keys)) if version(db) >= SINCE else frozenset()


def keep(db: sqlite3.Connection, altered: Iterable[Altered], numbers: Mapping[str, int]) -> None:
    """Keep what Moodle made of fields, in place of what it made of them before."""
    rows = [(one.kind, _thing(one, numbers), one.field, one.written, one.kept) for one in altered]
    db.executemany("INSERT OR REPLACE INTO altered VALUES (?, ?, ?, ?, ?)", rows)


def forget(db: sqlite3.Connection, altered: Iterable[Altered], numbers: Mapping[str, int]) -> None:
    """Forget what is worth another try."""
    rows = [(one.kind, _thing(one, numbers), one.field) for one in altered]
    db.executemany("DELETE FROM altered WHERE kind = ? AND thing = ? AND field = ?", rows)


def forget_account(db: sqlite3.Connection, number: int) -> None:
    """Forget what was made of an account's fields."""
    db.execute("DELETE FROM altered WHERE kind = ? AND thing = ?", [PERSON, str(number)])


def _read(db: sqlite3.Connection, keys: Mapping[int, str]) -> Iterator[Altered]:
    for kind, thing, field, written, kept in db.execute("SELECT kind, thing, field, written, kept FROM altered"):
        key = keys.get(int(thing)) if kind == PERSON else thing
        if key is not None:
            yield Altered(kind=kind, key=key, field=field, written=written, kept=kept)


def _thing(altered: Altered, numbers: Mapping[str, int]) -> str:
    return str(numbers[altered.key]) if altered.kind == PERSON else altered.key
