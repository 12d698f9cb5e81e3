"""How a course does an exercise: what its trainers chose, and else what holds for everybody."""

from dataclasses import dataclass
from typing import Any

from lti_tool.database import INSERTS, db, found
from lti_tool.exercises.marking import Marking
from lti_tool.exercises.tables import ArrangementRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """What holds for one exercise in one course."""

    marking: Marking = Marking.HANDED_IN


def find(course_id: int, exercise: str) -> Arrangement:
    """Give what holds for an exercise, whether or not anybody chose."""
    row = found(ArrangementRow, {"course_id": course_id, "exercise": exercise})
    return Arrangement(marking=row.marking) if row else Arrangement()


def choose(course_id: int, exercise: str, marking: Marking) -> None:
    """Keep how an exercise is marked from now on, in the caller's transaction."""
    key: dict[str, Any] = {"course_id": course_id, "exercise": exercise}
    chosen = INSERTS[db.engine.dialect.name](ArrangementRow).values(**key, marking=marking)
    db.session.execute(chosen.on_conflict_do_update(index_elements=list(key), set_={"marking": marking}))
