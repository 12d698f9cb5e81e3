"""Reads who is in work that several people share, in as many queries for a hundred people as for one."""

from collections import defaultdict
from collections.abc import Mapping, Set
from dataclasses import dataclass

from sqlalchemy import Row, select

from lti_tool.database import db
from lti_tool.exercises.tables import NoteRow, WorkspaceRow
from lti_tool.facilitation.rules import HandedIn, Person
from lti_tool.groups import rules as groups
from lti_tool.groups.rules import Counting, Group, Membership
from lti_tool.groups.tables import MemberRow
from lti_tool.lti.roles import Role
from lti_tool.lti.tables import AttendanceRow, PersonRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """Somebody who was in a course, and in which of its groups they are."""

    person: Person
    is_trainee: bool
    membership: Membership


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """Everybody who was in a course, and who wrote in what they share there."""

    attendees: Mapping[int, Attendee]
    authors: Mapping[int, Set[int]]
    """By workspace."""
    counting: Counting

    def members(self, group: Group | None) -> Set[int]:
        """Name the trainees who are in a group now, or without one in the course."""
        return {
            number
            for number, one in self.attendees.items()
            if one.is_trainee and (group is None or groups.is_in(group, one.membership, self.counting))
        }

    def people(self, workspace_id: int, group: Group | None, submissions: tuple[HandedIn, ...]) -> tuple[Person, ...]:
        """Give who is in shared work now, who wrote there as a trainee, and who was ever credited for it."""
        known = self.attendees.keys() & self.authors.get(workspace_id, frozenset())  # others were erased
        wrote = {one for one in known if self.attendees[one].is_trainee}
        credited = {credit.person_id for one in submissions for credit in one.credits}
        return tuple(self.attendees[one].person for one in self.members(group) | wrote | credited)

    def person(self, person_id: int | None) -> Person | None:
        """Give somebody who was in the course, if it is known who."""
        found = self.attendees.get(person_id or 0)
        return found.person if found else None


NOBODY = Crowd(attendees={}, authors={}, counting=Counting())
"""Where nobody shares anything, nobody need be read."""


def find(course_id: int, exercise: str, counting: Counting) -> Crowd:
    """Give everybody in a course, for its work on an exercise."""
    return Crowd(attendees=_attendees(course_id, exercise), authors=_authors(course_id, exercise), counting=counting)


def _attendees(course_id: int, exercise: str) -> Mapping[int, Attendee]:
    query = (
        select(PersonRow.id, PersonRow.called.label("name"), PersonRow.number, AttendanceRow.seen_at)
        .add_columns(AttendanceRow.role, AttendanceRow.group_ids, MemberRow.group_id)
        .join(AttendanceRow, AttendanceRow.person_id == PersonRow.id)
        .outerjoin(
            MemberRow,
            (MemberRow.course_id == AttendanceRow.course_id)
            & (MemberRow.person_id == AttendanceRow.person_id)
            & (MemberRow.exercise == exercise),
        )
        .where(AttendanceRow.course_id == course_id)
    )
    return {row.id: _attendee(row) for row in db.session.execute(query)}


def _attendee(row: Row[int, str | None, int]) -> Attendee:
    return Attendee(
        person=Person(id=row.id, name=row.name, number=row.number, seen_at=row.seen_at),
        is_trainee=row.role is Role.TRAINEE,
        membership=Membership(platform_ids=row.group_ids, made_id=row.group_id),
    )


def _authors(course_id: int, exercise: str) -> Mapping[int, Set[int]]:
    query = (
        select(NoteRow.workspace_id, NoteRow.author_id)
        .distinct()
        .join(WorkspaceRow, WorkspaceRow.id == NoteRow.workspace_id)
        .where(WorkspaceRow.course_id == course_id, WorkspaceRow.exercise == exercise)
        .where(WorkspaceRow.person_id.is_(None), WorkspaceRow.trial_by.is_(None))
    )
    found: defaultdict[int, set[int]] = defaultdict(set)
    for workspace_id, author_id in db.session.execute(query):
        found[workspace_id].add(author_id)
    return found
