"""Who belongs to the community's course: pure."""

from collections.abc import Iterator
from dataclasses import replace

from moodle_sync.tables import CommunityTable
from moodle_sync.things.course import COURSES, Course
from moodle_sync.things.role import ROLES, Enrolment
from moodle_sync.things.state import Managed, State

NEVER = 0
"""When the course ends, and after how many days an enrolment."""


def with_community(state: State, table: CommunityTable) -> State:
    """Add the community's course, and everybody to it whom the source enrols in any course.

    Whom the source enrols there by name has the roles that it says, and others those that they have elsewhere. None of
    these enrolments ends.
    """
    named = {enrolment for enrolment in state[ROLES] if enrolment.course == table.idnumber}
    elsewhere = state[ROLES] - named
    there = {enrolment.person for enrolment in named}
    coming = {enrolment for enrolment in _coming(elsewhere, table) if enrolment.person not in there}
    silent = {(Managed.GROUPS, enrolment.place) for enrolment in coming}
    lasting = (replace(enrolment, days=NEVER, suspended=False) for enrolment in named | coming)
    return (
        replace(
            state,
            silent=state.silent | (silent if Managed.GROUPS in state.manages else set()),
            lasting=frozenset({table.idnumber}),
        )
        .having(COURSES, {**state[COURSES], table.idnumber: _course(table)})
        .having(ROLES, elsewhere | frozenset(lasting))
    )


def _coming(enrolments: frozenset[Enrolment], table: CommunityTable) -> Iterator[Enrolment]:
    for enrolment in enrolments:
        role = table.roles.get(enrolment.role, enrolment.role)
        yield Enrolment(course=table.idnumber, person=enrolment.person, role=role)


def _course(table: CommunityTable) -> Course:
    return Course(
        idnumber=table.idnumber,
        shortname=table.shortname,
        fullname=table.name,
        category=table.category,
        ends=NEVER,
    )
