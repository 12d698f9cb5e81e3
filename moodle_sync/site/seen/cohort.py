"""The cohorts of the site, as Moodle has them."""

from collections.abc import Mapping
from typing import Final

from moodle_sync.site.seen.sight import Sight, View, view
from moodle_sync.things.cohort import COHORTS


def _numbers(sight: Sight) -> Mapping[str, int]:
    return sight.found.cohorts


def _things(sight: Sight) -> frozenset[str]:
    return frozenset(sight.ids[COHORTS])


COHORT: Final[View] = view(COHORTS, _things, _numbers)
