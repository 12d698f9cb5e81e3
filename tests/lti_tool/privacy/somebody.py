"""Somebody of whom something is in every table; made from the tables themselves, so that a new one needs no line."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask import Flask
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Enum,
    Float,
    Integer,
    LargeBinary,
    String,
    Table,
    insert,
    inspect,
    text,
    update,
)

from lti_tool.clock import now
from lti_tool.database import Base, UtcDateTime, db
from lti_tool.exports.tables import ExportRow
from lti_tool.lti.roles import Role
from lti_tool.lti.tables import PersonRow
from lti_tool.personal import Whose
from lti_tool.privacy.catalogue import OF_NOBODY
from tests.lti_tool.entering import Client, enter_course

NAME, ADDRESS, SUB = "Zoé Erasmia", "zoe.erasmia@example.org", "sub-48151623"
ISSUER = "http://localhost:8100"
CALLED = {"sub": SUB, "login_hint": SUB, "for_sub": None, "name": NAME}
"""What stands in columns of these names; `for_sub` is another person's."""
THERE = ("sites", "registrations", "deployments", "people", "courses", "placements", "tool_keys", "attendances")
"""Filled by the launch."""
UNSAID = {"trial_by", "reply_id"}
"""Columns that exclude others."""


def enter(app: Flask, **launch: Any) -> Client:
    """Let the person in."""
    return enter_course(app, **{"sub": SUB, "name": NAME, "email": ADDRESS, "locale": "en", **launch})


def leave_something_everywhere(app: Flask) -> Whose:
    """Fill every table with something of one person: work of their own, and work that they share."""
    client = enter(app)
    enter_course(app, sub="a trainer", name="Tara", role=Role.TRAINER, for_sub=SUB)
    with app.app_context():
        _say_all_of(client.person_id)
        _fill(client)
        db.session.commit()
        return Whose(site_id=1, sub=SUB, person_id=client.person_id)


def _say_all_of(person_id: int) -> None:
    """Let every column say something of a person that needn't: names, addresses and what comes later."""
    said = {one.name: NAME for one in PersonRow.__table__.columns if one.nullable and isinstance(one.type, String)}
    said |= {"email": ADDRESS, "locale": "en", "language": "en", "timezone": "UTC"}
    db.session.execute(update(PersonRow).where(PersonRow.id == person_id).values(said))


def _fill(client: Client) -> None:
    made = _there(client)
    tables = [table for table in Base.metadata.sorted_tables if table.name not in THERE]
    of_work = [table for table in tables if _stands_on_work(table)]
    for table in tables:
        if table.name != "workspaces" and table not in of_work:
            made[table.name] = _added(table, made, {})
    own = _added(_table("workspaces"), made, {"group_id": None})
    shared = _added(_table("workspaces"), made, {"person_id": None})
    for workspace in (own, shared):
        made["workspaces"] = workspace
        for table in of_work:
            made[table.name] = _added(table, made, {"from_workspace_id": own["id"]})


def _there(client: Client) -> dict[str, Mapping[str, Any]]:
    first = {name: {"id": 1} for name in THERE}
    course = {"course_id": client.course_id, "person_id": client.person_id}
    return first | {
        "people": {"id": client.person_id},
        "courses": {"id": client.course_id},
        "placements": {"id": client.placement_id},
        "attendances": course,
    }


def _table(name: str) -> Table:
    return Base.metadata.tables[name]


def _stands_on_work(table: Table) -> bool:
    above = {key.column.table.name for key in table.foreign_keys}
    return "workspaces" in above or any(_stands_on_work(_table(name)) for name in above - {table.name})


def _added(table: Table, made: Mapping[str, Mapping[str, Any]], given: Mapping[str, Any]) -> Mapping[str, Any]:
    values = {column.name: _value(column, table, made) for column in table.columns if _is_filled(column, table)}
    values |= {name: value for name, value in given.items() if name in table.columns}
    row = db.session.execute(insert(table).values(values).returning(*table.primary_key)).mappings().one()
    return {**values, **row}


def _is_filled(column: Column[Any], table: Table) -> bool:
    is_numbered = column is table.autoincrement_column and not column.foreign_keys
    return column.computed is None and not is_numbered and column.name not in UNSAID


def _value(column: Column[Any], table: Table, made: Mapping[str, Mapping[str, Any]]) -> Any:
    for key in column.foreign_keys:
        if key.column.name in made.get(key.column.table.name, {}):
            return made[key.column.table.name][key.column.name]
    if column.name == "name" and table.name in OF_NOBODY | {"files"}:
        return "words"
    if column.name in CALLED:
        return CALLED[column.name]
    return None if column.nullable else _of_type(column, len(made))


def _of_type(column: Column[Any], number: int) -> Any:  # noqa: PLR0911 - one line for each type
    kind = column.type
    if isinstance(kind, Enum):
        return kind.enums[-1 if column.table is ExportRow.__table__ else 0]  # one may wait for each person
    if isinstance(kind, JSON):
        return []
    if isinstance(kind, UtcDateTime):
        return now()
    if isinstance(kind, Date):
        return now().date()
    if isinstance(kind, Boolean):
        return False
    if isinstance(kind, Integer | Float):
        return 1
    return b"bytes" if isinstance(kind, LargeBinary) else f"words {number}"


def dumped(app: Flask) -> Iterator[tuple[str, str]]:
    """Go through all that is in the database, by table, those that no class stands for too."""
    with app.app_context():
        for name in inspect(db.engine).get_table_names():
            rows: Sequence[Any] = db.session.execute(text(f'SELECT * FROM "{name}"')).all()
            yield name, "\n".join(str(row) for row in rows)


def traces(app: Flask) -> list[str]:
    """Name the tables in which a name, address or account of the person stands."""
    words = [NAME, ADDRESS, SUB, NAME.encode("unicode_escape").decode()]
    return sorted({name for name, said in dumped(app) for word in words if word.lower() in said.lower()})
