"""Finds the courses that a configuration names, and reads them one by one where some may be closed to the token."""

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol, TypeVar

from moodle_sync.errors import Refused, RightMissing
from moodle_sync.sameness import same
from moodle_sync.site.lookup import chunks
from moodle_sync.site.side_by_side import side_by_side
from moodle_sync.webservice.client import Client
from moodle_sync.webservice.functions import GET_ALL_COURSES, GET_COURSES
from moodle_sync.webservice.replies import CourseReply

T = TypeVar("T")

FEW = 50
"""Courses that are asked for one by one; past that, a list of all courses is cheaper."""
CLOSED = frozenset({"errorcoursecontextnotvalid", "requireloginerror"})
"""Error codes that say that the token's account doesn't come into a course at all."""
ENTERING = "give the token's account moodle/course:view, and moodle/course:viewhiddencourses for hidden ones"


class Named(Protocol):
    """A course as it is wanted."""

    @property
    def idnumber(self) -> str:
        """What finds it, wherever it has one."""

    @property
    def shortname(self) -> str:
        """What finds it where its idnumber isn't there."""


def find_courses(client: Client, wanted: Mapping[str, Named]) -> dict[str, CourseReply]:
    """Find courses by idnumber, else by short name; `other_course` tells whether it is another one after all."""
    find = _one_by_one(client) if len(wanted) <= FEW else _in_one_list(client, wanted.values())

    def found(key: str) -> CourseReply | None:
        course = find("idnumber", wanted[key].idnumber) or find("shortname", wanted[key].shortname)
        return course and _with_idnumber(client, course, wanted[key])

    keys = sorted(wanted)
    return {key: course for key, course in zip(keys, side_by_side(found, keys), strict=True) if course}


def other_course(found: CourseReply, wanted: Named) -> str | None:
    """Say which other course Moodle found: many databases make no difference between capitals, or accents."""
    is_named = same(found.shortname) == same(wanted.shortname)
    if same(found.idnumber) == same(wanted.idnumber) or (is_named and not found.idnumber):
        return None
    if is_named:
        return f"its short name {wanted.shortname} belongs to the course whose idnumber is {found.idnumber}"
    other = f"the course {found.shortname} with {f'the idnumber {found.idnumber}' if found.idnumber else 'no idnumber'}"
    return (
        f"Moodle finds {other}: write the names as they stand there, or choose others that differ in more than accents"
    )


def read_each(read_one: Callable[[str], T], keys: Iterable[str]) -> tuple[dict[str, T], dict[str, Refused]]:
    """Read courses; one that is closed is its own trouble, and where all are closed it is that of the account."""
    read: dict[str, T] = {}
    closed: dict[str, Refused] = {}
    names = list(keys)
    for key, course in zip(names, side_by_side(lambda key: _unless_closed(read_one, key), names), strict=True):
        if isinstance(course, Refused):
            closed[key] = course
        else:
            read[key] = course
    if closed and not read:
        raise next(iter(closed.values()))
    return read, closed


def opening(refused: Refused) -> str:
    """Say what opens a course that is closed."""
    return ENTERING if refused.errorcode in CLOSED else "give the token's account this right there as well"


def _unless_closed(read_one: Callable[[str], T], key: str) -> T | Refused:
    try:
        return read_one(key)
    except Refused as refused:
        if refused.errorcode in CLOSED or isinstance(refused, RightMissing):
            return refused
        raise


def _with_idnumber(client: Client, course: CourseReply, wanted: Named) -> CourseReply:
    """Give a course the idnumber by which Moodle finds it: it is shown only to those who may change it."""
    if course.idnumber:
        return course
    found = client.call(GET_COURSES, field="idnumber", value=wanted.idnumber).courses
    hidden = course.id in {other.id for other in found}
    return course.model_copy(update={"idnumber": wanted.idnumber}) if hidden else course


def _one_by_one(client: Client) -> Callable[[str, str], CourseReply | None]:
    def find(name: str, value: str) -> CourseReply | None:
        courses = client.call(GET_COURSES, field=name, value=value).courses
        return courses[0] if courses else None

    return find


def _in_one_list(client: Client, wanted: Iterable[Named]) -> Callable[[str, str], CourseReply | None]:
    """List all courses; only those that are wanted are asked for again, since the list tells no enrolment methods."""
    names = {same(name) for course in wanted for name in (course.idnumber, course.shortname)}
    listed = [c for c in client.call(GET_ALL_COURSES) if names & {same(c.idnumber), same(c.shortname)}]
    courses = [
        course
        for chunk in chunks([course.id for course in listed])
        for course in client.call(GET_COURSES, field="ids", value=",".join(map(str, chunk))).courses
    ]
    by = {("idnumber", same(course.idnumber)): course for course in courses if course.idnumber}
    by |= {("shortname", same(course.shortname)): course for course in courses}
    return lambda name, value: by.get((name, same(value)))
