"""The groupings of courses and what is in them, as Moodle has them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from moodle_sync.sameness import loosely
from moodle_sync.site.seen.sight import Sight, View, view
from moodle_sync.things.described_group import DESCRIBED, Key, key_of
from moodle_sync.things.finding import Conflict
from moodle_sync.things.grouped import GROUPED, Grouped
from moodle_sync.things.grouping import GROUPINGS, Grouping, as_grouping
from moodle_sync.webservice.replies import GroupingReply


def _numbers(sight: Sight) -> Mapping[Key, int]:
    return {key: found.id for key, one in sight.desired[GROUPINGS].items() if (found := _find(sight, one))}


def _find(sight: Sight, wanted: Grouping) -> GroupingReply | None:
    """Find a grouping by idnumber; else by name where Moodle's has no idnumber: made by hand, and meant."""
    there = _there(sight, wanted.course)
    by_idnumber = (one for one in there if loosely(one.idnumber) == loosely(wanted.idnumber))
    by_name = (one for one in there if not one.idnumber and loosely(one.name) == loosely(wanted.name))
    return next(by_idnumber, None) or next(by_name, None)


def _things(sight: Sight) -> Mapping[Key, Grouping]:
    return {key: as_grouping(key[0], reply) for key, reply in _ours(sight)}


def _ours(sight: Sight) -> Iterator[tuple[Key, GroupingReply]]:
    for key, number in sight.ids[GROUPINGS].items():
        yield from ((key, reply) for reply in _there(sight, key[0]) if reply.id == number)


def _grouped(sight: Sight) -> frozenset[Grouped]:
    groups = {number: key[1] for key, number in sight.ids[DESCRIBED].items()}
    return frozenset(
        Grouped(course=course, grouping=grouping, group=groups[group.id])
        for (course, grouping), reply in _ours(sight)
        for group in reply.groups
        if group.id in groups
    )


def _conflicts(sight: Sight) -> Iterator[Conflict]:
    """Find names that belong to other groupings: two of a course can't have the same."""
    for key, one in sight.desired[GROUPINGS].items():
        number = sight.ids[GROUPINGS].get(key)
        others = (other for other in _there(sight, key[0]) if other.id != number)
        if other := next((other for other in others if loosely(other.name) == loosely(one.name)), None):
            which = f"with the idnumber {other.idnumber}" if other.idnumber else "without an idnumber"
            message = f'Moodle has another grouping called "{one.name}", {which}: give one of them another name'
            yield Conflict("grouping", key_of(*key), message)


def _there(sight: Sight, course: str) -> Iterable[GroupingReply]:
    return sight.found.courses[course].groupings if course in sight.found.courses else ()


GROUPING: Final[View] = view(GROUPINGS, _things, _numbers, _conflicts)
GROUPED_GROUP: Final[View] = view(GROUPED, _grouped)
