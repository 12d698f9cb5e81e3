"""Reads and writes of the marks that trainers released, and the scores that follow from them."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, Select, exists, select

from content.model import Exercise
from lti_tool.database import db
from lti_tool.delivery import store as outbox
from lti_tool.exercises import credit_rows, rows
from lti_tool.exercises.crediting import Credit
from lti_tool.exercises.marking import Marking
from lti_tool.exercises.store import Submission, WorkspaceKey, find_last_submission, is_at
from lti_tool.exercises.tables import SubmissionRow, WorkspaceRow
from lti_tool.lti.platform.grades import graded
from lti_tool.lti.tables import PersonRow
from lti_tool.reviews import rules
from lti_tool.reviews.own_marks import store as own_marks
from lti_tool.reviews.rules import Review, Score
from lti_tool.reviews.tables import FeedbackRow, ReviewRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What decides about an exercise's scores in a course."""

    course_id: int
    exercise: str
    """Its slug."""
    marking: Marking
    full: int
    """The exercise's points in full."""
    present: Exercise
    """The exercise as it is now."""
    comment: Callable[[Submission, str], str]
    """Writes what goes with a score, from what was handed in and the trainer's sentence."""
    left: Set[int] = frozenset()
    """Those who are no longer in the course: a release sends them nothing."""


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


def _reviews() -> Select[ReviewRow, str | None, int]:
    reviewed = select(ReviewRow, PersonRow.called.label("name"), PersonRow.number)
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


def is_marked(key: WorkspaceKey) -> bool:
    """Tell whether a trainer gave a piece of work a mark."""
    given = select(ReviewRow).join(WorkspaceRow, WorkspaceRow.id == ReviewRow.workspace_id).where(is_at(key))
    return bool(db.session.scalar(select(exists(given))))


def marked(course_id: int, exercise: str, people: Collection[int]) -> Set[int]:
    """Choose those who were given a mark for an exercise in a course, whichever work it was for."""
    given = credit_rows.told(
        WorkspaceRow.course_id == course_id,
        WorkspaceRow.exercise == exercise,
        SubmissionRow.id.in_(select(ReviewRow.submission_id)),
    ).subquery()
    return frozenset(db.session.scalars(select(given.c.person_id).where(given.c.person_id.in_(people))))


# Writes


def add_mark(said: FeedbackRow, given: float, full: int) -> None:
    """Keep the mark that was released with what was said, in the caller's transaction.

    Whoever calls keeps others out.
    """
    review = newest([said.workspace_id]).get(said.workspace_id)
    row = ReviewRow(
        workspace_id=said.workspace_id,
        submission_id=said.submission_id,
        number=review.number + 1 if review else 1,
        given=given,
        maximum=full,
        sentence=rules.sentence_of(said.text),
        language=said.language,
        reviewer_id=said.reviewer_id,
        released_at=said.released_at,
    )
    db.session.add(row)
    db.session.flush()
    said.review_id = row.id


def send(recipients: Mapping[int, Collection[int]], terms: Terms, now: datetime) -> None:
    """Put the scores that count by now into the outbox, with their comments, in the caller's transaction.

    `recipients` are people by workspace; who isn't credited there gets nothing. What is handed in, or a trainer
    releases, at the same time either is read here or comes after.
    """
    hold(recipients)
    for workspace_id, people in sorted(recipients.items()):
        _send(workspace_id, people, terms, now)


def hold(workspace_ids: Collection[int]) -> None:
    """Keep others from handing these in, from releasing, and from adding scores for their people, until this ends.

    Works first, then people, and both in their order, as handing in does: so nobody waits for each other.
    """
    for workspace_id in sorted(workspace_ids):
        rows.lock(workspace_id)
    found = credit_rows.find(WorkspaceRow.id.in_(workspace_ids))
    outbox.hold_all(one.person_id for each in found.values() for one in each)


def _send(workspace_id: int, people: Collection[int], terms: Terms, now: datetime) -> None:
    last, review = find_last_submission(workspace_id), newest([workspace_id]).get(workspace_id)
    score = rules.what_counts(terms.marking, review, terms.full)
    if last is None or score is None:
        return
    sentence, own = review.sentence if review else "", own_marks.counting(workspace_id)
    for one in _recipients(last, people, terms, is_marked=review is not None):
        mark = own.get(one.person_id)
        given, said = (mark.score or score, f"{mark.reason} {sentence}") if mark else (score, sentence)
        comment = terms.comment(last, rules.sentence_of(said))
        outbox.add_score(
            one.placement_id, one.person_id, given=given.given, maximum=given.maximum, comment=comment, now=now
        )


def _recipients(last: Submission, people: Collection[int], terms: Terms, *, is_marked: bool) -> Sequence[Credit]:
    """Choose whom a score is sent; a mark that somebody has for other work isn't overwritten by what isn't marked."""
    kept = terms.left if is_marked else terms.left | marked(terms.course_id, terms.exercise, people)
    credited = [one for one in credit_rows.of(last.id) if one.person_id in people and one.person_id not in kept]
    places = graded(one.placement_id for one in credited)
    return [one for one in credited if one.placement_id in places]
