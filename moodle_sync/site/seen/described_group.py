"""The groups that the configuration describes, as Moodle has them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from moodle_sync.sameness import loosely, same
from moodle_sync.site.seen.sight import Sight, View, view
from moodle_sync.things.described_group import DESCRIBED, Described, Key, as_described, key_of
from moodle_sync.things.finding import Conflict
from moodle_sync.things.group import GROUPS, Group, group_of
from moodle_sync.webservice.replies import GroupReply


def _numbers(sight: Sight) -> Mapping[Key, int]:
    return {key: found.id for key, one in sight.desired[DESCRIBED].items() if (found := _find(sight, key, one))}


def _find(sight: Sight, key: Key, described: Described) -> GroupReply | None:
    """Find a group by idnumber; else by name where Moodle's has no idnumber: made before it was described."""
    groups = _there(sight, key[0])
    by_idnumber = (one for one in groups if loosely(one.idnumber) == loosely(described.idnumber))
    by_name = (one for one in groups if not one.idnumber and same(one.name) == described.name)
    nearly = (one for one in groups if not one.idnumber and loosely(one.name) == loosely(described.name))
    return next(by_idnumber, None) or next(by_name, None) or next(nearly, None)


def _things(sight: Sight) -> Mapping[Key, Described]:
    numbers = {number: key for key, number in sight.ids[DESCRIBED].items()}
    courses = sight.found.courses.values()
    replies = (one for course in courses for one in course.groups)
    return {numbers[one.id]: as_described(one) for one in replies if one.id in numbers}


def _conflicts(sight: Sight) -> Iterator[Conflict]:
    """Find names that belong to other groups: two groups of a course can't have the same."""
    described = sight.desired[DESCRIBED]
    for key, one in described.items():
        number = sight.ids[DESCRIBED].get(key)
        others = (other for other in _there(sight, key[0]) if other.id != number)
        if other := next((other for other in others if loosely(other.name) == loosely(one.name)), None):
            yield Conflict("group", key_of(*key), _taken(one.name, other))
    ours = {group_of(key, one) for key, one in described.items()}
    yield from _former(sight, sight.desired[GROUPS] - ours)


def _taken(name: str, other: GroupReply) -> str:
    which = f"with the idnumber {other.idnumber}" if other.idnumber else "without an idnumber"
    return f'Moodle has another group called "{name}", {which}: give one of them another name'


def _former(sight: Sight, groups: Iterable[Group]) -> Iterator[Conflict]:
    """Find what people are put into under a name that the configuration has changed."""
    for group in sorted(groups):
        for key, one in sight.desired[DESCRIBED].items():
            found = sight.state[DESCRIBED].get(key)
            if key[0] == group.course and found and loosely(found.name) == loosely(group.name):
                message = (
                    f'Moodle calls "{found.name}" the group {one.idnumber}, which the configuration calls '
                    f'"{one.name}": write that, or {one.idnumber}, in the file of people too'
                )
                yield from (Conflict("group", key_of(group.course, name), message) for name in (group.name, key[1]))


def _there(sight: Sight, course: str) -> Iterable[GroupReply]:
    return sight.found.courses[course].groups if course in sight.found.courses else ()


DESCRIBED_GROUP: Final[View] = view(DESCRIBED, _things, _numbers, _conflicts)
