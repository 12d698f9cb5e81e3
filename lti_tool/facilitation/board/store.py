"""Reads how far a whole course is, in as many queries for two hundred people as for one, and nobody's words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, exists, or_, select

from lti_tool.database import db
from lti_tool.exercises import arrangements, credit_rows
from lti_tool.exercises.modes import Arrangement, Mode
from lti_tool.exercises.tables import SubmissionRow, WorkspaceRow
from lti_tool.facilitation.board import rules
from lti_tool.facilitation.board.people import Known
from lti_tool.facilitation.board.rules import Cell, Column, Someone, State
from lti_tool.groups.rules import Counting, Group, Membership, Source, Trouble, of_platform
from lti_tool.groups.store import group_of
from lti_tool.groups.tables import GroupRow, MemberRow
from lti_tool.lti.roles import Role
from lti_tool.lti.tables import AttendanceRow, PersonRow, PlacementRow
from lti_tool.reviews import feedback
from lti_tool.reviews.tables import FeedbackRow, ReviewRow

KIND = "exercise/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """The groups of a course, and who is in them."""

    all: Sequence[Group]
    made: Mapping[str, Mapping[int, int]]
    """Of each exercise: in which of the groups made for it each person is."""
    platform: Mapping[int, Sequence[str]]
    """The platform's groups of each person, as their newest launch that said any said it."""

    def of_people(self, arrangement: Arrangement, exercise: str) -> Mapping[int, int]:
        """Tell in which one group each person works, where the exercise is done in groups."""
        if arrangement.mode is not Mode.GROUP:
            return {}
        if arrangement.counting.source is Source.MADE:
            return self.made.get(exercise, {})
        return self._of_platform(arrangement.counting)

    def _of_platform(self, counting: Counting) -> Mapping[int, int]:
        known = {group.platform_id: group.id for group in self.all if group.platform_id}
        found = {one: of_platform(Membership(platform_ids=ids), counting) for one, ids in self.platform.items()}
        return {one: known[name] for one, name in found.items() if not isinstance(name, Trouble) and name in known}

    def of_person(self, person_id: int) -> frozenset[int]:
        """Name all groups that somebody is in, for whatever exercise."""
        said = self.platform.get(person_id, ())
        made = (members[person_id] for members in self.made.values() if person_id in members)
        return frozenset([*(group.id for group in self.all if group.platform_id in said), *made])


def find_groups(course_id: int) -> Groups:
    """Give a course's groups."""
    made: defaultdict[str, dict[int, int]] = defaultdict(dict)
    members = select(MemberRow.exercise, MemberRow.person_id, MemberRow.group_id)
    for exercise, person_id, group_id in db.session.execute(members.where(MemberRow.course_id == course_id)):
        made[exercise][person_id] = group_id
    said = select(AttendanceRow.person_id, AttendanceRow.group_ids)
    said = said.where(AttendanceRow.course_id == course_id, AttendanceRow.role == Role.TRAINEE)
    rows = db.session.scalars(select(GroupRow).where(GroupRow.course_id == course_id))
    return Groups(
        all=[group_of(row) for row in rows],
        made=made,
        platform={person_id: ids for person_id, ids in db.session.execute(said) if ids},
    )


def find_people(course_id: int, groups: Groups) -> Mapping[int, Known]:
    """Give everybody who was ever in a course, or has work there."""
    wrote = select(WorkspaceRow.person_id).where(WorkspaceRow.course_id == course_id)
    here = (AttendanceRow.person_id == PersonRow.id) & (AttendanceRow.course_id == course_id)
    rows = db.session.execute(
        select(
            PersonRow.id, PersonRow.called.label("name"), PersonRow.number, AttendanceRow.role, AttendanceRow.seen_at
        )
        .outerjoin(AttendanceRow, here)
        .where(or_(AttendanceRow.person_id.is_not(None), PersonRow.id.in_(wrote)))
    )
    return {
        row.id: Known(
            someone=Someone(id=row.id, name=row.name, number=row.number, groups=groups.of_person(row.id)),
            is_trainee=row.role is Role.TRAINEE,
            seen_at=row.seen_at,
        )
        for row in rows
    }


def exercises_of(course_id: int) -> set[str]:
    """Name the exercises that were opened in a course, or worked on."""
    placed = select(PlacementRow.activity).distinct()
    placed = placed.where(PlacementRow.course_id == course_id, PlacementRow.activity.startswith(KIND))
    begun = select(WorkspaceRow.exercise).distinct().where(*_counts(course_id))
    return {one.removeprefix(KIND) for one in (*db.session.scalars(placed), *db.session.scalars(begun)) if one}


@dataclass(frozen=True, slots=True)
class Filled:
    """The cells of an exercise in which something is written, by whose they are."""

    alone: dict[int, Cell] = field(default_factory=dict)
    by_group: dict[int, Cell] = field(default_factory=dict)
    whole: list[Cell] = field(default_factory=list)
    credited: dict[int, Cell] = field(default_factory=dict)

    def put(self, cell: Cell, person_id: int | None, group_id: int | None, credited: Iterable[int]) -> None:
        """Add a cell."""
        for one in credited:
            self.credited[one] = cell
        if person_id:
            self.alone[person_id] = cell
        elif group_id:
            self.by_group[group_id] = cell
        else:
            self.whole.append(cell)


def find_columns(course_id: int, exercises: Sequence[str], groups: Groups, now: datetime) -> list[Column]:
    """Give all work on these exercises."""
    arranged = arrangements.of_course(course_id, exercises)
    filled = _in_cells(_counts(course_id, *exercises), arranged, now) if exercises else {}
    return [_column(one, arranged[one], filled[one], groups, now) for one in exercises]


def _column(exercise: str, arrangement: Arrangement, filled: Filled, groups: Groups, now: datetime) -> Column:
    return Column(
        exercise=exercise,
        arrangement=arrangement,
        empty=Cell(State.NOT_BEGUN, is_overdue=rules.is_overdue(arrangement, now)),
        alone=filled.alone,
        by_group=filled.by_group,
        whole=filled.whole[0] if filled.whole else None,
        credited=filled.credited,
        together=groups.of_people(arrangement, exercise),
    )


Which = Sequence[ColumnElement[bool]]
"""Chooses workspaces."""


def _counts(course_id: int, *exercises: str) -> Which:
    """Choose the workspaces of a course in which something was written; a trainer's trial is that trainer's alone."""
    counts = WorkspaceRow.course_id == course_id, WorkspaceRow.trial_by.is_(None), WorkspaceRow.version > 0
    return (*counts, WorkspaceRow.exercise.in_(exercises)) if exercises else counts


def _in_cells(which: Which, arranged: Mapping[str, Arrangement], now: datetime) -> Mapping[str, Filled]:
    answers, is_marked = feedback.newest(*which), _marked(which)
    credited = _credited(which)
    terms = {slug: (one.marking, rules.is_overdue(one, now)) for slug, one in arranged.items()}
    found = {slug: Filled() for slug in arranged}
    # Thousands of rows: as the session gives them, or one by one, they take half as long again.
    begun = db.session.connection().execute(_begun(which)).all()
    newest = {row[0]: row for row in begun}
    for number, exercise, person_id, group_id, last, submitted_at in newest.values():
        marking, is_late = terms[exercise]
        state = rules.state_of(marking, last, answers.get(number), is_marked=number in is_marked)
        since = submitted_at if state is State.WAITS else None
        cell = Cell(state, last, since, is_overdue=is_late and state is State.WORKING)
        found[exercise].put(cell, person_id, group_id, credited.get(number, ()))
    return found


def _credited(which: Which) -> Mapping[int, Set[int]]:
    """Name those who were ever credited for what several share, by workspace."""
    told = credit_rows.told(*which, WorkspaceRow.person_id.is_(None)).subquery()
    found: defaultdict[int, set[int]] = defaultdict(set)
    query = select(SubmissionRow.workspace_id, told.c.person_id).join(told, told.c.submission_id == SubmissionRow.id)
    for number, person_id in db.session.execute(query):
        found[number].add(person_id)
    return found


def _marked(which: Which) -> Set[int]:
    """Name the workspaces of which a mark was released."""
    marks = select(ReviewRow.workspace_id).join(WorkspaceRow, WorkspaceRow.id == ReviewRow.workspace_id)
    return set(db.session.scalars(marks.where(*which)))


def _begun(which: Which) -> Select[*tuple[Any, ...]]:
    """Choose work with its submissions, the newest last: nothing of what was written.

    When something was handed in is read, from a long row, only of what is not answered.
    """
    is_answered = exists().where(
        FeedbackRow.workspace_id == SubmissionRow.workspace_id, FeedbackRow.submission_id == SubmissionRow.id
    )
    return (
        select(WorkspaceRow.id, WorkspaceRow.exercise, WorkspaceRow.person_id, WorkspaceRow.group_id, SubmissionRow.id)
        .add_columns(case((~is_answered, SubmissionRow.submitted_at)))
        .outerjoin(SubmissionRow, SubmissionRow.workspace_id == WorkspaceRow.id)
        .where(*which)
        .order_by(SubmissionRow.number)
    )
