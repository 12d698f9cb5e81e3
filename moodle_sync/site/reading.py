"""Asks Moodle for what a sync needs to know, and for no more; what it means is decided in `observed`.

Courses are read four at a time, since Moodle takes most of the time; of each page only what is needed is kept, and
one account for a person who is in many courses.
"""

from collections import Counter
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import partial

from moodle_sync.site.cohorts import find_cohorts, read_members
from moodle_sync.site.courses import find_courses, read_each
from moodle_sync.site.found import CourseFound, Found
from moodle_sync.site.identity import Account
from moodle_sync.site.lookup import by_number, chunks, look_up
from moodle_sync.site.participants import read_people
from moodle_sync.site.side_by_side import three
from moodle_sync.site.templates import read_templates
from moodle_sync.things.cohort import COHORTS
from moodle_sync.things.course import COURSES
from moodle_sync.things.person import PEOPLE
from moodle_sync.things.role import ROLES
from moodle_sync.things.section import own_sections
from moodle_sync.things.state import State
from moodle_sync.webservice.client import Client
from moodle_sync.webservice.functions import GET_CATEGORIES, GET_GROUPS, GET_MEMBERS, GET_SITE_INFO, GET_STATE
from moodle_sync.webservice.replies import CourseReply, GroupReply, SectionReply


@dataclass(slots=True)
class _CourseRead:
    """What one course brings: itself, and what all courses share."""

    found: CourseFound
    accounts: dict[int, Account]
    roles: dict[str, int]


def read(
    client: Client, desired: State, cohorts: frozenset[str] = frozenset(), people: Set[int] = frozenset()
) -> Found:
    """Read everything in the scope of a desired state; `cohorts` and `people` are those of the journal besides."""
    owner, categories, replies = three(
        lambda: client.call(GET_SITE_INFO).userid,
        lambda: client.call(GET_CATEGORIES),
        lambda: find_courses(client, desired[COURSES]),
    )
    expected = Counter(enrolment.course for enrolment in desired[ROLES])
    courses, closed = read_each(lambda key: _read_course(client, replies[key], expected.get(key, 0)), replies)
    accounts: dict[int, Account] = {}
    roles: dict[str, int] = {}
    for course in courses.values():
        roles |= course.roles
        accounts |= {number: seen for number, seen in course.accounts.items() if number not in accounts}
    accounts |= look_up(client, desired[PEOPLE].values(), accounts.values())
    known = find_cohorts(client, desired[COHORTS], cohorts)
    members = dict(read_members(client, known))
    unseen = {user for users in members.values() for user in users if user in people} - accounts.keys()
    accounts |= by_number(client, unseen)
    return Found(
        owner=owner,
        categories=categories,
        courses={key: course.found for key, course in courses.items()},
        closed=closed,
        templates=read_templates(client, desired[COURSES].values()),
        accounts=accounts,
        roles=roles,
        cohorts=known,
        cohort_members=members,
    )


def read_sections(client: Client, course: int) -> tuple[SectionReply, ...]:
    """List a course's own sections in order."""
    return own_sections(client.call(GET_STATE, courseid=course))


def _read_course(client: Client, course: CourseReply, expected: int) -> _CourseRead:
    (groups, members), state, people = three(
        partial(_groups, client, course.id),
        lambda: client.call(GET_STATE, courseid=course.id),
        partial(read_people, client, course.id, expected),
    )
    found = CourseFound(
        course=course,
        sections=own_sections(state),
        state=state,
        inside=people.inside,
        groups=groups,
        members=members,
    )
    return _CourseRead(found, people.accounts, people.roles)


def _groups(client: Client, course: int) -> tuple[tuple[GroupReply, ...], dict[int, tuple[int, ...]]]:
    groups = client.call(GET_GROUPS, courseid=course)
    return groups, dict(_members(client, [group.id for group in groups]))


def _members(client: Client, groups: list[int]) -> Iterator[tuple[int, tuple[int, ...]]]:
    for chunk in chunks(groups):
        for reply in client.call(GET_MEMBERS, groupids=chunk):
            yield reply.groupid, reply.userids
