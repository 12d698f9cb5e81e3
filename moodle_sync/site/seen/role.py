"""The roles that people have, as Moodle has them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from moodle_sync.site import roles
from moodle_sync.site.seen.sight import Sight, View, view
from moodle_sync.things.finding import Conflict, Remark
from moodle_sync.things.role import ROLES, Enrolment


def _numbers(sight: Sight) -> Mapping[str, int]:
    return roles.numbers(sight.found.roles, sight.known.roles)


def _things(sight: Sight) -> frozenset[Enrolment]:
    return frozenset(_enrolments(sight))


def _enrolments(sight: Sight) -> Iterator[Enrolment]:
    keys = sight.keys
    for name, course in sight.found.courses.items():
        for number, names in course.inside.items():
            if number in keys:
                yield from (Enrolment(course=name, person=keys[number], role=role) for role in names)


def _conflicts(sight: Sight) -> Iterable[Conflict]:
    return roles.conflicts(sight.found.roles, sight.known.roles)


def _remarks(sight: Sight) -> Iterable[Remark]:
    wanted = (enrolment.role for enrolment in sight.desired[ROLES])
    return roles.assumed(wanted, sight.found.roles, sight.known.roles)


ROLE: Final[View] = view(ROLES, _things, _numbers, _conflicts, _remarks)
