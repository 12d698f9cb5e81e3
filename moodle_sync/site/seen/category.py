"""Categories, as Moodle has them."""

from collections.abc import Iterable, Mapping
from typing import Final

from moodle_sync.site import categories
from moodle_sync.site.seen.sight import Sight, View, view
from moodle_sync.things.category import CATEGORIES, Category, as_category
from moodle_sync.things.finding import Conflict


def _numbers(sight: Sight) -> Mapping[str, int]:
    return dict(categories.numbers(sight.found.categories, sight.desired[CATEGORIES]))


def _things(sight: Sight) -> Mapping[str, Category]:
    replies = {reply.id: reply for reply in sight.found.categories}
    keys = {number: key for key, number in sight.ids[CATEGORIES].items()}
    return {key: as_category(replies[number], key, keys) for number, key in keys.items()}


def _conflicts(sight: Sight) -> Iterable[Conflict]:
    found = sight.found
    courses = found.courses.keys() | found.closed.keys()
    ours = sight.ids[CATEGORIES].keys()
    return categories.conflicts(found.categories, ours, courses, found.cohorts.keys(), sight.desired)


CATEGORY: Final[View] = view(CATEGORIES, _things, _numbers, _conflicts)
