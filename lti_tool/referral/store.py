"""Keeps the card of each course, and finds the one of a course that it is a copy of."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from lti_tool.database import INSERTS, db
from lti_tool.lti.tables import CourseRow
from lti_tool.referral.rules import Card, Contact, Kind
from lti_tool.referral.tables import ReferralCardRow


def find(course_id: int) -> Card:
    """Give a course's card, as it is saved now."""
    row = _row(course_id)
    return _card(row) if row else Card()


def find_suggestion(course_id: int) -> Card | None:
    """Give the card of the nearest course that this one is a copy of, until its trainers save one of their own.

    Nothing of it holds here: it is offered to a trainer, who checks it and saves it.
    """
    course = db.session.get_one(CourseRow, course_id)
    if not course.history or _row(course_id):
        return None
    earlier = _earlier(course)
    found = (earlier[one] for one in course.history if one in earlier)
    return next((one for one in found if not one.is_empty), None)


def _earlier(course: CourseRow) -> Mapping[str, Card]:
    rows = db.session.execute(
        select(CourseRow.context_id, ReferralCardRow)
        .join(ReferralCardRow, ReferralCardRow.course_id == CourseRow.id)
        .where(CourseRow.site_id == course.site_id, CourseRow.context_id.in_(course.history))
    )
    return {context_id: _card(row) for context_id, row in rows}


def save(course_id: int, card: Card, seen: int, by: int, now: datetime) -> bool:
    """Keep a card in the caller's transaction, unless it isn't any more as its trainer saw it; tell which."""
    values = _values(card) | {"changed_at": now, "changed_by": by}
    put = INSERTS[db.engine.dialect.name](ReferralCardRow).values(course_id=course_id, version=0, **values)
    db.session.execute(put.on_conflict_do_nothing())
    changed = update(ReferralCardRow).where(ReferralCardRow.course_id == course_id, ReferralCardRow.version == seen)
    done = db.session.execute(changed.values(version=seen + 1, **values).returning(ReferralCardRow.version))
    return done.scalar() is not None


def _row(course_id: int) -> ReferralCardRow | None:
    return db.session.get(ReferralCardRow, course_id, populate_existing=True)


def _card(row: ReferralCardRow) -> Card:
    return Card(
        known={kind: Contact(**row.known[kind]) for kind in Kind if kind in row.known},
        more=[Contact(**one) for one in row.more],
        languages=row.languages,
        language=row.language,
        checked_on=row.checked_on,
        version=row.version,
    )


def _values(card: Card) -> dict[str, Any]:
    return {
        "known": {kind.value: asdict(one) for kind, one in card.known.items() if one.is_there},
        "more": [asdict(one) for one in card.more if one.is_there],
        "languages": card.languages,
        "language": card.language,
        "checked_on": card.checked_on,
    }
