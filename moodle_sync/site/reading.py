"""Asks Moodle for what a sync needs to know, and for no more; what it means is decided in `observed`.

Courses are read four at a time, since Moodle takes most of the time; of each page only what is needed is kept, and
one account for a person who is in many courses.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import partial
from itertools import count

from moodle_sync.errors import Refused
from moodle_sync.sameness import loosely, same
from moodle_sync.site.courses import find_courses, read_each
from moodle_sync.site.identity import Account
from moodle_sync.site.lookup import account, by_number, chunks, look_up
from moodle_sync.site.side_by_side import AT_ONCE, side_by_side, three
from moodle_sync.things.cohort import COHORTS
from moodle_sync.things.course import COURSES
from moodle_sync.things.person import PEOPLE
from moodle_sync.things.role import ROLES
from moodle_sync.things.section import own_sections
from moodle_sync.things.state import State
from moodle_sync.webservice.client import Client
from moodle_sync.webservice.encoding import Value
from moodle_sync.webservice.functions import (
    GET_CATEGORIES,
    GET_COHORT_MEMBERS,
    GET_ENROLLED,
    GET_GROUPS,
    GET_MEMBERS,
    GET_SITE_INFO,
    GET_STATE,
    SEARCH_COHORTS,
)
from moodle_sync.webservice.replies import CategoryReply, CohortReply, CourseReply, GroupReply, SectionReply, UserReply

PAGE = 500
"""Participants or cohorts asked for in one request."""
FIELDS = "id,username,firstname,lastname,email,idnumber,roles"


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseFound:
    """A course with what is in it, by the numbers of accounts and groups."""

    course: CourseReply
    sections: tuple[SectionReply, ...] = ()
    inside: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """Everybody who is in the course, with the short names of their roles."""
    groups: tuple[GroupReply, ...] = ()
    members: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """Accounts by group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Everything that was read; courses stand under the idnumber that they should have."""

    owner: int
    """The account of the token."""
    categories: tuple[CategoryReply, ...] = ()
    courses: Mapping[str, CourseFound] = field(default_factory=dict)
    closed: Mapping[str, Refused] = field(default_factory=dict)
    """Why those courses that are there weren't read."""
    accounts: Mapping[int, Account] = field(default_factory=dict)
    """Everybody in the courses, and those who were looked up."""
    roles: Mapping[str, int] = field(default_factory=dict)
    """The numbers of all roles that somebody has."""
    cohorts: Mapping[str, int] = field(default_factory=dict)
    cohort_members: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class _People:
    """Everybody who is in a course, with the short names of their roles; their accounts, and the roles' numbers."""

    inside: dict[int, tuple[str, ...]]
    accounts: dict[int, Account]
    roles: dict[str, int]


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
    known = _cohorts(client, desired[COHORTS], cohorts)
    members = dict(_cohort_members(client, known))
    unseen = {user for users in members.values() for user in users if user in people} - accounts.keys()
    accounts |= by_number(client, unseen)
    return Found(
        owner=owner,
        categories=categories,
        courses={key: course.found for key, course in courses.items()},
        closed=closed,
        accounts=accounts,
        roles=roles,
        cohorts=known,
        cohort_members=members,
    )


def read_sections(client: Client, course: int) -> tuple[SectionReply, ...]:
    """List a course's own sections in order."""
    return own_sections(client.call(GET_STATE, courseid=course))


def _read_course(client: Client, course: CourseReply, expected: int) -> _CourseRead:
    (groups, members), sections, people = three(
        partial(_groups, client, course.id),
        partial(read_sections, client, course.id),
        partial(_people, client, course.id, expected),
    )
    found = CourseFound(course=course, sections=sections, inside=people.inside, groups=groups, members=members)
    return _CourseRead(found, people.accounts, people.roles)


def _groups(client: Client, course: int) -> tuple[tuple[GroupReply, ...], dict[int, tuple[int, ...]]]:
    groups = client.call(GET_GROUPS, courseid=course)
    return groups, dict(_members(client, [group.id for group in groups]))


def _people(client: Client, course: int, expected: int) -> _People:
    people = _People({}, {}, {})
    kept: dict[tuple[str, ...], tuple[str, ...]] = {}
    for user in _everybody(client, course, expected):
        names = tuple(role.shortname for role in user.roles)
        people.inside[user.id] = kept.setdefault(names, names)
        people.accounts[user.id] = account(user)
        people.roles.update((role.shortname, role.roleid) for role in user.roles)
    return people


def participants(client: Client, course: int) -> Iterator[UserReply]:
    """Read page by page; only an empty page is the end, since rows that the token may not see make a page short."""
    for page in count():
        users = _page(client, course, page)
        yield from users
        if not users:
            return


def _everybody(client: Client, course: int, expected: int) -> Iterator[UserReply]:
    """Read all participants, several pages at the same time: what the expected ones fill, and one that is empty."""
    first, last = 0, -(-expected // PAGE)
    while True:
        wide = min(last - first + 1, AT_ONCE)
        pages = list(side_by_side(partial(_page, client, course), range(first, first + wide)))
        for users in pages:
            yield from users
        if not all(pages):
            return
        first += wide
        if first > last:
            last = first + AT_ONCE - 1 if len(pages[-1]) == PAGE else first


def _page(client: Client, course: int, page: int) -> tuple[UserReply, ...]:
    options: dict[str, Value] = {
        "userfields": FIELDS,
        "limitfrom": page * PAGE,
        "limitnumber": PAGE,
        "sortby": "id",
    }
    rows: list[Value] = [{"name": name, "value": value} for name, value in options.items()]
    return client.call(GET_ENROLLED, courseid=course, options=rows)


def _members(client: Client, groups: list[int]) -> Iterator[tuple[int, tuple[int, ...]]]:
    for chunk in chunks(groups):
        for reply in client.call(GET_MEMBERS, groupids=chunk):
            yield reply.groupid, reply.userids


def _cohorts(client: Client, wanted: frozenset[str], others: frozenset[str]) -> dict[str, int]:
    """Find cohorts by idnumber, wherever on the site they are: Moodle lets no two have the same.

    One that differs in capitals or accents only from one that is wanted is that one, if there is no better.
    """
    if not wanted | others:
        return {}
    there = {same(cohort.idnumber): cohort.id for cohort in all_cohorts(client)}
    written = {loosely(name): name for name in there}
    names = {key: same(key) if same(key) in there else written.get(loosely(key)) for key in wanted}
    found = {key: there[name] for key, name in names.items() if name}
    taken = set(found.values())
    return found | {key: there[key] for key in others & there.keys() if there[key] not in taken}


def all_cohorts(client: Client) -> Iterator[CohortReply]:
    """Read the cohorts of the whole site page by page, each when it is asked for; `limitfrom` counts pages here."""
    everywhere: dict[str, Value] = {"query": "", "context": {"contextlevel": "system"}, "includes": "all"}
    for page in count():
        cohorts = client.call(SEARCH_COHORTS, **everywhere, limitfrom=page, limitnum=PAGE).cohorts
        yield from cohorts
        if not cohorts:
            return


def _cohort_members(client: Client, cohorts: Mapping[str, int]) -> Iterator[tuple[str, tuple[int, ...]]]:
    keys = {number: key for key, number in cohorts.items()}
    for chunk in chunks(list(keys)):
        for reply in client.call(GET_COHORT_MEMBERS, cohortids=chunk):
            yield keys[reply.cohortid], reply.userids
