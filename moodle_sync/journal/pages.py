"""The journal's tables of what was last applied, one for each kind of thing that has a page: made, written, read."""

import sqlite3
from collections.abc import Iterator, Mapping
from typing import Final

from moodle_sync.things.catalogue import THINGS
from moodle_sync.things.page import PERSON, Line, Page

PAGES: Final[tuple[Page, ...]] = tuple(thing.page for thing in THINGS if thing.page)
OF_PEOPLE: Final = tuple(page for page in PAGES if PERSON in page.key)
IN_COURSES: Final = tuple(page for page in OF_PEOPLE if "course" in page.key)


def schema() -> Iterator[str]:
    """Give the statements that make the tables."""
    for page in PAGES:
        keys = (f"{name} {'INTEGER' if name == PERSON else 'TEXT'} NOT NULL" for name in page.key)
        rest = (f"{name} {kind}" for name, kind in page.rest.items())
        primary = f"PRIMARY KEY ({', '.join(page.key)})"
        yield f"CREATE TABLE {page.table} ({', '.join([*keys, *rest, primary])})"
    for page in OF_PEOPLE:
        yield f"CREATE INDEX {page.table}_by_person ON {page.table} (person)"


def read(db: sqlite3.Connection, page: Page, names: Mapping[int, str]) -> Iterator[Line]:
    """Read a table; whoever has no name is left out."""
    columns, size = ", ".join([*page.key, *page.rest]), len(page.key)
    for row in db.execute(f"SELECT {columns} FROM {page.table}"):  # noqa: S608  # our own names
        key = tuple(zip(page.key, row[:size], strict=True))
        if all(name != PERSON or cell in names for name, cell in key):
            yield tuple(names[cell] if name == PERSON else cell for name, cell in key), row[size:]


def keep(db: sqlite3.Connection, page: Page, line: Line, number: int | None) -> None:
    """Write a line, in place of one that has the same key; `number` is the account of its person."""
    key, rest = line
    cells = [number if name == PERSON else cell for name, cell in zip(page.key, key, strict=True)]
    places = ", ".join("?" * (len(key) + len(rest)))
    db.execute(
        f"INSERT INTO {page.table} ({', '.join([*page.key, *page.rest])}) VALUES ({places}) "  # noqa: S608  # as above
        f"ON CONFLICT ({', '.join(page.key)}) DO {_update(page)}",
        [*cells, *rest],
    )


def drop(db: sqlite3.Connection, page: Page, **cells: str | int) -> None:
    """Take out the lines that have these values in these columns."""
    where = " AND ".join(f"{column} = ?" for column in cells)
    db.execute(f"DELETE FROM {page.table} WHERE {where}", list(cells.values()))  # noqa: S608  # as above


def _update(page: Page) -> str:
    values = (
        f"{name} = min({name}, excluded.{name})" if name in page.falling else f"{name} = excluded.{name}"
        for name in page.rest
    )
    return f"UPDATE SET {', '.join(values)}" if page.rest else "NOTHING"
