"""Keeps the sentences of trainers; every call names the person, and none gives or touches what is another's."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update

from lti_tool import collation
from lti_tool.database import db
from lti_tool.lti.tables import PersonRow
from lti_tool.reviews.sentences import rules
from lti_tool.reviews.sentences.rules import Problem, Sentence
from lti_tool.reviews.sentences.tables import SentenceRow


def of_person(person_id: int) -> Sequence[Sentence]:
    """Give a person's sentences, in the order of the alphabet."""
    rows = db.session.scalars(select(SentenceRow).filter_by(person_id=person_id))
    found = [Sentence(id=row.id, text=row.text, language=row.language) for row in rows]
    return sorted(found, key=lambda one: (collation.key(one.text), one.id))


def find(person_id: int, sentence_id: int) -> Sentence | None:
    """Give one sentence of a person."""
    return next((one for one in of_person(person_id) if one.id == sentence_id), None)


def keep(person_id: int, text: str, language: str, now: datetime) -> Problem | None:
    """Keep a tidied sentence once, in the caller's transaction; else tell why not."""
    _hold(person_id)
    kept = [one.text for one in of_person(person_id)]
    problem = rules.find_problem(text, kept)
    if problem is None and text not in kept:
        db.session.add(SentenceRow(person_id=person_id, text=text, language=language, kept_at=now))
        db.session.flush()
    return problem


def remove(person_id: int, sentence_id: int) -> None:
    """Remove a person's sentence, in the caller's transaction; of anybody else's nothing happens."""
    db.session.execute(delete(SentenceRow).filter_by(person_id=person_id, id=sentence_id))


def _hold(person_id: int) -> None:
    """Keep the person's other windows from adding one, until the transaction ends."""
    db.session.execute(update(PersonRow).filter_by(id=person_id).values(number=PersonRow.number))
