"""The cohorts of the site, as Moodle has them."""

from collections.abc import Iterator, Mapping
from typing import Final

from moodle_sync.site.seen.sight import Sight, View, view
from moodle_sync.things.category import CATEGORIES
from moodle_sync.things.cohort import COHORTS, Cohort, as_cohort
from moodle_sync.things.finding import Conflict

UNSEEN: Final = (
    "is in a category that the token's account isn't shown, so its name, description and place are left alone: give "
    "the account moodle/cohort:view there"
)


def _numbers(sight: Sight) -> Mapping[str, int]:
    return {key: reply.id for key, reply in sight.found.cohorts.items()}


def _things(sight: Sight) -> Mapping[str, Cohort]:
    categories = {number: key for key, number in sight.ids[CATEGORIES].items()}
    places = sight.found.cohort_places
    return {key: as_cohort(reply, key, places.get(reply.id), categories) for key, reply in sight.found.cohorts.items()}


def _conflicts(sight: Sight) -> Iterator[Conflict]:
    for key, cohort in sight.desired[COHORTS].items():
        if cohort.name and key in sight.found.cohorts and sight.found.cohorts[key].id not in sight.found.cohort_places:
            yield Conflict("cohort", key, UNSEEN)


COHORT: Final[View] = view(COHORTS, _things, _numbers, _conflicts)
