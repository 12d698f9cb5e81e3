"""Categories, as Moodle has them."""

from collections.abc import Iterable, Mapping
from typing import Final

from moodle_sync.site import categories
from moodle_sync.site.seen.sight import Sight, View, view
from moodle_sync.things.category import CATEGORIES, Category
from moodle_sync.things.finding import Conflict


def _numbers(sight: Sight) -> Mapping[str, int]:
    return dict(categories.numbers(sight.found.categories, sight.desired[CATEGORIES]))


def _things(sight: Sight) -> Mapping[str, Category]:
    return {key: sight.desired[CATEGORIES][key] for key in sight.ids[CATEGORIES]}


def _conflicts(sight: Sight) -> Iterable[Conflict]:
    found = sight.found
    courses = found.courses.keys() | found.closed.keys()
    return categories.conflicts(found.categories, sight.ids[CATEGORIES].keys(), courses, sight.desired)


CATEGORY: Final[View] = view(CATEGORIES, _things, _numbers, _conflicts)
