"""How a course does an exercise: what its trainers chose, and else what holds for everybody."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, select

from lti_tool.database import INSERTS, db, found
from lti_tool.exercises.modes import Arrangement, Dates
from lti_tool.exercises.tables import ArrangementRow
from lti_tool.groups.rules import Counting
from lti_tool.lti.tables import CourseRow


def find(course_id: int, exercise: str) -> Arrangement:
    """Give what holds for an exercise, whether or not anybody chose; a copied course begins as the one it copies."""
    row = found(ArrangementRow, {"course_id": course_id, "exercise": exercise})
    return arrangement_of(row) if row else inherited(course_id, exercise)


def of_course(course_id: int, exercises: Iterable[str]) -> Mapping[str, Arrangement]:
    """Give the same for many exercises, in as many queries as for one."""
    course = db.session.get_one(CourseRow, course_id)
    rows = db.session.scalars(select(ArrangementRow).where(ArrangementRow.course_id == course_id))
    chosen = {row.exercise: arrangement_of(row) for row in rows}
    before = _chosen_in(course.site_id, course.history) if course.history else {}
    return {one: chosen.get(one) or _nearest(before.get(one, {}), course.history) for one in exercises}


def arrangement_of(row: ArrangementRow) -> Arrangement:
    """Take an arrangement out of its row."""
    return Arrangement(
        marking=row.marking,
        mode=row.mode,
        alone_first=row.alone_first,
        self_review=row.self_review,
        counting=Counting(source=row.source, ticked=frozenset(row.ticked)),
        dates=Dates(opens_at=row.opens_at, due_at=row.due_at, closes_at=row.closes_at, together_at=row.together_at),
    )


def inherited(course_id: int, exercise: str) -> Arrangement:
    """Give what holds where nobody chose: the nearest copied course's way, without its dates and its groups."""
    course = db.session.get_one(CourseRow, course_id)
    return inherited_from(course.site_id, course.history, exercise)


def inherited_from(site_id: int, history: Sequence[str], exercise: str) -> Arrangement:
    """Give what holds where nobody chose, in a course that is a copy of these, the nearest first."""
    if not history:
        return Arrangement()
    return _nearest(_chosen_in(site_id, history, ArrangementRow.exercise == exercise).get(exercise, {}), history)


def _nearest(chosen: Mapping[str, Arrangement], history: Sequence[str]) -> Arrangement:
    nearest = next((chosen[one] for one in history if one in chosen), Arrangement())
    return replace(nearest, counting=Counting(source=nearest.counting.source), dates=Dates())


def _chosen_in(
    site_id: int, context_ids: Sequence[str], *which: ColumnElement[bool]
) -> Mapping[str, Mapping[str, Arrangement]]:
    """Give what was chosen in some courses, by exercise and course."""
    rows = db.session.execute(
        select(CourseRow.context_id, ArrangementRow)
        .join(ArrangementRow, ArrangementRow.course_id == CourseRow.id)
        .where(CourseRow.site_id == site_id, CourseRow.context_id.in_(context_ids), *which)
    )
    found: defaultdict[str, dict[str, Arrangement]] = defaultdict(dict)
    for context_id, row in rows:
        found[row.exercise][context_id] = arrangement_of(row)
    return found


def choose(course_id: int, exercise: str, chosen: Arrangement) -> None:
    """Keep how an exercise is done from now on, in the caller's transaction."""
    key: dict[str, Any] = {"course_id": course_id, "exercise": exercise}
    values = _values_of(chosen)
    put = INSERTS[db.engine.dialect.name](ArrangementRow).values(**key, **values)
    db.session.execute(put.on_conflict_do_update(index_elements=list(key), set_=values))


def _values_of(chosen: Arrangement) -> dict[str, Any]:
    counting, dates = chosen.counting, chosen.dates
    return {
        "marking": chosen.marking,
        "mode": chosen.mode,
        "alone_first": chosen.alone_first,
        "self_review": chosen.self_review,
        "source": counting.source,
        "ticked": sorted(counting.ticked),
        "opens_at": dates.opens_at,
        "due_at": dates.due_at,
        "closes_at": dates.closes_at,
        "together_at": dates.together_at,
    }
