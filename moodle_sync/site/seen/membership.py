"""Who is in which group, as Moodle has it."""

from collections.abc import Iterator
from typing import Final

from moodle_sync.site.seen.sight import Sight, View, view
from moodle_sync.things.group import GROUPS
from moodle_sync.things.membership import MEMBERSHIPS, Membership


def _things(sight: Sight) -> frozenset[Membership]:
    return frozenset(_memberships(sight))


def _memberships(sight: Sight) -> Iterator[Membership]:
    members = {number: users for course in sight.found.courses.values() for number, users in course.members.items()}
    for group, number in sight.ids[GROUPS].items():
        for user in members.get(number, ()):
            if user in sight.keys:
                yield Membership(group=group, person=sight.keys[user])


MEMBERSHIP: Final[View] = view(MEMBERSHIPS, _things)
