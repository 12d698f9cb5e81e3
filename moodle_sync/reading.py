"""Asks Moodle for what a sync needs to know, and for no more; what it means is decided in `observed`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import TypeVar

from moodle_sync.client import Client
from moodle_sync.encoding import Value
from moodle_sync.errors import NotAllowed
from moodle_sync.functions import (
    GET_CATEGORIES,
    GET_COURSES,
    GET_ENROLLED,
    GET_GROUPS,
    GET_MEMBERS,
    GET_SITE_INFO,
    GET_STATE,
    GET_USERS,
    CategoryReply,
    CourseReply,
    GroupReply,
    SectionReply,
    UserReply,
)
from moodle_sync.identity import GUEST
from moodle_sync.state import Course, Person, State, folded, same

T = TypeVar("T")

AT_ONCE = 200
"""Accounts or groups asked for in one request."""
PAGE = 500
"""Participants asked for in one request."""
UNSEEN = "the token's account can't see other people; `moodle-sync doctor` says which rights it lacks"
FIELDS = "id,username,firstname,lastname,email,idnumber,roles"


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseFound:
    """A course with what is in it; `members` are account numbers by group number."""

    course: CourseReply
    sections: tuple[SectionReply, ...] = ()
    users: tuple[UserReply, ...] = ()
    groups: tuple[GroupReply, ...] = ()
    members: Mapping[int, tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Everything that was read; courses stand under the idnumber that they should have."""

    owner: int
    """The account of the token."""
    categories: tuple[CategoryReply, ...] = ()
    courses: Mapping[str, CourseFound] = field(default_factory=dict)
    others: tuple[UserReply, ...] = ()
    """Accounts that were looked up beyond the participants."""


def read(client: Client, desired: State, cohorts: frozenset[str] = frozenset()) -> Found:
    """Read everything in the scope of a desired state."""
    owner = client.call(GET_SITE_INFO).userid
    categories = client.call(GET_CATEGORIES)
    courses = {key: found for key, course in desired.courses.items() if (found := _read_course(client, course))}
    seen = [user for course in courses.values() for user in course.users]
    others = tuple(_look_up(client, _not_settled(desired.people.values(), seen)))
    return Found(owner=owner, categories=categories, courses=courses, others=others)


def read_sections(client: Client, course: int) -> tuple[SectionReply, ...]:
    """List a course's own sections in order: neither the general one nor those that are parts of an activity."""
    sections = client.call(GET_STATE, courseid=course).section
    return tuple(section for section in sections if section.number and not section.component)


def _read_course(client: Client, wanted: Course) -> CourseFound | None:
    found = _course(client, "idnumber", wanted.idnumber) or _course(client, "shortname", wanted.shortname)
    if found is None:
        return None
    groups = client.call(GET_GROUPS, courseid=found.id)
    return CourseFound(
        course=found,
        sections=read_sections(client, found.id),
        users=tuple(_participants(client, found.id)),
        groups=groups,
        members=dict(_members(client, [group.id for group in groups])),
    )


def _course(client: Client, name: str, value: str) -> CourseReply | None:
    courses = client.call(GET_COURSES, field=name, value=value).courses
    return courses[0] if courses else None


def _participants(client: Client, course: int) -> Iterator[UserReply]:
    """Read page by page; only an empty page is the end, since rows that the token may not see make a page short."""
    for page in count():
        options: dict[str, Value] = {
            "userfields": FIELDS,
            "limitfrom": page * PAGE,
            "limitnumber": PAGE,
            "sortby": "id",
        }
        rows: list[Value] = [{"name": name, "value": value} for name, value in options.items()]
        users = client.call(GET_ENROLLED, courseid=course, options=rows)
        yield from users
        if not users:
            return


def _members(client: Client, groups: list[int]) -> Iterator[tuple[int, tuple[int, ...]]]:
    for chunk in _chunks(groups):
        for reply in client.call(GET_MEMBERS, groupids=chunk):
            yield reply.groupid, reply.userids


def _not_settled(people: Iterable[Person], seen: Iterable[UserReply]) -> list[Person]:
    """Leave out those whose account was seen and has everything that the file gives: no other can be theirs."""
    known = {folded(user.username): user for user in seen}
    return [person for person in people if not _settled(person, known.get(folded(person.username)))]


def _settled(person: Person, user: UserReply | None) -> bool:
    if user is None:
        return False
    as_given = not person.email or folded(person.email) == folded(user.email)
    return as_given and (not person.idnumber or same(person.idnumber) == same(user.idnumber))


def _look_up(client: Client, people: list[Person]) -> Iterator[UserReply]:
    """Ask by each thing that identifies; Moodle compares addresses exactly, so both spellings are asked for.

    Whom the token may not see looks absent, so the first question is for an account that every Moodle has.
    """
    if people and not client.call(GET_USERS, field="username", values=[GUEST]):
        raise NotAllowed(GET_USERS.name, "unseen", UNSEEN)
    emails = [person.email for person in people if person.email]
    asked = {
        "idnumber": [person.idnumber for person in people if person.idnumber],
        "username": [folded(person.username) for person in people],
        "email": [*emails, *map(folded, emails)],
    }
    for name, values in asked.items():
        for chunk in _chunks(list(dict.fromkeys(values))):
            yield from client.call(GET_USERS, field=name, values=chunk)


def _chunks(values: list[T]) -> Iterator[list[T]]:
    for start in range(0, len(values), AT_ONCE):
        yield values[start : start + AT_ONCE]
