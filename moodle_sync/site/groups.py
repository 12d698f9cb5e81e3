"""Reads the groups of courses, with Moodle's own numbers: who may see groups needs no other right for it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from moodle_sync.errors import Refused
from moodle_sync.site.courses import Named, find_courses, opening, other_course, read_each
from moodle_sync.things.finding import Conflict
from moodle_sync.webservice.client import Client
from moodle_sync.webservice.functions import GET_GROUPS, GET_SITE_INFO
from moodle_sync.webservice.replies import CourseReply, GroupReply

ABSENT = "isn't on the site: `moodle-sync apply` makes it"


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseGroups:
    """A course as Moodle has it, and its groups in the order of their names."""

    idnumber: str
    shortname: str
    number: int
    groups: tuple[GroupReply, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupsFound:
    """The groups of those courses that could be read, and why others couldn't."""

    site: str
    """The address that the site itself says it has: what it calls itself where it opens a tool."""
    courses: tuple[CourseGroups, ...]
    conflicts: tuple[Conflict, ...]


def read_groups(client: Client, wanted: Mapping[str, Named]) -> GroupsFound:
    """Read the groups of courses that stand under their idnumbers; nothing is changed."""
    site = client.call(GET_SITE_INFO).siteurl
    found = find_courses(client, wanted)
    ours = {key: course for key, course in found.items() if other_course(course, wanted[key]) is None}
    read, closed = read_each(lambda key: client.call(GET_GROUPS, courseid=ours[key].id), ours)
    return GroupsFound(
        site=site,
        courses=tuple(_course(key, ours[key], groups) for key, groups in read.items()),
        conflicts=tuple(_conflicts(wanted, found, closed)),
    )


def _course(key: str, found: CourseReply, groups: tuple[GroupReply, ...]) -> CourseGroups:
    in_order = sorted(groups, key=lambda group: (group.name, group.id))
    return CourseGroups(idnumber=key, shortname=found.shortname, number=found.id, groups=tuple(in_order))


def _conflicts(
    wanted: Mapping[str, Named], found: Mapping[str, CourseReply], closed: Mapping[str, Refused]
) -> Iterator[Conflict]:
    for key, course in wanted.items():
        if key not in found:
            yield Conflict("course", key, ABSENT)
        elif other := other_course(found[key], course):
            yield Conflict("course", key, other)
        elif key in closed:
            yield Conflict("course", key, f"its groups can't be read: {closed[key]}; {opening(closed[key])}")
