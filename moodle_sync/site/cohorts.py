"""Reads the cohorts of the site, and who is in them."""

from collections.abc import Iterable, Iterator, Mapping, Set
from itertools import count
from typing import Final

from moodle_sync.sameness import loosely, same
from moodle_sync.site.lookup import chunks
from moodle_sync.things.cohort import WHOLE_SITE, context_of
from moodle_sync.webservice.client import Client
from moodle_sync.webservice.encoding import Value
from moodle_sync.webservice.functions import GET_COHORT_MEMBERS, SEARCH_COHORTS
from moodle_sync.webservice.replies import CohortReply

PAGE: Final = 500
"""Cohorts asked for in one request."""


def find_cohorts(client: Client, wanted: Set[str], others: Set[str]) -> dict[str, CohortReply]:
    """Find cohorts by idnumber, wherever on the site they are: Moodle lets no two have the same.

    One that differs in capitals or accents only from one that is wanted is that one, if there is no better.
    """
    if not wanted | others:
        return {}
    there = {same(cohort.idnumber): cohort for cohort in all_cohorts(client)}
    written = {loosely(name): name for name in there}
    names = {key: same(key) if same(key) in there else written.get(loosely(key)) for key in wanted}
    found = {key: there[name] for key, name in names.items() if name}
    taken = {cohort.id for cohort in found.values()}
    return found | {key: there[key] for key in others & there.keys() if there[key].id not in taken}


def find_places(client: Client, cohorts: Set[int], categories: Iterable[int]) -> dict[int, int]:
    """Find in which categories cohorts are, 0 for the whole site: Moodle tells it only to who asks for each place."""
    places: dict[int, int] = {}
    for category in (WHOLE_SITE, *categories):
        if cohorts <= places.keys():
            break
        there = {cohort.id for cohort in all_cohorts(client, category)}
        places |= dict.fromkeys(cohorts & there, category)
    return places


def all_cohorts(client: Client, category: int | None = None) -> Iterator[CohortReply]:
    """Read the cohorts of a category, or of all, page by page, each when it is asked for; `limitfrom` counts pages."""
    where: dict[str, Value] = {"context": context_of(category or WHOLE_SITE)}
    for page in count():
        which = {**where, "includes": "all" if category is None else "self"}
        cohorts = client.call(SEARCH_COHORTS, query="", **which, limitfrom=page, limitnum=PAGE).cohorts
        yield from cohorts
        if not cohorts:
            return


def read_members(client: Client, cohorts: Mapping[str, CohortReply]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Read who is in cohorts, by the cohorts' keys."""
    keys = {cohort.id: key for key, cohort in cohorts.items()}
    for chunk in chunks(list(keys)):
        for reply in client.call(GET_COHORT_MEMBERS, cohortids=chunk):
            yield keys[reply.cohortid], reply.userids
