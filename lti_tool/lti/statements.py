"""Statements past the session, whose part in them costs several times what they do: for what every launch runs."""

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from flask import g
from sqlalchemy import ColumnElement, Connection, CursorResult, Executable, RowMapping, Update, bindparam, update
from sqlalchemy.sql.dml import ReturningInsert

from lti_tool.database import INSERTS, Base, db

NOTHING: Mapping[str, Any] = MappingProxyType({})


class Transaction:
    """A transaction past the session: it begins with a block's first statement, and is kept if the block ends well."""

    def __init__(self, *, each_alone: bool = False) -> None:
        """Let each statement be a transaction alone, for a block that needs no more.

        On PostgreSQL that spares two of three round trips; SQLite has none to spare.
        """
        self._each_alone = each_alone and db.engine.dialect.name != "sqlite"
        self._connection: Connection | None = None

    def __enter__(self) -> None:
        """Take the statements of this request."""
        g.transaction = self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Commit, or roll back because of an error."""
        del g.transaction
        if self._connection is None:
            return
        with self._connection:  # closing it rolls back what isn't committed
            if kind is None:
                self._connection.commit()

    def connection(self) -> Connection:
        """Give the transaction's connection; until it is needed none is held."""
        if self._connection is None:
            self._connection = db.engine.connect()
            if self._each_alone:
                self._connection.execution_options(isolation_level="AUTOCOMMIT")
        return self._connection


def run(statement: Executable, values: Mapping[str, Any]) -> CursorResult[Any]:
    """Run a statement in the block's transaction, or outside of such a block in the session's."""
    transaction: Transaction | None = g.get("transaction")
    if transaction is not None:
        return transaction.connection().execute(statement, values)
    db.session.flush()  # what it writes is news to objects that the session holds
    return db.session.connection().execute(statement, values)


def columns(table: type[Base], *names: str) -> Iterable[ColumnElement[Any]]:
    """Give a table's columns by their names."""
    return (table.__table__.c[name] for name in names)


def refreshed(table: type[Base], known: RowMapping, told: Mapping[str, Any]) -> int | None:
    """Bring a row of which this is known up to what was told; give its id, or nothing where there is no such row.

    Mostly nothing is new, and nothing is written.
    """
    known_id: int | None = known[_id(table)]
    if known_id is not None and [known[column] for column in columns(table, *told)] != list(told.values()):
        run(_by_id(table), {"known_id": known_id, **told})
    return known_id


@cache
def _by_id(table: type[Base]) -> Update:
    return update(table).where(_id(table) == bindparam("known_id"))


@cache
def _id(table: type[Base]) -> ColumnElement[Any]:
    first, *_ = table.__table__.primary_key
    return first


def put(table: type[Base], key: Mapping[str, Any], told: Mapping[str, Any], new: Mapping[str, Any] = NOTHING) -> int:
    """Bring the row with a natural key up to what was told, or add it with what is new besides; give its first key.

    One statement, so that of two who add it at the same time neither fails.
    """
    statement = _put(db.engine.dialect.name, table, tuple(key), tuple(told))
    first: int = run(statement, {**key, **told, **new}).scalar_one()
    return first


@cache
def _put(dialect: str, table: type[Base], key: tuple[str, ...], told: tuple[str, ...]) -> ReturningInsert[Any]:
    insert = INSERTS[dialect](table.__table__)
    names = {name: insert.excluded[name] for name in told}
    return insert.on_conflict_do_update(index_elements=key, set_=names).returning(*table.__table__.primary_key)
