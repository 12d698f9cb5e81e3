"""Reads and writes of marks that members have of their own."""

from collections.abc import Collection, Mapping

from sqlalchemy import select

from lti_tool.database import db
from lti_tool.lti.launch.session import name_of
from lti_tool.lti.tables import PersonRow
from lti_tool.reviews.own_marks.rules import OwnMark
from lti_tool.reviews.own_marks.tables import OwnMarkRow
from lti_tool.reviews.rules import Score

Whose = tuple[int, int]
"""A workspace and a person."""


def newest(workspace_ids: Collection[int]) -> Mapping[Whose, OwnMark]:
    """Give what was given last to each, or taken back, for however many pieces of work in one query."""
    query = (
        select(OwnMarkRow, PersonRow)
        .join(PersonRow, PersonRow.id == OwnMarkRow.reviewer_id)
        .where(OwnMarkRow.workspace_id.in_(workspace_ids))
        .order_by(OwnMarkRow.number)
    )
    return {(row.workspace_id, row.person_id): _mark(row, name_of(person)) for row, person in db.session.execute(query)}


def counting(workspace_id: int) -> Mapping[int, OwnMark]:
    """Give the marks that count, by person: those that were not taken back."""
    return {person_id: mark for (_, person_id), mark in newest([workspace_id]).items() if mark.score}


def _mark(row: OwnMarkRow, reviewer: str) -> OwnMark:
    return OwnMark(
        number=row.number,
        score=None if row.given is None else Score(given=row.given, maximum=row.maximum),
        reason=row.reason,
        language=row.language,
        beside=row.beside,
        reviewer=reviewer,
        given_at=row.given_at,
    )


def add(whose: Whose, mark: OwnMark, reviewer_id: int, full: int) -> bool:
    """Keep one more, in the caller's transaction, which keeps others out; false where it isn't the next one."""
    before = newest([whose[0]]).get(whose)
    if mark.number != (before.number if before else 0) + 1:
        return False
    db.session.add(
        OwnMarkRow(
            workspace_id=whose[0],
            person_id=whose[1],
            number=mark.number,
            given=mark.score.given if mark.score else None,
            maximum=full,
            reason=mark.reason,
            language=mark.language,
            beside=mark.beside,
            reviewer_id=reviewer_id,
            given_at=mark.given_at,
        )
    )
    db.session.flush()
    return True
