"""Journals as a former version wrote them, which are in the field."""

import sqlite3
from contextlib import closing
from pathlib import Path


def make_former(file: Path) -> None:
    """Make a journal one of version 1."""
    with closing(sqlite3.connect(file)) as db, db:
        people = db.execute("SELECT number, username FROM people").fetchall()
        for (index,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'index' AND sql != ''").fetchall():
            db.execute(f"DROP INDEX {index}")
        db.execute("DROP TABLE altered")
        db.execute("DROP TABLE fields")
        for table, column in (("runs", "left_alone"), ("runs", "remarks"), ("actions", "cause")):
            db.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        db.execute("DROP TABLE people")
        db.execute("CREATE TABLE people (number INTEGER PRIMARY KEY, username TEXT NOT NULL)")
        db.executemany("INSERT INTO people VALUES (?, ?)", people)
        db.execute("PRAGMA user_version = 1")


def version(file: Path) -> int:
    """Tell which version a journal has."""
    with closing(sqlite3.connect(file)) as db:
        return int(db.execute("PRAGMA user_version").fetchone()[0])


def columns(file: Path) -> list[tuple[object, ...]]:
    """Describe the columns of all tables, and of their indexes."""
    query = (
        "SELECT made.type, made.name, info.* FROM sqlite_master AS made "
        "JOIN pragma_table_xinfo(made.name) AS info WHERE made.type = 'table' "
        "UNION SELECT made.type, made.name, info.*, '' FROM sqlite_master AS made "
        "JOIN pragma_index_xinfo(made.name) AS info WHERE made.type = 'index' ORDER BY 1, 2, 3"
    )
    with closing(sqlite3.connect(file)) as db:
        return db.execute(query).fetchall()
