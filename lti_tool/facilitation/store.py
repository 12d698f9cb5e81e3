"""Reads a course's work on one exercise, in as many queries for a hundred people as for one."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from lti_tool.database import db
from lti_tool.exercises.store import Submission, submission_of
from lti_tool.exercises.tables import SubmissionRow, WorkspaceRow
from lti_tool.facilitation.rules import HandedIn, Work
from lti_tool.lti.platform.grades import Grading, grading
from lti_tool.lti.tables import AttendanceRow, PersonRow, PlacementRow
from lti_tool.results import store as results
from lti_tool.results.store import Grade
from lti_tool.reviews import rules as marks
from lti_tool.reviews import store as reviews
from lti_tool.reviews.rules import Review
from lti_tool.reviews.store import Terms

OF_SUBMISSION = (
    SubmissionRow.id,
    SubmissionRow.workspace_id,
    SubmissionRow.placement_id,
    SubmissionRow.number,
    SubmissionRow.version,
    SubmissionRow.submitted_at,
)
"""Everything but the notes, which are long and shown one submission at a time."""


def find_works(course_id: int, exercise: str, terms: Terms) -> Sequence[Work]:
    """Give the work of everybody in a course who wrote something, with what counts of it by these terms."""
    query = (
        select(WorkspaceRow.id, WorkspaceRow.version, WorkspaceRow.changed_at, PersonRow.id, PersonRow.name)
        .add_columns(PersonRow.number, AttendanceRow.seen_at)
        .join(PersonRow, PersonRow.id == WorkspaceRow.person_id)
        .outerjoin(
            AttendanceRow,
            (AttendanceRow.course_id == WorkspaceRow.course_id) & (AttendanceRow.person_id == WorkspaceRow.person_id),
        )
        .where(WorkspaceRow.course_id == course_id, WorkspaceRow.exercise == exercise, WorkspaceRow.version > 0)
    )
    handed_in = _handed_in(course_id, exercise)
    works = [
        Work(
            workspace_id=workspace_id,
            version=version,
            changed_at=changed_at,
            person_id=person_id,
            name=name,
            number=number,
            seen_at=seen_at,
            submissions=tuple(handed_in[workspace_id]),
        )
        for workspace_id, version, changed_at, person_id, name, number, seen_at in db.session.execute(query)
    ]
    return _with_grades(_with_marks(works, terms))


def _handed_in(course_id: int, exercise: str) -> Mapping[int, list[HandedIn]]:
    rows = db.session.execute(
        select(*OF_SUBMISSION)
        .join(WorkspaceRow, WorkspaceRow.id == SubmissionRow.workspace_id)
        .where(WorkspaceRow.course_id == course_id, WorkspaceRow.exercise == exercise)
        .order_by(SubmissionRow.number)
    )
    found: defaultdict[int, list[HandedIn]] = defaultdict(list)
    for row in rows.mappings():
        submission = HandedIn(**row)
        found[submission.workspace_id].append(submission)
    return found


def _with_marks(works: Sequence[Work], terms: Terms) -> Sequence[Work]:
    released = reviews.newest(work.workspace_id for work in works if work.last)
    return [_with_mark(work, released.get(work.workspace_id), terms) if work.last else work for work in works]


def _with_mark(work: Work, review: Review | None, terms: Terms) -> Work:
    counts = marks.what_counts(terms.marking, review, terms.full)
    return replace(work, marking=terms.marking, review=review, counts=counts)


def _with_grades(works: Sequence[Work]) -> Sequence[Work]:
    placements = {work.last.placement_id for work in works if work.last}
    grades = results.grades(placements, [work.person_id for work in works if work.last])
    graded = _graded(placements)
    return [_with_grade(work, work.last, grades, graded) if work.last else work for work in works]


def _with_grade(work: Work, last: HandedIn, grades: Mapping[tuple[int, int], Grade], graded: Container[int]) -> Work:
    grade = grades.get((last.placement_id, work.person_id))
    work = replace(work, graded=last.placement_id in graded)
    if grade is None:
        return work
    return replace(
        work,
        grade=grade.standing,
        cause=grade.cause,
        held=grade.held,
        attempts=grade.attempts,
        next_try=grade.next_try,
        given_up=grade.ended_at,
    )


def _graded(placement_ids: Iterable[int]) -> frozenset[int]:
    """Tell for which placements Moodle has a grade that we may give, or may have one."""
    rows = db.session.scalars(select(PlacementRow).where(PlacementRow.id.in_(list(placement_ids))))
    return frozenset(row.id for row in rows if grading(row) is not Grading.NONE)


def send(works: Iterable[Work], terms: Terms, now: datetime) -> None:
    """Put the scores that count by now into the outbox, in the caller's transaction.

    Always in the same order, so that two trainers don't wait for each other.
    """
    for work in sorted(works, key=lambda work: work.person_id):
        reviews.send(work.workspace_id, terms, now)


def find_submission(course_id: int, exercise: str, submission_id: int) -> Submission | None:
    """Give a submission of this course and exercise; of any other there is none."""
    row = db.session.scalar(
        select(SubmissionRow)
        .join(WorkspaceRow, WorkspaceRow.id == SubmissionRow.workspace_id)
        .where(
            SubmissionRow.id == submission_id,
            WorkspaceRow.course_id == course_id,
            WorkspaceRow.exercise == exercise,
        )
    )
    return submission_of(row) if row else None


def find_newest_submission(course_id: int, exercise: str, sub: str) -> Submission | None:
    """Give what a person, known by their account's `sub`, handed in last for this exercise in this course.

    The course is of one site, and its workspaces are of that site's people.
    """
    row = db.session.scalar(
        select(SubmissionRow)
        .join(WorkspaceRow, WorkspaceRow.id == SubmissionRow.workspace_id)
        .join(PersonRow, PersonRow.id == WorkspaceRow.person_id)
        .where(WorkspaceRow.course_id == course_id, WorkspaceRow.exercise == exercise, PersonRow.sub == sub)
        .order_by(SubmissionRow.number.desc())
        .limit(1)
    )
    return submission_of(row) if row else None
