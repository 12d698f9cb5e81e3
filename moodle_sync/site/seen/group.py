"""The groups of courses, as Moodle has them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from moodle_sync.sameness import loosely, same
from moodle_sync.site.found import CourseFound
from moodle_sync.site.seen.sight import Sight, View, view
from moodle_sync.things.group import GROUPS, Group


def _numbers(sight: Sight) -> Mapping[Group, int]:
    return dict(_groups(sight.found.courses, sight.desired[GROUPS]))


def _things(sight: Sight) -> frozenset[Group]:
    return frozenset(sight.ids[GROUPS])


def _groups(courses: Mapping[str, CourseFound], wanted: Iterable[Group]) -> Iterator[tuple[Group, int]]:
    """Find by name, and else by one that differs in capitals or accents only: Moodle would refuse to make that one."""
    names: dict[str, set[str]] = {}
    for group in wanted:
        names.setdefault(group.course, set()).add(group.name)
    for key, course in courses.items():
        there = {same(group.name): group.id for group in course.groups}
        asked = names.get(key, set())
        written = {loosely(name): name for name in there}
        others = {name: written[loosely(name)] for name in asked - there.keys() if loosely(name) in written}
        kept = {name: name for name in there.keys() - (set(others.values()) - asked)}
        yield from ((Group(course=key, name=name), there[real]) for name, real in sorted((kept | others).items()))


GROUP: Final[View] = view(GROUPS, _things, _numbers)
