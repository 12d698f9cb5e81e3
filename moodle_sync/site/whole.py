"""Reads a site as it is, whatever any file says of it: for an export."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import partial

from moodle_sync.errors import InputRefused, NotAllowed, Problem, Refused
from moodle_sync.site.cohorts import all_cohorts, find_places, read_members
from moodle_sync.site.courses import read_each
from moodle_sync.site.found import CourseFound
from moodle_sync.site.identity import Account
from moodle_sync.site.lookup import account, chunks, users
from moodle_sync.site.participants import asleep, read_people
from moodle_sync.site.reading import groups_of
from moodle_sync.site.side_by_side import three
from moodle_sync.things.section import own_sections
from moodle_sync.webservice.client import Client
from moodle_sync.webservice.functions import (
    GET_ALL_COURSES,
    GET_CATEGORIES,
    GET_COURSE_GROUPINGS,
    GET_COURSES,
    GET_SITE_INFO,
    GET_STATE,
)
from moodle_sync.webservice.replies import CategoryReply, CohortReply, CourseReply, StateReply

NOBODY: Set[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which part of a site is meant; nothing said: all of it."""

    categories: Set[str] = frozenset()
    """Idnumbers; what is below them is meant too."""
    courses: Set[str] = frozenset()
    """Idnumbers or short names."""

    def __bool__(self) -> bool:
        """Tell whether anything is said."""
        return bool(self.categories or self.courses)


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseWhole:
    """A course with all that is told of it."""

    found: CourseFound
    state: StateReply
    accounts: Mapping[int, Account]
    roles: Mapping[str, int]
    groupings: tuple[str, ...] = ()
    """Their names."""
    asleep: Set[int] | None
    """Whose enrolment isn't in force; None: the token may not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """What a site has, as it answered; courses stand under their numbers."""

    owner: int
    categories: tuple[CategoryReply, ...] = ()
    courses: Mapping[int, CourseWhole] = field(default_factory=dict)
    closed: Mapping[str, Refused] = field(default_factory=dict)
    """Why courses weren't read, by their short names."""
    accounts: Mapping[int, Account] = field(default_factory=dict)
    pictured: Set[int] = NOBODY
    """Accounts with a photo of their own."""
    cohorts: tuple[CohortReply, ...] = ()
    members: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """Accounts by cohort."""
    places: Mapping[int, int] = field(default_factory=dict)
    """The categories that cohorts are in, 0 for the whole site, by cohort."""
    is_part: bool = False
    """Whether only a part was read: then cohorts have people who weren't looked up."""


def read_whole(client: Client, choice: Choice) -> Whole:
    """Read a site, or a part of it; InputRefused names what isn't there."""
    owner, categories, listed = three(
        lambda: client.call(GET_SITE_INFO).userid,
        lambda: client.call(GET_CATEGORIES),
        lambda: _listed(client),
    )
    chosen = _chosen(listed, categories, choice)
    courses, closed = _courses(client, chosen)
    cohorts = tuple(all_cohorts(client))
    members = {int(key): found for key, found in read_members(client, {str(one.id): one for one in cohorts})}
    seen = {number: known for course in courses.values() for number, known in course.accounts.items()}
    inside_cohorts = NOBODY if choice else {user for found in members.values() for user in found}
    told = {user.id: user for user in users(client, seen.keys() | inside_cohorts)}
    return Whole(
        owner=owner,
        categories=categories,
        courses=courses,
        closed=closed,
        accounts=seen | {number: account(user) for number, user in told.items()},
        pictured={number for number, user in told.items() if "/pluginfile.php/" in user.profileimageurl},
        cohorts=cohorts,
        members=members,
        places=find_places(client, {one.id for one in cohorts if one.idnumber}, [one.id for one in categories]),
        is_part=bool(choice),
    )


def below(categories: Mapping[int, CategoryReply], number: int) -> Iterator[CategoryReply]:
    """Give a category and those above it, from the top."""
    if number in categories:
        yield from below(categories, categories[number].parent)
        yield categories[number]


def _listed(client: Client) -> list[CourseReply]:
    """List all courses but the site's own page; only a second question tells their ways of enrolment."""
    numbers = [course.id for course in client.call(GET_ALL_COURSES) if course.categoryid]
    return [
        course
        for chunk in chunks(numbers)
        for course in client.call(GET_COURSES, field="ids", value=",".join(map(str, chunk))).courses
    ]


def _chosen(listed: list[CourseReply], categories: tuple[CategoryReply, ...], choice: Choice) -> list[CourseReply]:
    _refuse_unknown(listed, categories, choice)
    by_number = {category.id: category for category in categories}

    def is_chosen(course: CourseReply) -> bool:
        named = {course.idnumber, course.shortname} & choice.courses
        above = {category.idnumber for category in below(by_number, course.categoryid)} & choice.categories
        return bool(named or above) or not choice

    return list(filter(is_chosen, listed))


def _refuse_unknown(listed: list[CourseReply], categories: tuple[CategoryReply, ...], choice: Choice) -> None:
    courses = {name for course in listed for name in (course.idnumber, course.shortname)}
    problems = [
        Problem(f"--{kind}", 0, name, f"Moodle has no such {kind}, or doesn't show it to the token's account")
        for kind, names, there in (
            ("category", choice.categories, {category.idnumber for category in categories}),
            ("course", choice.courses, courses),
        )
        for name in names - (there - {""})
    ]
    if problems:
        raise InputRefused(problems)


def _courses(client: Client, chosen: list[CourseReply]) -> tuple[dict[int, CourseWhole], dict[str, Refused]]:
    by_number = {str(course.id): course for course in chosen}
    read, closed = read_each(lambda key: _read(client, by_number[key]), by_number)
    return (
        {int(key): course for key, course in read.items()},
        {by_number[key].shortname: refusal for key, refusal in closed.items()},
    )


def _read(client: Client, course: CourseReply) -> CourseWhole:
    (groups, members), state, people = three(
        partial(groups_of, client, course.id),
        lambda: client.call(GET_STATE, courseid=course.id),
        partial(read_people, client, course.id, 0),
    )
    found = CourseFound(
        course=course, sections=own_sections(state), inside=people.inside, groups=groups, members=members
    )
    return CourseWhole(
        found=found,
        state=state,
        accounts=people.accounts,
        roles=people.roles,
        groupings=tuple(one.name for one in client.call(GET_COURSE_GROUPINGS, courseid=course.id)),
        asleep=_asleep(client, course.id),
    )


def _asleep(client: Client, course: int) -> Set[int] | None:
    try:
        return asleep(client, course)
    except NotAllowed:
        return None
