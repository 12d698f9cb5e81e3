"""Reads a course's work on one exercise, in as many queries for a hundred people as for one."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select

from lti_tool.database import db
from lti_tool.delivery.store import newest_states
from lti_tool.exercises.store import Submission, submission_of
from lti_tool.exercises.tables import SubmissionRow, WorkspaceRow
from lti_tool.facilitation.rules import HandedIn, Work
from lti_tool.lti.tables import AttendanceRow, PersonRow

OF_SUBMISSION = (
    SubmissionRow.id,
    SubmissionRow.workspace_id,
    SubmissionRow.placement_id,
    SubmissionRow.number,
    SubmissionRow.version,
    SubmissionRow.submitted_at,
    SubmissionRow.score_given,
    SubmissionRow.score_maximum,
)
"""Everything but the notes, which are long and shown one submission at a time."""


def find_works(course_id: int, exercise: str) -> Sequence[Work]:
    """Give the work of everybody in a course who wrote something."""
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
    return _with_grades(works)


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


def _with_grades(works: Sequence[Work]) -> Sequence[Work]:
    placements = {work.last.placement_id for work in works if work.last}
    states = newest_states(placements, [work.person_id for work in works if work.last])
    return [replace(work, grade=states.get(work.person_id) if work.last else None) for work in works]


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
