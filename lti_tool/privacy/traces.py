"""Where words still stand in the database, in whichever table: what others wrote may name somebody who is erased."""

import json
from collections.abc import Collection, Mapping

from sqlalchemy import JSON, ColumnElement, Enum, String, Table, cast, func, or_, select
from sqlalchemy.types import TypeEngine

from lti_tool.database import Base, db

SHORTEST = 3
"""Letters of a name; a shorter one is in words that mean something else."""


def count(words: Collection[str]) -> Mapping[str, int]:
    """Count the rows in which any of these stands, by table."""
    wanted = [word for word in words if len(word) >= SHORTEST]
    found = {table.name: _count(table, wanted) for table in Base.metadata.sorted_tables} if wanted else {}
    return {name: number for name, number in found.items() if number}


def _count(table: Table, words: Collection[str]) -> int:
    named = [_holds(column, word) for column in table.columns if _is_text(column.type) for word in words]
    return db.session.scalar(select(func.count()).select_from(table).where(or_(*named))) or 0 if named else 0


def _is_text(kind: TypeEngine[object]) -> bool:
    return isinstance(kind, JSON | String) and not isinstance(kind, Enum)


def _holds(column: ColumnElement[object], word: str) -> ColumnElement[bool]:
    """Look in JSON for the word as JSON writes it, which spells most scripts in numbers."""
    written = json.dumps(word)[1:-1] if isinstance(column.type, JSON) else word
    return cast(column, String).contains(written, autoescape=True)
