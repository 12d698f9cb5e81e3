"""Reads and writes of what trainers released, and the scores that follow from it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, Select, select

from lti_tool.database import db
from lti_tool.delivery import store as outbox
from lti_tool.exercises.answers import Answer
from lti_tool.exercises.marking import Marking
from lti_tool.exercises.store import Submission, WorkspaceKey, find_last_submission, is_at
from lti_tool.exercises.tables import WorkspaceRow
from lti_tool.lti.platform.grades import Grading, grading
from lti_tool.lti.tables import PersonRow, PlacementRow
from lti_tool.reviews import rules
from lti_tool.reviews.rules import Draft, Review, Score, Seen
from lti_tool.reviews.tables import ReviewRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What decides about an exercise's scores in a course."""

    marking: Marking
    full: int
    """The exercise's points in full."""
    comment: Callable[[Submission, str], str]
    """Writes what goes with a score, from what was handed in and the trainer's sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewer:
    """Who releases, in which language they write."""

    person_id: int
    language: str


# Reads


def newest(workspace_ids: Iterable[int]) -> Mapping[int, Review]:
    """Give what was released last, by workspace."""
    query = _reviews().where(ReviewRow.workspace_id.in_(list(workspace_ids))).order_by(ReviewRow.number)
    return {found[0].workspace_id: _review(found) for found in db.session.execute(query)}


def find_answer(key: WorkspaceKey) -> Answer | None:
    """Give what was released last of a piece of work, as whoever did it may read it."""
    query = _reviews().join(WorkspaceRow, WorkspaceRow.id == ReviewRow.workspace_id)
    found = db.session.execute(query.where(is_at(key)).order_by(ReviewRow.number.desc()).limit(1)).first()
    return _answer(found[0]) if found else None


def _reviews() -> Select[ReviewRow, str | None, int]:
    reviewed = select(ReviewRow, PersonRow.name, PersonRow.number)
    return reviewed.join(PersonRow, PersonRow.id == ReviewRow.reviewer_id)


def _review(found: Row[ReviewRow, str | None, int]) -> Review:
    row, name, number = found
    return Review(
        number=row.number,
        submission_id=row.submission_id,
        score=Score(given=row.given, maximum=row.maximum),
        sentence=row.sentence,
        language=row.language,
        reviewer_name=name,
        reviewer_number=number,
        released_at=row.released_at,
    )


def _answer(row: ReviewRow) -> Answer:
    return Answer(
        sentence=row.sentence,
        language=row.language,
        released_at=row.released_at,
        submission_id=row.submission_id,
    )


# Writes


def release(workspace_id: int, draft: Draft, reviewer: Reviewer, terms: Terms, now: datetime) -> bool:
    """Release a mark and a sentence that have no problems, and send them, in the caller's transaction.

    Nothing is released where the work was handed in, or another trainer released, since the page was shown: false.
    """
    _hold(workspace_id)
    last, review = find_last_submission(workspace_id), newest([workspace_id]).get(workspace_id)
    number = review.number if review else 0
    if last is None or draft.given is None or draft.seen != Seen(release=number, hand_in=last.number):
        return False
    db.session.add(
        ReviewRow(
            workspace_id=workspace_id,
            submission_id=last.id,
            number=number + 1,
            given=draft.given,
            maximum=terms.full,
            sentence=draft.sentence,
            language=reviewer.language,
            reviewer_id=reviewer.person_id,
            released_at=now,
        )
    )
    db.session.flush()
    send(workspace_id, terms, now)
    return True


def send(workspace_id: int, terms: Terms, now: datetime) -> None:
    """Put the score that counts by now into the outbox, with its comment, in the caller's transaction.

    What this person hands in, or a trainer releases, at the same time either is read here or comes after.
    """
    person_id = _hold(workspace_id)
    last, review = find_last_submission(workspace_id), newest([workspace_id]).get(workspace_id)
    score = rules.what_counts(terms.marking, review, terms.full)
    if last is None or score is None or not _is_graded(last.placement_id):
        return
    outbox.add_score(
        last.placement_id,
        person_id,
        given=score.given,
        maximum=score.maximum,
        comment=terms.comment(last, review.sentence if review else ""),
        now=now,
    )


def _hold(workspace_id: int) -> int:
    """Keep others from adding a score for whose work it is until the transaction ends; name that person."""
    person_id = db.session.scalars(select(WorkspaceRow.person_id).filter_by(id=workspace_id)).one() or 0
    outbox.hold(person_id)
    return person_id


def _is_graded(placement_id: int) -> bool:
    return grading(db.session.get_one(PlacementRow, placement_id)) is not Grading.NONE
