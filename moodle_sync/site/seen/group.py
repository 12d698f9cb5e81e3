"""The groups of courses, as Moodle has them."""

from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Final

from moodle_sync.sameness import loosely, same
from moodle_sync.site.found import CourseFound
from moodle_sync.site.seen.sight import Sight, View, view
from moodle_sync.things.described_group import DESCRIBED
from moodle_sync.things.group import GROUPS, Group, group_of


def _numbers(sight: Sight) -> Mapping[Group, int]:
    described = sight.desired[DESCRIBED]
    known = {group_of(key, described[key]): number for key, number in sight.ids[DESCRIBED].items()}
    others = sight.desired[GROUPS] - {group_of(key, one) for key, one in described.items()}
    return {**dict(_groups(sight.found.courses, others, frozenset(known.values()))), **known}


def _things(sight: Sight) -> frozenset[Group]:
    return frozenset(sight.ids[GROUPS])


def _groups(
    courses: Mapping[str, CourseFound], wanted: Iterable[Group], taken: Set[int]
) -> Iterator[tuple[Group, int]]:
    """Find by name, and else by one that differs in capitals or accents only: Moodle would refuse to make that one."""
    names: dict[str, set[str]] = {}
    for group in wanted:
        names.setdefault(group.course, set()).add(group.name)
    for key, course in courses.items():
        unknown = (group for group in course.groups if group.id not in taken)
        there = {same(group.name): group.id for group in unknown}
        asked = names.get(key, set())
        written = {loosely(name): name for name in there}
        others = {name: written[loosely(name)] for name in asked - there.keys() if loosely(name) in written}
        kept = {name: name for name in there.keys() - (set(others.values()) - asked)}
        yield from ((Group(course=key, name=name), there[real]) for name, real in sorted((kept | others).items()))


GROUP: Final[View] = view(GROUPS, _things, _numbers)
