"""How far an exercise is in a course: reads and writes of what its trainers set for everybody at once."""

from collections.abc import Mapping
from dataclasses import fields
from types import MappingProxyType
from typing import Any

from sqlalchemy import and_, true

from lti_tool.database import INSERTS, db, found
from lti_tool.exercises.modes import Stage
from lti_tool.exercises.tables import StageRow

OF_STAGE = tuple(field.name for field in fields(Stage))
NOTHING: Mapping[str, Any] = MappingProxyType({})


def find(course_id: int, exercise: str) -> Stage:
    """Give how far an exercise is; where its trainers never set anything, at its beginning."""
    row = found(StageRow, {"course_id": course_id, "exercise": exercise})
    return stage_of(row) if row else Stage()


def stage_of(row: StageRow) -> Stage:
    """Take a stage out of its row."""
    return Stage(**{name: getattr(row, name) for name in OF_STAGE})


def change(course_id: int, exercise: str, *, seen: Mapping[str, Any] = NOTHING, **news: Any) -> None:
    """Set what is new, in the caller's transaction, and count it; without news, tell open pages that groups changed.

    Of two trainers at once both count, and of the same thing the last one holds. Where `seen` says what stood there
    when somebody pressed, and something else does by now, nothing changes: two presses of one button are one.
    """
    key: dict[str, Any] = {"course_id": course_id, "exercise": exercise}
    put = INSERTS[db.engine.dialect.name](StageRow).values(**key, **{"version": 1, "shows_names": False, **news})
    counted = {**news, "version": StageRow.version + 1}
    as_seen = and_(true(), *(getattr(StageRow, name).is_not_distinct_from(value) for name, value in seen.items()))
    db.session.execute(put.on_conflict_do_update(index_elements=list(key), set_=counted, where=as_seen))
