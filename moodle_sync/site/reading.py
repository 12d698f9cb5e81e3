"""Asks Moodle for what a sync needs to know, and for no more; what it means is decided in `observed`.

Courses are read four at a time, since Moodle takes most of the time; of each page only what is needed is kept, and
one account for a person who is in many courses.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import partial

from moodle_sync.site.categories import numbers
from moodle_sync.site.cohorts import find_cohorts, find_places, read_members
from moodle_sync.site.courses import find_courses, read_each
from moodle_sync.site.found import CourseFound, Found
from moodle_sync.site.identity import Account
from moodle_sync.site.lookup import by_number, chunks, look_up
from moodle_sync.site.participants import read_people
from moodle_sync.site.side_by_side import three
from moodle_sync.site.templates import read_templates
from moodle_sync.things.category import CATEGORIES
from moodle_sync.things.cohort import COHORTS
from moodle_sync.things.course import COURSES
from moodle_sync.things.grouping import GROUPINGS
from moodle_sync.things.person import PEOPLE
from moodle_sync.things.role import ROLES
from moodle_sync.things.section import own_sections
from moodle_sync.things.state import State
from moodle_sync.webservice.client import Client
from moodle_sync.webservice.functions import (
    GET_CATEGORIES,
    GET_COURSE_GROUPINGS,
    GET_GROUPINGS,
    GET_GROUPS,
    GET_MEMBERS,
    GET_SITE_INFO,
    GET_STATE,
)
from moodle_sync.webservice.replies import (
    CategoryReply,
    CohortReply,
    CourseReply,
    GroupingReply,
    GroupReply,
    SectionReply,
)


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
    info, categories, replies = three(
        lambda: client.call(GET_SITE_INFO),
        lambda: client.call(GET_CATEGORIES),
        lambda: find_courses(client, desired[COURSES]),
    )
    expected = Counter(enrolment.course for enrolment in desired[ROLES])
    grouped = {course for course, _ in desired[GROUPINGS]}
    courses, closed = read_each(
        lambda key: _read_course(client, replies[key], expected.get(key, 0), grouped=key in grouped), replies
    )
    accounts: dict[int, Account] = {}
    roles: dict[str, int] = {}
    for course in courses.values():
        roles |= course.roles
        accounts |= {number: seen for number, seen in course.accounts.items() if number not in accounts}
    accounts |= look_up(client, desired[PEOPLE].values(), accounts.values())
    known = find_cohorts(client, desired[COHORTS].keys(), cohorts)
    members = dict(read_members(client, known))
    unseen = {user for users in members.values() for user in users if user in people} - accounts.keys()
    accounts |= by_number(client, unseen)
    return Found(
        owner=info.userid,
        version=info.number,
        categories=categories,
        courses={key: course.found for key, course in courses.items()},
        closed=closed,
        templates=read_templates(client, desired[COURSES].values()),
        accounts=accounts,
        roles=roles,
        cohorts=known,
        cohort_places=_places(client, desired, known, categories),
        cohort_members=members,
    )


def _places(
    client: Client, desired: State, known: Mapping[str, CohortReply], categories: Sequence[CategoryReply]
) -> Mapping[int, int]:
    """Look for the cohorts that the configuration describes, where they should be first."""
    described = {key: cohort for key, cohort in desired[COHORTS].items() if cohort.name and key in known}
    ours = dict(numbers(categories, desired[CATEGORIES]))
    first = [ours[cohort.category] for cohort in described.values() if cohort.category in ours]
    order = dict.fromkeys((*first, *ours.values(), *(category.id for category in categories)))
    return find_places(client, {known[key].id for key in described}, order)


def read_sections(client: Client, course: int) -> tuple[SectionReply, ...]:
    """List a course's own sections in order."""
    return own_sections(client.call(GET_STATE, courseid=course))


def _read_course(client: Client, course: CourseReply, expected: int, *, grouped: bool) -> _CourseRead:
    (groups, members), state, people = three(
        partial(groups_of, client, course.id),
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
        groupings=tuple(_groupings(client, course.id)) if grouped else (),
    )
    return _CourseRead(found, people.accounts, people.roles)


def groups_of(client: Client, course: int) -> tuple[tuple[GroupReply, ...], dict[int, tuple[int, ...]]]:
    """Read a course's groups, and the accounts in each."""
    groups = client.call(GET_GROUPS, courseid=course)
    return groups, dict(_members(client, [group.id for group in groups]))


def _groupings(client: Client, course: int) -> Iterator[GroupingReply]:
    """Read the groupings of a course, and what is in them: the list of all doesn't tell that."""
    numbers = [grouping.id for grouping in client.call(GET_COURSE_GROUPINGS, courseid=course)]
    for chunk in chunks(numbers):
        yield from client.call(GET_GROUPINGS, groupingids=chunk, returngroups=True)


def _members(client: Client, groups: list[int]) -> Iterator[tuple[int, tuple[int, ...]]]:
    for chunk in chunks(groups):
        for reply in client.call(GET_MEMBERS, groupids=chunk):
            yield reply.groupid, reply.userids
