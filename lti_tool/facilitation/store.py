"""Reads a course's work on one exercise, in as many queries for a hundred people as for one."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, select

from lti_tool.database import db
from lti_tool.exercises import credit_rows
from lti_tool.exercises.owners import OwnerKind
from lti_tool.exercises.store import Submission, submission_of
from lti_tool.exercises.tables import SubmissionRow, WorkspaceRow
from lti_tool.facilitation import crowd, rules
from lti_tool.facilitation.crowd import Crowd
from lti_tool.facilitation.rules import HandedIn, Person, Receiver, Work
from lti_tool.groups import store as groups
from lti_tool.groups.rules import Counting
from lti_tool.groups.tables import GroupRow
from lti_tool.lti.platform.grades import graded
from lti_tool.lti.tables import AttendanceRow, PersonRow
from lti_tool.results import store as results
from lti_tool.results.store import Grade
from lti_tool.reviews import drafts, feedback
from lti_tool.reviews import rules as marks
from lti_tool.reviews import store as reviews
from lti_tool.reviews.own_marks import store as own_marks
from lti_tool.reviews.own_marks.rules import OwnMark
from lti_tool.reviews.own_marks.store import Whose
from lti_tool.reviews.rules import Review
from lti_tool.reviews.store import Terms

OF_SUBMISSION = (
    SubmissionRow.id,
    SubmissionRow.workspace_id,
    SubmissionRow.placement_id,
    SubmissionRow.number,
    SubmissionRow.version,
    SubmissionRow.submitted_at,
    SubmissionRow.is_late,
    SubmissionRow.submitted_by,
)
"""Everything but the notes, which are long and shown one submission at a time."""


def _counts(course_id: int, exercise: str) -> tuple[ColumnElement[bool], ...]:
    """Choose the workspaces of a course whose work counts: a trainer's trial is that trainer's alone."""
    return WorkspaceRow.course_id == course_id, WorkspaceRow.exercise == exercise, WorkspaceRow.trial_by.is_(None)


def find_works(terms: Terms, counting: Counting) -> Sequence[Work]:
    """Give all work in a course in which something was written, with what counts of it by these terms.

    Of a group's work those have a part who are in the group now, by what counts as one.
    """
    course_id, exercise = terms.course_id, terms.exercise
    found = db.session.execute(_begun(course_id, exercise)).all()
    is_shared = any(row.person_id is None for row in found)
    everybody = crowd.find(course_id, exercise, counting) if is_shared else crowd.NOBODY
    handed_in = _handed_in(course_id, exercise, everybody)
    works = [_work(row, tuple(handed_in[row.id]), everybody) for row in found]
    return _with_receivers(_with_marks(works, terms))


def _begun(course_id: int, exercise: str) -> Select[*tuple[Any, ...]]:
    of_person = (AttendanceRow.course_id == WorkspaceRow.course_id) & (AttendanceRow.person_id == PersonRow.id)
    return (
        select(WorkspaceRow.id, WorkspaceRow.version, WorkspaceRow.changed_at, WorkspaceRow.person_id)
        .add_columns(PersonRow.called.label("name"), PersonRow.number, AttendanceRow.seen_at, GroupRow)
        .outerjoin(PersonRow, PersonRow.id == WorkspaceRow.person_id)
        .outerjoin(AttendanceRow, of_person)
        .outerjoin(GroupRow, GroupRow.id == WorkspaceRow.group_id)
        .where(*_counts(course_id, exercise), WorkspaceRow.version > 0)
    )


def _handed_in(course_id: int, exercise: str, everybody: Crowd) -> Mapping[int, list[HandedIn]]:
    """Give what was handed in, by workspace."""
    of_exercise = _counts(course_id, exercise)
    query = select(*OF_SUBMISSION).join(WorkspaceRow, WorkspaceRow.id == SubmissionRow.workspace_id).where(*of_exercise)
    credited = credit_rows.find(*of_exercise)
    found: defaultdict[int, list[HandedIn]] = defaultdict(list)
    for row in db.session.execute(query.order_by(SubmissionRow.number)):
        found[row.workspace_id].append(
            HandedIn(
                id=row.id,
                workspace_id=row.workspace_id,
                placement_id=row.placement_id,
                number=row.number,
                version=row.version,
                submitted_at=row.submitted_at,
                is_late=row.is_late,
                submitter=everybody.person(row.submitted_by),
                credits=tuple(credited.get(row.id, ())),
            )
        )
    return found


def _work(row: Row[*tuple[Any, ...]], submissions: tuple[HandedIn, ...], everybody: Crowd) -> Work:
    work = Work(workspace_id=row.id, version=row.version, changed_at=row.changed_at, submissions=submissions)
    if row.person_id is not None:
        person = Person(id=row.person_id, name=row.name, number=row.number, seen_at=row.seen_at)
        return replace(work, name=person.name, number=person.number, people=(person,))
    group = groups.group_of(row.GroupRow) if row.GroupRow else None
    return replace(
        work,
        kind=OwnerKind.GROUP if group else OwnerKind.COURSE,
        name=group.name if group else None,
        number=group.number if group else 0,
        people=rules.people_in_order(everybody.people(row.id, group, submissions)),
    )


def _with_marks(works: Sequence[Work], terms: Terms) -> Sequence[Work]:
    numbers = [work.workspace_id for work in works if work.last]
    released, answered, begun = reviews.newest(numbers), feedback.answered(numbers), drafts.begun(numbers)
    return [
        replace(
            _with_mark(work, released.get(work.workspace_id), terms),
            answered=answered.get(work.workspace_id),
            is_drafted=work.workspace_id in begun,
        )
        if work.last
        else work
        for work in works
    ]


def _with_mark(work: Work, review: Review | None, terms: Terms) -> Work:
    counts = marks.what_counts(terms.marking, review, terms.full)
    return replace(work, marking=terms.marking, review=review, counts=counts)


def _with_receivers(works: Sequence[Work]) -> Sequence[Work]:
    """Tell of each who gets a score where their grade stands."""
    credited = [one for work in works if work.last for one in work.last.credits]
    places = {one.placement_id for one in credited}
    grades, scored = results.grades(places, {one.person_id for one in credited}), graded(places)
    marked, own = rules.marked(works), own_marks.newest([work.workspace_id for work in works if work.review])
    return [
        replace(work, receivers=tuple(_with_grade(one, grades, scored) for one in _receivers(work, marked, own)))
        for work in works
    ]


def _receivers(work: Work, marked: Container[int], own: Mapping[Whose, OwnMark]) -> Iterable[Receiver]:
    credited = {one.person_id: one for one in work.last.credits} if work.last else {}
    for person in work.people:
        if (one := credited.get(person.id)) is not None:
            counts = None if work.review is None and person.id in marked else work.counts
            mark = own.get((work.workspace_id, person.id))
            counts = mark.score or counts if mark else counts
            yield Receiver(person=person, placement_id=one.placement_id, counts=counts, own=mark)


def _with_grade(receiver: Receiver, grades: Mapping[tuple[int, int], Grade], scored: Container[int]) -> Receiver:
    grade = grades.get((receiver.placement_id, receiver.person.id))
    receiver = replace(receiver, graded=receiver.placement_id in scored)
    if grade is None:
        return receiver
    return replace(
        receiver,
        grade=grade.standing,
        cause=grade.cause,
        held=grade.held,
        attempts=grade.attempts,
        next_try=grade.next_try,
        given_up=grade.ended_at,
    )


def send(chosen: Iterable[tuple[Work, Receiver]], terms: Terms, now: datetime) -> None:
    """Put the scores that count by now into the outbox, in the caller's transaction."""
    recipients: defaultdict[int, set[int]] = defaultdict(set)
    for work, one in chosen:
        recipients[work.workspace_id].add(one.person.id)
    reviews.send(recipients, terms, now)


def find_submission(course_id: int, exercise: str, submission_id: int) -> Submission | None:
    """Give a submission of this course and exercise; of any other, and of a trial, there is none."""
    row = db.session.scalar(
        select(SubmissionRow)
        .join(WorkspaceRow, WorkspaceRow.id == SubmissionRow.workspace_id)
        .where(SubmissionRow.id == submission_id, *_counts(course_id, exercise))
    )
    return submission_of(row) if row else None


def find_newest_submission(course_id: int, exercise: str, sub: str) -> Submission | None:
    """Give what was handed in last for this exercise in this course of what credits a person, known by their `sub`.

    The course is of one site, and so are the people whom its submissions credit.
    """
    credited = credit_rows.told(*_counts(course_id, exercise)).subquery()
    row = db.session.scalar(
        select(SubmissionRow)
        .join(credited, credited.c.submission_id == SubmissionRow.id)
        .join(PersonRow, PersonRow.id == credited.c.person_id)
        .where(PersonRow.sub == sub)
        .order_by(SubmissionRow.submitted_at.desc(), SubmissionRow.id.desc())
        .limit(1)
    )
    return submission_of(row) if row else None
