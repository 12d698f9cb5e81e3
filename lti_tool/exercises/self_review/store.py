"""Reads and writes of what people say of their own work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from content.model import Exercise
from lti_tool.database import db
from lti_tool.exercises import levels, rows
from lti_tool.exercises.levels import Chosen
from lti_tool.exercises.self_review.rules import SelfReview
from lti_tool.exercises.self_review.tables import ChosenSnapshot, HandedInRow, SelfReviewRow
from lti_tool.lti.launch.session import name_of
from lti_tool.lti.tables import PersonRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who says it, in which language they write."""

    person_id: int
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is kept of a workspace."""

    review: SelfReview
    language: str
    changed_at: datetime
    changed_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What was handed in with a submission."""

    levels: Sequence[Chosen]
    sentence: str
    language: str
    said_at: datetime
    said_by: str


# Reads


def find(workspace_id: int) -> Kept | None:
    """Give what is kept of a workspace, if anything ever was."""
    found = db.session.execute(
        select(SelfReviewRow, PersonRow)
        .join(PersonRow, PersonRow.id == SelfReviewRow.changed_by)
        .where(SelfReviewRow.workspace_id == workspace_id)
        .execution_options(populate_existing=True)
    ).first()
    if found is None:
        return None
    row, person = found
    return Kept(
        review=SelfReview(levels=row.levels, sentence=row.sentence, version=row.version),
        language=row.language,
        changed_at=row.changed_at,
        changed_by=name_of(person),
    )


def of_submission(submission_id: int) -> Said | None:
    """Give what was handed in with a submission, if anything was."""
    found = db.session.execute(
        select(HandedInRow, PersonRow)
        .join(PersonRow, PersonRow.id == HandedInRow.said_by)
        .where(HandedInRow.submission_id == submission_id)
    ).first()
    if found is None:
        return None
    row, person = found
    return Said(
        levels=[Chosen(**one) for one in row.levels],
        sentence=row.sentence,
        language=row.language,
        said_at=row.said_at,
        said_by=name_of(person),
    )


# Writes


def save(workspace_id: int, review: SelfReview, author: Author, now: datetime) -> bool:
    """Keep it, in the caller's transaction; false where somebody changed it meanwhile, and said something else."""
    rows.lock(workspace_id)
    kept = find(workspace_id)
    if kept and kept.review.says_the_same(review):
        return True
    version = kept.review.version if kept else 0
    if version != review.version:
        return False
    db.session.merge(
        SelfReviewRow(
            workspace_id=workspace_id,
            levels=dict(review.levels),
            sentence=review.sentence,
            language=author.language,
            version=version + 1,
            changed_at=now,
            changed_by=author.person_id,
        )
    )
    db.session.flush()
    return True


def hand_in(submission_id: int, workspace_id: int, exercise: Exercise, language: str) -> None:
    """Put it beside what is handed in, in the caller's transaction, in the words of this moment.

    Whoever calls keeps others out. The same work handed in once more takes what they say of it by now.
    """
    db.session.execute(delete(HandedInRow).where(HandedInRow.submission_id == submission_id))
    row = db.session.get(SelfReviewRow, workspace_id, populate_existing=True)
    if row is None or not (row.levels or row.sentence):
        return
    chosen = levels.worded(exercise, row.levels, language)
    db.session.add(
        HandedInRow(
            submission_id=submission_id,
            levels=[_snapshot(one) for one in chosen],
            sentence=row.sentence,
            language=row.language,
            said_at=row.changed_at,
            said_by=row.changed_by,
        )
    )
    db.session.flush()


def _snapshot(one: Chosen) -> ChosenSnapshot:
    return ChosenSnapshot(
        criterion=one.criterion, level=one.level, title=one.title, words=one.words, language=one.language
    )


def forget(workspace_id: int) -> None:
    """Delete what is kept of a workspace, in the caller's transaction."""
    db.session.execute(delete(SelfReviewRow).where(SelfReviewRow.workspace_id == workspace_id))
