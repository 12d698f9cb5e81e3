"""Keeps what readers answer for themselves; every call names the person, and none gives what is another's."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select, update

from lti_tool.database import INSERTS, db
from lti_tool.learning.rules import OwnAnswer
from lti_tool.learning.tables import OwnAnswerRow


def find(course_id: int, person_id: int, unit: str) -> Mapping[str, OwnAnswer]:
    """Give a person's own answers in a unit, by question."""
    rows = db.session.scalars(select(OwnAnswerRow).filter_by(course_id=course_id, person_id=person_id, unit=unit))
    return {row.question: OwnAnswer(text=row.text, language=row.language, version=row.version) for row in rows}


def save(key: Mapping[str, int | str], answer: OwnAnswer, now: datetime) -> bool:
    """Keep an answer in the caller's transaction, unless it was changed since it was seen; tell which."""
    values = {"text": answer.text, "language": answer.language, "changed_at": now}
    put = INSERTS[db.engine.dialect.name](OwnAnswerRow).values(**key, version=0, **{**values, "text": ""})
    db.session.execute(put.on_conflict_do_nothing())
    changed = update(OwnAnswerRow).filter_by(**key, version=answer.version)
    done = db.session.execute(changed.values(version=answer.version + 1, **values).returning(OwnAnswerRow.version))
    return done.scalar() is not None
